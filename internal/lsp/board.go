package lsp

import (
	"cmp"
	"path/filepath"
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/static"
	"policylint/rules"
)

// A board is where what was found is put up, file by file.
type board struct {
	world
	disk disk
	out  *judgement
}

// file is one file of a judgement.
type file struct {
	uri         string
	doc         *document // nil when it is not open
	text        *text
	notes       []note
	diagnostics []diagnostic
}

// note is a finding at its statement.
type note struct {
	*rules.Finding
	start, end int // of the statement
	shown      diagnostic
}

// read is a migration as it is to be judged: as the editor has it, or as it
// stands on disk.
func (b *board) read(path string) (string, error) {
	d := b.docs[path]
	if d == nil {
		return b.disk.read(path)
	}
	if c, ok := b.disk[path]; ok && wide(c.text) {
		return widen(d.text), nil
	}
	return d.text, nil
}

// file is the entry of a file, nil when there is none to be read.
func (b *board) file(path string) *file {
	if f, ok := b.out.files[path]; ok {
		return f
	}
	f := &file{uri: toURI(path), doc: b.docs[path]}
	if f.doc != nil {
		f.uri, f.text = f.doc.uri, newText(f.doc.text, b.units, false)
		if _, known := b.disk[path]; !known {
			_, _ = b.disk.read(path) // to know whether it is UTF-16
		}
	} else {
		s, err := b.disk.read(path)
		if err != nil {
			return nil
		}
		if wide(s) {
			s = narrow(s)
		}
		f.text = newText(s, b.units, true)
	}
	b.out.files[path] = f
	return f
}

// put puts up a diagnostic at a place.
func (b *board) put(o catalog.Origin, d diagnostic) (f *file, start, end int, shown diagnostic) {
	if path := absolute(o.File); path != "" {
		f = b.file(path)
	}
	if f == nil {
		b.tell(d.Message)
		return nil, 0, 0, d
	}
	start, end = f.text.reach(o)
	d.Range, d.Source = f.text.span(start, f.text.firstLine(start, end)), "policylint"
	f.diagnostics = append(f.diagnostics, d)
	return f, start, end, d
}

// sort gives the same judgement the same order.
func (b *board) sort() {
	slices.Sort(b.out.messages)
	for _, f := range b.out.files {
		slices.SortStableFunc(f.diagnostics, func(x, y diagnostic) int {
			p, q := x.Range.Start, y.Range.Start
			return cmp.Or(p.Line-q.Line, p.Character-q.Character, cmp.Compare(x.Code, y.Code), cmp.Compare(x.Message, y.Message))
		})
	}
}

// absolute is the whole path of a file as reports name it; "" for none.
func absolute(name string) string {
	path, err := filepath.Abs(filepath.FromSlash(name))
	if err != nil || name == "" {
		return ""
	}
	return path
}

func (b *board) tell(message string) {
	if !slices.Contains(b.out.messages, message) {
		b.out.messages = append(b.out.messages, message)
	}
}

// result puts up what a lint found. A finding without a place is put where the
// configuration begins, or the newest migration.
func (b *board) result(p *project, res *rules.Result, texts []static.Text, left []catalog.Gap) {
	home := p.setup.Config.File
	b.out.configs[p.setup.Folder] = config{p.setup.Config, absolute(home)}
	if home == "" && len(texts) > 0 {
		home = texts[len(texts)-1].Name
	}
	for _, x := range res.Findings {
		at := x.Origin
		if at.IsZero() {
			at = catalog.Origin{File: home, Line: 1, Column: 1, EndLine: 1, EndColumn: 1}
		}
		d := diagnostic{Severity: severities[x.Severity], Code: x.Rule.ID, Message: x.Message}
		if b.related {
			d.Related = b.relate(x.Related)
		}
		if f, start, end, shown := b.put(at, d); f != nil {
			f.notes = append(f.notes, note{x, start, end, shown})
		}
	}
	for _, g := range left {
		if path := filepath.FromSlash(g.Origin.File); b.docs[path] != nil {
			b.put(g.Origin, diagnostic{Severity: severityInformation, Message: g.Reason})
		}
	}
	for _, id := range res.Crashed {
		b.tell("rule " + id + " stopped on a fault of its own, please report it")
	}
}

var severities = map[rules.Severity]severity{
	rules.Error: severityError, rules.Warning: severityWarning, rules.Info: severityInformation,
}

func (b *board) relate(list []rules.Related) (out []related) {
	for _, r := range list {
		path := absolute(r.Origin.File)
		if path == "" {
			continue
		}
		if f := b.file(path); f != nil {
			start, end := f.text.reach(r.Origin)
			out = append(out, related{location{f.uri, f.text.span(start, f.text.firstLine(start, end))}, r.Message})
		}
	}
	return out
}
