package exposure

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "default-privileges-to-public",
	Title:    "Every new table is granted to PUBLIC",
	Severity: rules.Warning,
	Why: `
Default privileges give a right on each table or sequence that will be created,
and these give it to PUBLIC: to every role there is and will be, the key of
visitors included, before anybody has thought about the table.`,
	Fix: `
Take it back, and grant each table to the roles that need it:

` + "```sql" + `
alter default privileges for role postgres in schema public revoke select on tables from public;
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/sql-alterdefaultprivileges.html"},
	Check: func(p *rules.Pass) {
		for d := range p.Defaults.All() {
			if d.Platform || d.Unsure != 0 || d.Key.Kind != catalog.OnTables && d.Key.Kind != catalog.OnSequences {
				continue
			}
			for _, g := range d.Grants.Grants() {
				if g.Grantee != catalog.Public {
					continue
				}
				in := ""
				if d.Key.Schema != "" {
					in = " in schema " + catalog.Quote(d.Key.Schema)
				}
				f := p.Report(d, g.Origin, "default privileges of "+d.Key.Role+in+" grant "+string(g.Privilege)+" on new "+string(d.Key.Kind)+"s to PUBLIC")
				f.Fix = "alter default privileges for role " + catalog.Quote(d.Key.Role) + in + " revoke all on " + string(d.Key.Kind) + "s from public;"
				break
			}
		}
	},
})
