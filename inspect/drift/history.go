package drift

import (
	"policylint/inspect/catalog"
)

// A File is a migration as the folder has it.
type File struct {
	Version string // the digits that the name starts with
	Path    string // as messages show it
	Digest  string // catalog.Digest of its text
}

// history compares the table of applied migrations with the files, or with the
// same table of another database. The Supabase CLI writes it and keeps the
// statements (supabase/cli, pkg/migration/history.go).
func (c *comparison) history() {
	have, ok := history(c.have)
	if !ok || len(have) == 0 {
		return
	}
	files := c.Files
	if want, ok := history(c.want); ok && files == nil {
		for _, a := range want {
			files = append(files, File{Version: a.Version, Digest: a.Digest})
		}
	}
	if len(files) == 0 {
		return
	}
	applied := map[string]catalog.Applied{}
	for _, a := range have {
		applied[a.Version] = a
	}
	for _, f := range files {
		a, ok := applied[f.Version]
		delete(applied, f.Version)
		d := Difference{Kind: History, Object: catalog.Ref{Kind: "migration", Name: f.Version}}
		if f.Path != "" {
			d.Origin = catalog.Origin{File: f.Path, Line: 1, Column: 1, EndLine: 1, EndColumn: 1}
		}
		switch {
		case !ok:
			d.What, d.Want = "applied", "yes"
			c.add(d)
		case a.Digest != "" && f.Digest != "" && a.Digest != f.Digest:
			d.What, d.Want, d.Have = "text", "one", "another"
			c.add(d)
		}
	}
	for version := range applied {
		c.add(Difference{Kind: History, Object: catalog.Ref{Kind: "migration", Name: version}, What: "applied", Have: "yes"})
	}
}

func history(c *catalog.Catalog) ([]catalog.Applied, bool) {
	if c.Runtime == nil || c.Runtime.History == nil {
		return nil, false
	}
	return c.Runtime.History.Applied, true
}
