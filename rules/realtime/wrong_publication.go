package realtime

import (
	"strings"

	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "wrong-publication",
	Title:    "Table is in another publication than the one Realtime reads",
	Severity: rules.Warning,
	Why: `
Realtime reads one publication by name. A table that is only in another one,
made with a slip of the pen or a name that sounds right, is not delivered.

Other publications are ordinary (data warehouses, sync engines). The rule speaks
up only where the table is expected, or where the other publication has
"realtime" in its name.`,
	Fix: `
` + "```sql" + `
alter publication supabase_realtime add table public.tickets;
` + "```",
	Refs: []string{"https://supabase.com/docs/guides/realtime/postgres-changes"},
	Check: func(p *rules.Pass) {
		name := p.PublicationName()
		realtime, _ := p.Publication()
		for other := range p.Publications.All() {
			if other.Name == name || other.Platform {
				continue
			}
			for _, m := range other.Members {
				t, ok := p.Tables.Get(m.Table)
				if !ok || realtime != nil && !p.Publishes(realtime, t).Is(false) {
					continue
				}
				if expects(p, t.Name) || strings.Contains(strings.ToLower(other.Name), "realtime") {
					p.Report(t, m.Origin, t.Name.String()+" is in publication "+other.Name+", but Realtime reads "+name).
						Fix = addTable(name, t.Name)
				}
			}
		}
	},
})
