package toml

import (
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"policylint/inspect/catalog"
	"policylint/inspect/project/place"
)

// builder makes the tree. The text is known to be sound: what two tables say
// of one key does not contradict.
type builder struct {
	p     unstable.Parser
	lines *place.Lines
	root  *Value
	doc   *Document
}

func build(lines *place.Lines) (*Document, *Fault) {
	root := &Value{Kind: Table, Origin: lines.At(0, 0)}
	b := &builder{lines: lines, root: root, doc: &Document{Root: root}}
	b.p.KeepComments = true
	b.p.Reset(lines.Text)
	at := root
	for b.p.NextExpression() {
		n := b.p.Expression()
		switch n.Kind {
		case unstable.Table:
			at = b.table(n, false)
		case unstable.ArrayTable:
			at = b.table(n, true)
		case unstable.KeyValue:
			b.keyValue(at, n)
		case unstable.Comment:
			b.comment(n)
		}
		if c := n.Next(); c != nil && c.Kind == unstable.Comment { // on the same line
			b.comment(c)
		}
	}
	if err := b.p.Error(); err != nil {
		return nil, &Fault{err.Error(), lines.At(0, 0)}
	}
	b.doc.sort()
	return b.doc, nil
}

// table is the table that a header names, the newest of its list for [[…]].
func (b *builder) table(n *unstable.Node, list bool) *Value {
	var keys []unstable.Node
	for it := n.Key(); it.Next(); {
		keys = append(keys, *it.Node())
	}
	from, to := b.span(keys)
	header := b.lines.At(b.lines.LineStart(from), b.closing(to))
	b.doc.Headers = append(b.doc.Headers, header)
	at := b.root
	for i, k := range keys {
		entry := b.entry(at, &k)
		switch v := entry.Value; {
		case i == len(keys)-1 && list:
			if v.Kind == Absent {
				v.Kind, v.Origin = List, header
			}
			item := &Value{Kind: Table, Origin: header}
			v.Items = append(v.Items, item)
			return item
		case v.Kind == Absent:
			v.Kind, v.Origin = Table, header
			at = v
		case v.Kind == List && len(v.Items) > 0:
			at = v.Items[len(v.Items)-1]
		default:
			if i == len(keys)-1 { // the header itself, after those of tables in it
				v.Origin, entry.Origin = header, b.lines.At(from, to)
			}
			at = v
		}
	}
	return at
}

// keyValue adds an entry.
func (b *builder) keyValue(at *Value, n *unstable.Node) {
	var keys []unstable.Node
	for it := n.Key(); it.Next(); {
		keys = append(keys, *it.Node())
	}
	from, to := b.span(keys)
	where := b.lines.At(from, to)
	for i := range keys {
		entry := b.entry(at, &keys[i])
		if i == len(keys)-1 {
			*entry.Value = *b.value(n.Value(), where)
			entry.Origin = where
			return
		}
		if entry.Value.Kind == Absent {
			*entry.Value = Value{Kind: Table, Origin: where}
		}
		at = entry.Value
	}
}

// entry finds a key of a table, or adds it without a value.
func (b *builder) entry(at *Value, n *unstable.Node) *Key {
	name := string(n.Data)
	for _, k := range at.Keys {
		if k.Name == name {
			return k
		}
	}
	from := int(n.Raw.Offset)
	k := &Key{Name: name, Value: &Value{}, Origin: b.lines.At(from, from+int(n.Raw.Length))}
	at.Keys = append(at.Keys, k)
	return k
}

// closing is the offset after the brackets that end a header.
func (b *builder) closing(at int) int {
	text := b.lines.Text
	for at < len(text) && (text[at] == ' ' || text[at] == '\t' || text[at] == ']') {
		at++
		if text[at-1] == ']' && (at == len(text) || text[at] != ']') {
			break
		}
	}
	return at
}

// span is where a dotted key stands.
func (b *builder) span(keys []unstable.Node) (from, to int) {
	last := keys[len(keys)-1].Raw
	return int(keys[0].Raw.Offset), int(last.Offset + last.Length)
}

// value reads a value; at stands in for the place of what has none.
func (b *builder) value(n *unstable.Node, at catalog.Origin) *Value {
	v := &Value{Origin: at, Text: string(n.Data)}
	if n.Raw.Length > 0 {
		from := int(n.Raw.Offset)
		v.Origin = b.lines.At(from, from+int(n.Raw.Length))
	}
	switch n.Kind {
	case unstable.String:
		v.Kind = Text
	case unstable.Bool:
		v.Kind, v.Bool = Bool, string(n.Data) == "true"
	case unstable.Integer:
		i, err := strconv.ParseInt(strings.ReplaceAll(string(n.Data), "_", ""), 0, 64)
		v.Kind, v.Int = Integer, i
		if err != nil {
			v.Kind = Other
		}
	case unstable.Array:
		v.Kind = List
		for it := n.Children(); it.Next(); {
			if c := it.Node(); c.Kind != unstable.Comment {
				v.Items = append(v.Items, b.value(c, v.Origin))
			} else {
				b.comments(c)
			}
		}
	case unstable.InlineTable:
		v.Kind = Table
		for it := n.Children(); it.Next(); {
			if c := it.Node(); c.Kind == unstable.KeyValue {
				b.keyValue(v, c)
			}
		}
	default:
		v.Kind = Other
	}
	return v
}
