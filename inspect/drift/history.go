package drift

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

// A File is a migration as the folder has it.
type File struct {
	Version    string   // the digits that the name starts with
	Path       string   // as messages show it
	Statements []string // without comments before them
}

// history compares the table of applied migrations with the files. The
// Supabase CLI writes it and keeps the statements (supabase/cli,
// pkg/migration/history.go).
func (c *comparison) history() {
	if c.Files == nil || c.have.Runtime == nil || c.have.Runtime.History == nil {
		return
	}
	applied := map[string]catalog.Applied{}
	for _, a := range c.have.Runtime.History.Applied {
		applied[a.Version] = a
	}
	if len(applied) == 0 {
		return
	}
	for _, f := range c.Files {
		a, ok := applied[f.Version]
		delete(applied, f.Version)
		ref := catalog.Ref{Kind: "migration", Name: f.Version}
		at := catalog.Origin{File: f.Path, Line: 1, Column: 1, EndLine: 1, EndColumn: 1}
		switch {
		case !ok:
			c.add(Difference{Kind: History, Object: ref, What: "applied", Want: "yes", Origin: at})
		case a.Statements != nil && !slices.EqualFunc(f.Statements, a.Statements, sameText):
			c.add(Difference{Kind: History, Object: ref, What: "text", Want: "that of the file", Have: "another, edited after it was applied", Origin: at})
		}
	}
	for version := range applied {
		c.add(Difference{Kind: History, Object: catalog.Ref{Kind: "migration", Name: version}, What: "applied", Have: "yes"})
	}
}

// sameText compares statements by their words: white space and a final
// semicolon say nothing.
func sameText(a, b string) bool {
	words := func(s string) string {
		return strings.TrimRight(strings.Join(strings.Fields(s), " "), "; ")
	}
	return words(a) == words(b)
}
