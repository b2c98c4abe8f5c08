package migrations

import "policylint/rules"

var _ = rules.Register(&rules.Rule{
	ID:       "syntax-error",
	Title:    "Text that is no SQL statement",
	Severity: rules.Error,
	Needs:    rules.NeedsHistory,
	Why: `
PostgreSQL's own parser refuses this text, so the migration stops here. Only this
statement is left out of the analysis; the rest of the file is still read.`,
	Fix: `
Correct the statement. What only psql understands, such as ` + "`\\gexec`" + `, a server does
not; the statement before a stray character may lack its semicolon.`,
	Refs: []string{"https://www.postgresql.org/docs/current/sql-syntax.html"},
	Check: func(p *rules.Pass) {
		for _, f := range p.Failures {
			if f.Syntax {
				p.ReportRef(failed(f), f.Origin, f.Message)
			}
		}
	},
})
