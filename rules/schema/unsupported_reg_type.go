package schema

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "unsupported-reg-type",
	Title:    "Column of a type that a major upgrade refuses",
	Severity: rules.Warning,
	Why: `
Columns of the types regcollation, regconfig, regdictionary, regnamespace,
regoper, regoperator, regproc and regprocedure hold numbers of objects that do
not survive pg_upgrade, which therefore refuses the whole database.`,
	Fix: `
Keep the name as text, and cast it where it is used:

` + "```sql" + `
alter table public.documents alter column language type text using language::text;
` + "```",
	Refs: []string{
		"https://www.postgresql.org/docs/current/pgupgrade.html",
		"https://supabase.com/docs/guides/database/database-advisors?lint=0018_unsupported_reg_types",
	},
	Check: func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			if t.Unsure.Any(catalog.Columns) {
				continue
			}
			for _, c := range t.Columns {
				base := strings.TrimSuffix(strings.TrimPrefix(c.Type, "pg_catalog."), "[]")
				if slices.Contains(refused, base) {
					p.Report(t, c.Origin, "column "+c.Name+" of "+t.Name.String()+" is of type "+c.Type+", which pg_upgrade refuses")
				}
			}
		}
	},
})

// refused are the types that pg_upgrade stops at (PostgreSQL docs: pg_upgrade,
// Limitations).
var refused = []string{
	"regcollation", "regconfig", "regdictionary", "regnamespace", "regoper", "regoperator", "regproc", "regprocedure",
}
