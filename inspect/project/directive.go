package project

import (
	"math"

	"policylint/inspect/catalog"
	"policylint/inspect/project/toml"
)

// directives finds the comments that speak to policylint. One on a line of its
// own is for the next key or table, one behind something for that.
func directives(doc *toml.Document) []catalog.Directive {
	var out []catalog.Directive
	var all []catalog.Origin
	for _, c := range doc.Comments {
		d, ok := catalog.ReadDirective(c.Text)
		if !ok {
			continue
		}
		if all == nil {
			all = spans(doc)
		}
		d.Origin = c.Origin
		if !d.WholeFile {
			d.Target = target(all, c)
		}
		out = append(out, d)
	}
	return out
}

// target is the span that a comment is for.
func target(all []catalog.Origin, c toml.Comment) catalog.Origin {
	var best catalog.Origin
	for _, s := range all {
		fits, better := s.Line > c.Origin.Line, s.Line < best.Line || s.Line == best.Line && s.EndLine > best.EndLine
		if c.Trailing {
			fits = s.Line <= c.Origin.Line && s.EndLine > c.Origin.Line
			better = s.Line > best.Line
		}
		if fits && (best.IsZero() || better) {
			best = s
		}
	}
	return best
}

// spans lists tables, keys and entries of lists, each from its first line to
// the one after its last. A table ends where the next begins.
func spans(doc *toml.Document) []catalog.Origin {
	var out []catalog.Origin
	add := func(file string, from, end int) {
		out = append(out, catalog.Origin{File: file, Line: from, Column: 1, EndLine: end, EndColumn: 1})
	}
	for i, h := range doc.Headers {
		end := math.MaxInt32
		if i+1 < len(doc.Headers) {
			end = doc.Headers[i+1].Line
		}
		add(h.File, h.Line, end)
	}
	var walk func(v *toml.Value) int
	walk = func(v *toml.Value) (last int) {
		last = v.Origin.EndLine
		for _, item := range v.Items {
			end := walk(item)
			if item.Kind != toml.Table {
				add(item.Origin.File, item.Origin.Line, end+1)
			}
			last = max(last, end)
		}
		for _, k := range v.Keys {
			end := walk(k.Value)
			if k.Value.Kind != toml.Table && k.Value.Kind != toml.Absent {
				add(k.Origin.File, k.Origin.Line, end+1)
			}
			last = max(last, end)
		}
		return last
	}
	walk(doc.Root)
	return out
}
