package realtime

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "relation-not-publishable",
	Title:    "Expected relation cannot be published",
	Severity: rules.Error,
	Why: `
Views, materialized views, foreign tables, and unlogged or temporary tables
cannot be in a publication: PostgreSQL refuses to add them, and the log has
nothing of them to decode. A subscription to one never receives anything.`,
	Fix: `
Expect the table below the view, or make the table a logged one:

` + "```sql" + `
alter table public.tickets set logged;
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/logical-replication-restrictions.html"},
	Check: func(p *rules.Pass) {
		for _, e := range p.ExpectedTables() {
			if v, ok := p.Views.Get(e.Table); ok {
				p.Report(v, v.Origin, e.Table.String()+" is expected to be published and is a "+v.Ref().Kind).
					Related = []rules.Related{{Origin: e.Origin, Message: "expected here"}}
				continue
			}
			t, ok := p.Tables.Get(e.Table)
			if !ok {
				continue
			}
			kind, at := "", t.Persistence.Origin
			switch {
			case t.Kind == catalog.Foreign:
				kind, at = "a foreign table", t.Origin
			case t.Persistence.Is(catalog.Unlogged):
				kind = "unlogged"
			case t.Persistence.Is(catalog.Temporary):
				kind = "temporary"
			default:
				continue
			}
			f := p.Report(t, at, e.Table.String()+" is expected to be published and is "+kind)
			f.Related = []rules.Related{{Origin: e.Origin, Message: "expected here"}}
			if kind == "unlogged" {
				f.Fix = "alter table " + t.Name.SQL() + " set logged;"
			}
		}
	},
})
