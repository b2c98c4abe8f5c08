package realtime

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "publication-too-broad",
	Title:    "The Realtime publication takes in tables nobody listed",
	Severity: rules.Warning,
	Why: `
` + "`for all tables`" + ` and ` + "`for tables in schema`" + ` publish every table there is and every
table to come, the platform's own among them. Each change of each of them is
decoded and checked for every subscriber, and a table without a primary key
starts to refuse UPDATE and DELETE as soon as it is published.`,
	Fix: `
List the tables that clients subscribe to. A publication for all tables cannot
be altered into a list:

` + "```sql" + `
drop publication supabase_realtime;
create publication supabase_realtime for table public.tickets, public.attachments;
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/sql-createpublication.html"},
	Check: func(p *rules.Pass) {
		pub, ok := p.Publication()
		if !ok {
			return
		}
		if pub.AllTables.Is(true) {
			p.Report(pub, pub.AllTables.Origin, "publication "+pub.Name+" publishes all tables of the database")
			return
		}
		for _, s := range pub.Schemas {
			p.ReportRef(catalog.Ref{Kind: "publication", Name: pub.Name}, s.Origin, "publication "+pub.Name+" publishes every table of schema "+s.Schema)
			return
		}
	},
})
