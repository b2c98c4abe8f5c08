package migrations

import (
	"path"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "migration-fails",
	Title:    "Statement that the server refuses",
	Severity: rules.Error,
	Needs:    rules.NeedsHistory,
	Why: `
The server would stop at this statement: ` + "`supabase db reset`" + ` and ` + "`supabase db push`" + ` end
there, and no later migration is applied. Usually the object exists already, was
dropped before, or was only ever made in the dashboard of one project.`,
	Fix: `
Make the statement fit what the migrations before it leave, for example with
` + "`if not exists`" + `, ` + "`drop … if exists`" + ` in front, or a migration that creates what is
missing. What the dashboard made can be pulled into a migration:

` + "```sh" + `
supabase db pull
` + "```",
	Refs: []string{
		"https://www.postgresql.org/docs/current/errcodes-appendix.html",
		"https://supabase.com/docs/guides/deployment/database-migrations",
	},
	Check: func(p *rules.Pass) {
		for _, f := range p.Failures {
			if !f.Syntax {
				p.ReportRef(failed(f), f.Origin, f.Message+" (SQLSTATE "+f.SQLState+")")
			}
		}
	},
})

// failed is what a failure is about: what its message names, or else its file,
// by its own name, so that the fingerprint is the same from any folder.
func failed(f catalog.Failure) catalog.Ref {
	if f.Object == (catalog.Ref{}) {
		return catalog.Ref{Kind: "file", Name: path.Base(f.Origin.File)}
	}
	return f.Object
}
