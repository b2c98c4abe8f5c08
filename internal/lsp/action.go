package lsp

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"policylint/inspect/static/source"
)

// quickFix is the kind of all actions.
const quickFix = "quickfix"

// actions offers what can be done about the findings of the statements that a
// range touches.
func (s *server) actions(p actionParams) any {
	out := []action{}
	path, _ := fromURI(p.TextDocument.URI)
	f := s.latest.files[path]
	only := p.Context.Only
	if f == nil || f.doc == nil || only != nil && !slices.Contains(only, quickFix) && !slices.Contains(only, "") {
		return out
	}
	from, to := f.text.at(p.Range.Start), f.text.at(p.Range.End)
	var statements []stretch
	if filepath.Ext(path) == ".sql" {
		statements = f.statements(path)
	}
	for _, n := range f.notes {
		if to < n.start || from > n.end {
			continue
		}
		offer := func(title string, at int, text string) {
			edit := textEdit{f.text.span(at, at), text}
			out = append(out, action{title, quickFix, []diagnostic{n.shown}, workspaceEdit{map[string][]textEdit{f.uri: {edit}}}})
		}
		switch where, ok := within(statements, n.start); {
		case ok:
			at, text := f.above(where.start, "-- policylint:ignore "+n.Rule.ID+": reason")
			offer("Ignore "+n.Rule.ID+" here, with a reason", at, text)
			if at, text, ok := f.below(where.end, n.Fix); ok {
				offer("Insert the fix for "+n.Rule.ID+" below", at, text)
			}
		case filepath.Base(path) == "config.toml":
			at, text := f.above(f.key(n.start), "# policylint:ignore "+n.Rule.ID+": reason")
			offer("Ignore "+n.Rule.ID+" here, with a reason", at, text)
		}
	}
	return out
}

// stretch is where a statement begins and ends, its semicolon aside.
type stretch struct{ start, end int }

// statements are those of a migration. A finding may be about a part of one,
// such as a statement in a DO block, while comments are for the whole.
func (f *file) statements(path string) (out []stretch) {
	for _, s := range source.Text(path, f.text.string).Statements {
		start, end := f.text.reach(s.Origin)
		out = append(out, stretch{start, end})
	}
	return out
}

func within(all []stretch, at int) (stretch, bool) {
	for _, s := range all {
		if at >= s.start && at <= s.end {
			return s, true
		}
	}
	return stretch{}, false
}

// tomlKey begins a key or a table, as people write them.
var tomlKey = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[ \t]*([A-Za-z0-9_.-]+[ \t]*=|\[)`) })

// key is where the key or table begins that an offset of config.toml is in: a
// comment is for all of it, though a finding may be about one of its values.
func (f *file) key(at int) int {
	s := f.text.string
	for start := at; ; start-- {
		start = strings.LastIndexByte(s[:start], '\n') + 1
		if tomlKey().MatchString(s[start:]) {
			return start + len(s[start:]) - len(strings.TrimLeft(s[start:], " \t"))
		}
		if start == 0 {
			return at
		}
	}
}

// above puts a line in front of what begins at an offset.
func (f *file) above(at int, comment string) (int, string) {
	s, eol := f.text.string, f.text.eol()
	start := strings.LastIndexAny(s[:at], "\r\n") + 1
	indent := strings.TrimPrefix(s[start:at], bom)
	if strings.Trim(indent, " \t") != "" {
		return at, eol + comment + eol // something else is on the line
	}
	return at, comment + eol + indent
}

// below puts SQL behind the statement that ends at an offset, and behind the
// comment that stands on the same line. It is not ok when what ends the
// statement is no semicolon.
func (f *file) below(end int, sql string) (at int, text string, ok bool) {
	s, eol := f.text.string, f.text.eol()
	sql = strings.TrimSpace(sql)
	if sql == "" {
		return 0, "", false
	}
	sql = strings.ReplaceAll(sql, "\n", eol)
	at = skip(s, end)
	switch {
	case at == len(s):
		// Before a comment that ends the file, which would swallow it.
		return end, ";" + eol + eol + sql, true
	case s[at] != ';':
		return 0, "", false
	default:
		at++
	}
	rest, _, _ := strings.Cut(s[at:], "\n")
	rest = strings.TrimRight(rest, "\r")
	if r := strings.TrimLeft(rest, " \t"); r == "" || strings.HasPrefix(r, "--") {
		return at + len(rest), eol + eol + sql, true
	}
	return at, eol + eol + sql + eol, true
}

// skip is the place behind white space and comments.
func skip(s string, at int) int {
	for at < len(s) {
		switch {
		case strings.IndexByte(" \t\r\n\f\v", s[at]) >= 0:
			at++
		case strings.HasPrefix(s[at:], "--"):
			n := strings.IndexByte(s[at:], '\n')
			if n < 0 {
				return len(s)
			}
			at += n
		case strings.HasPrefix(s[at:], "/*"):
			depth, i := 0, at
			for ; i+1 < len(s); i++ {
				if two := s[i : i+2]; two == "/*" {
					depth++
					i++
				} else if two == "*/" {
					depth--
					i++
					if depth == 0 {
						break
					}
				}
			}
			at = min(len(s), i+1)
		default:
			return at
		}
	}
	return at
}
