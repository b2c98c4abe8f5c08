package toml

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// comment keeps a comment.
func (b *builder) comment(n *unstable.Node) {
	from := int(n.Raw.Offset)
	b.doc.Comments = append(b.doc.Comments, Comment{
		Text:     strings.TrimSpace(strings.TrimLeft(string(n.Data), "#")),
		Trailing: b.lines.LineStart(from) != from,
		Origin:   b.lines.At(from, from+int(n.Raw.Length)),
	})
}

// comments keeps those in a list, which hang together.
func (b *builder) comments(n *unstable.Node) {
	b.comment(n)
	for it := n.Children(); it.Next(); {
		b.comment(it.Node())
	}
}

// sort puts comments in order: the parser meets one behind a list before those
// in it.
func (d *Document) sort() {
	slices.SortStableFunc(d.Comments, func(x, y Comment) int {
		return cmp.Or(cmp.Compare(x.Origin.Line, y.Origin.Line), cmp.Compare(x.Origin.Column, y.Origin.Column))
	})
}
