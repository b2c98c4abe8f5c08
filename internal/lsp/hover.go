package lsp

import (
	"path/filepath"
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// hover shows the pages of the rules that found something where the pointer
// is, or that are named there.
func (s *server) hover(p hoverParams) any {
	path, _ := fromURI(p.TextDocument.URI)
	f := s.latest.files[path]
	if f == nil {
		return nil
	}
	at := f.text.at(p.Position)
	var pages []string
	var over *span
	for _, n := range f.notes {
		end := f.text.firstLine(n.start, n.end)
		if at < n.start || at > end {
			continue
		}
		if page := page(n.Rule); !slices.Contains(pages, page) {
			pages = append(pages, page)
		}
		over = &n.shown.Range
	}
	if len(pages) == 0 {
		start, end := word(f.text.string, at)
		r, ok := s.latest.rule(path, f.text.string[start:end])
		if !ok || filepath.Base(path) != configName && !strings.Contains(line(f.text.string, at), catalog.DirectivePrefix) {
			return nil
		}
		named := f.text.span(start, end)
		pages, over = []string{page(r)}, &named
	}
	kind := "markdown"
	if !s.client.markdown {
		kind = "plaintext"
	}
	return hover{markup{kind, strings.Join(pages, "\n\n---\n\n")}, over}
}

// rule finds a rule by name, of those that judge a file.
func (j *judgement) rule(path, id string) (*rules.Rule, bool) {
	for folder, c := range j.configs {
		if inside(path, folder) || path == c.path {
			if r, ok := c.Rule(id); ok {
				return r, true
			}
		}
	}
	return rules.ByID(id)
}

// page is what is to be known of a rule, as Markdown.
func page(r *rules.Rule) string {
	var b strings.Builder
	b.WriteString("### " + r.ID + "\n\n" + r.Title + ".\n\n_" + r.Severity.String() + ", " + r.Category + "_\n")
	if why := strings.TrimSpace(r.Why); why != "" {
		b.WriteString("\n" + why + "\n")
	}
	if fix := strings.TrimSpace(r.Fix); fix != "" {
		b.WriteString("\n**Fix**\n\n" + fix + "\n")
	}
	if len(r.Refs) > 0 {
		b.WriteString("\n**More**\n\n")
		for _, ref := range r.Refs {
			b.WriteString("- <" + ref + ">\n")
		}
	}
	return b.String()
}

// word is the name of a rule that an offset is in or at the end of.
func word(s string, at int) (start, end int) {
	in := func(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' }
	start, end = at, at
	for start > 0 && in(s[start-1]) {
		start--
	}
	for end < len(s) && in(s[end]) {
		end++
	}
	return start, end
}

// line is the line that an offset is in.
func line(s string, at int) string {
	start := strings.LastIndexAny(s[:at], "\r\n") + 1
	if n := strings.IndexAny(s[at:], "\r\n"); n >= 0 {
		return s[start : at+n]
	}
	return s[start:]
}
