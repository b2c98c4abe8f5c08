package project

import (
	"bytes"
	"regexp"
	"strings"
	"sync"

	"policylint/inspect/catalog"
	"policylint/inspect/project/js"
	"policylint/inspect/project/place"
)

// A Variable is one that a file .env sets. Its value is never kept.
type Variable struct {
	Name   string
	Origin catalog.Origin // the name
}

var assignment = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.]*)[ \t]*=[ \t]*`)
})

// env reads the names of a file .env.
func (w *walker) env(name string, text []byte) {
	lines := place.New(w.options.name(name), text)
	offset, quote := 0, ""
	for line := range bytes.Lines(lines.Text) {
		from := offset
		offset += len(line)
		rest := string(line)
		if quote == "" {
			m := assignment().FindStringSubmatchIndex(rest)
			if m == nil {
				continue
			}
			w.Variables = append(w.Variables, Variable{rest[m[2]:m[3]], lines.At(from+m[2], from+m[3])})
			rest = rest[m[1]:]
			if rest == "" || !strings.Contains("\"'`", rest[:1]) {
				continue
			}
			quote, rest = rest[:1], rest[1:]
		}
		// A value in quotes may go on over lines that look like names.
		if strings.Contains(strings.ReplaceAll(rest, `\`+quote, ""), quote) {
			quote = ""
		}
	}
}

var pushCommand = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^[^#\n]*\bsupabase[^#\n&|;]*\sconfig push(?:[^\w-]|$)`)
})

// pushes notes where a script pushes config.toml to a hosted project.
func (w *walker) pushes(name string, text []byte) {
	lines := place.New(w.options.name(name), text)
	if m := pushCommand().FindIndex(lines.Text); m != nil {
		w.Pushes = append(w.Pushes, lines.At(lines.LineStart(m[0]), m[1]))
	}
}

var placeholder = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\{\{.*?\}\}|<%.*?%>|%[A-Za-z_][\w.]*%|\$\{.*?\}|__[A-Z_]+__`)
})

// placeholders makes what a build fills in unknown.
func placeholders(text string) string { return placeholder().ReplaceAllString(text, js.Hole) }
