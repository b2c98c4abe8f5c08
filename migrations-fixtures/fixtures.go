// Package fixtures holds, for each rule, migrations that break it and
// migrations that keep it, which are the rule's tests and its documentation at
// once, and the whole application of the help desk.
//
// The folder of a rule is named by its ID. A case in it is a file bad*.sql or
// good*.sql, or a folder of that name whose files are replayed in order of
// name. A file of the same name with .yaml in the place of .sql configures one
// case, a rules.yaml all cases of the folder. A folder with a
// supabase/config.toml is a whole project, with its own rules.yaml if it needs
// one, and its migrations in supabase/migrations.
package fixtures

import (
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// FS has the folders of all rules.
//
//go:embed all:*/*
var FS embed.FS

// A Case is one history of migrations.
type Case struct {
	Rule   string
	Name   string   // without .sql: "bad", "good-cached", "bad-later"
	Files  []string // paths in FS, in order
	Config string   // path in FS; "" when there is none
	// Project is the folder of a whole project, "" when the case is none, and
	// Beside its files that are neither migrations nor rules.yaml.
	Project string
	Beside  []string
}

// Bad reports whether the case breaks the rule.
func (c Case) Bad() bool { return strings.HasPrefix(c.Name, "bad") }

// Cases lists the cases of a rule, by name: the plain "bad" and "good" first
// among theirs.
func Cases(rule string) []Case {
	entries, err := fs.ReadDir(FS, rule)
	if err != nil {
		return nil
	}
	var out []Case
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".sql")
		if !strings.HasPrefix(name, "bad") && !strings.HasPrefix(name, "good") || path.Ext(name) == ".yaml" {
			continue
		}
		c := Case{Rule: rule, Name: name, Files: []string{rule + "/" + e.Name()}}
		if e.IsDir() {
			c.Files, _ = fs.Glob(FS, rule+"/"+e.Name()+"/*.sql")
			c.whole(rule + "/" + e.Name())
		}
		for _, config := range []string{c.Project + "/rules.yaml", rule + "/" + name + ".yaml", rule + "/rules.yaml"} {
			if _, err := fs.Stat(FS, config); err == nil && c.Config == "" {
				c.Config = config
			}
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Case) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// whole takes in a folder that is a project.
func (c *Case) whole(dir string) {
	if _, err := fs.Stat(FS, dir+"/supabase/config.toml"); err != nil {
		return
	}
	c.Project, c.Files = dir, []string{}
	_ = fs.WalkDir(FS, dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.IsDir() || name == dir+"/rules.yaml":
		case path.Ext(name) == ".sql":
			c.Files = append(c.Files, name)
		default:
			c.Beside = append(c.Beside, name)
		}
		return err
	})
}

// Strip takes the comments that the tests read out of a file. What only
// the platform does, and no migration, is shown as such.
func Strip(text string) string {
	var b strings.Builder
	admin := false
	for line := range strings.Lines(text) {
		text := strings.TrimRight(line, "\r\n")
		switch {
		case text == "/* live: admin":
			admin = true
			b.WriteString("-- Beside the migrations, on the server:\n")
			continue
		case admin && text == "*/":
			admin = false
			continue
		}
		for _, mark := range []string{"<!-- want", "-- want ", "-- want(", "-- live: ", "# want ", "# want(", "// want ", "// want("} {
			if before, _, found := strings.Cut(text, mark); found {
				text = strings.TrimRight(before, " \t")
				if text == "" {
					line = ""
				}
			}
		}
		if line != "" {
			b.WriteString(text + "\n")
		}
	}
	return b.String()
}
