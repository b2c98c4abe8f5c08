package exposure

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "graphql-exposes-relation",
	Title:    "Relation that is part of the GraphQL schema",
	Severity: rules.Info,
	From:     rules.Audit,
	Why: `
With pg_graphql installed, everything that a client's role may select is described
by the GraphQL endpoint: names of tables and columns, whatever the policies say of
the rows. For most applications that is meant; an audit may want the list.`,
	Fix: `
Take the privilege from the role that should not see it, or drop the extension
when nobody uses GraphQL:

` + "```sql" + `
drop extension if exists pg_graphql;
` + "```",
	Refs: []string{
		"https://supabase.com/docs/guides/graphql/security",
		"https://supabase.com/docs/guides/database/database-advisors?lint=0026_pg_graphql_anon_table_exposed",
	},
	Check: func(p *rules.Pass) {
		e, ok := p.Extensions.Get("pg_graphql")
		if !ok || e.Unsure.Any(catalog.Existence) {
			return
		}
		for t := range p.ProjectTables() {
			report(p, t, t.Origin, t.Name, tableReaders(p, t))
		}
		for v := range p.ProjectViews() {
			report(p, v, v.Origin, v.Name, viewers(p, v))
		}
	},
})

func report(p *rules.Pass, o rules.Object, at catalog.Origin, n catalog.Name, who []string) {
	if len(who) > 0 && p.Exposed(n.Schema) {
		p.Report(o, at, n.String()+" is described by GraphQL to "+and(who))
	}
}
