package fixtures

import (
	"io/fs"
	"path"
	"strings"
)

// A Block is a file of an example as documentation shows it.
type Block struct {
	Name     string // "" for the only file of a case
	Language string // as fenced code blocks name it
	Text     string
}

// Example is the plain bad or good case of a rule as documentation shows it,
// nil when there is none: without the comments that the tests read.
func Example(rule, name string) []Block {
	for _, c := range Cases(rule) {
		if c.Name != name {
			continue
		}
		var out []Block
		for _, f := range append(c.Beside[:len(c.Beside):len(c.Beside)], c.Files...) {
			text, _ := fs.ReadFile(FS, f)
			b := Block{Language: language(f), Text: Strip(string(text))}
			switch {
			case c.Project != "":
				b.Name = strings.TrimPrefix(f, c.Project+"/")
			case len(c.Files) > 1:
				b.Name = path.Base(f)
			}
			out = append(out, b)
		}
		return out
	}
	return nil
}

func language(file string) string {
	switch ext := path.Ext(file); ext {
	case ".mjs":
		return "js"
	case ".sql", ".toml", ".ts", ".js", ".json", ".html":
		return ext[1:]
	}
	return ""
}
