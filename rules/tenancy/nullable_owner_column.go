package tenancy

import (
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "nullable-owner-column",
	Title:    "Column that says whose the row is, and may be null",
	Severity: rules.Info,
	From:     rules.Audit,
	Why: `
Policies hold the column against who asks. A row in which it is null equals
nobody: it is lost to every client, and stays lost when the server, an import or
a trigger has written it. Whoever later mends that with ` + "`or owner_id is null`" + ` shows
such rows to everyone.`,
	Fix: `
` + "```sql" + `
update public.notes set owner_id = '00000000-0000-0000-0000-0000000000a1' where owner_id is null;
alter table public.notes alter column owner_id set not null;
` + "```",
	Refs: []string{docs},
	Check: func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			if !t.RLS.Is(true) || t.Unsure.Any(catalog.Columns|catalog.Policies) || t.PartitionOf != (catalog.Name{}) {
				continue
			}
			asked := tested(p, t)
			done := map[string]bool{}
			for pol := range t.Policies() {
				e := p.Expanded(pol).Using
				if pol.Platform || !pol.Permissive || e == nil {
					continue
				}
				for _, m := range matches(e) {
					c, ok := t.Column(m.column)
					if ok && !c.NotNull && !asked[m.column] && !done[m.column] {
						done[m.column] = true
						p.Report(t, c.Origin, "column "+m.column+" of "+t.Name.String()+" says whose a row is, and may be null")
					}
				}
			}
		}
	},
})

// tested has the columns that a policy of the table tests for null: there it is
// known that they may be.
func tested(p *rules.Pass, t *catalog.Table) map[string]bool {
	out := map[string]bool{}
	for pol := range t.Policies() {
		e := p.Expanded(pol)
		for _, side := range []expr.Expr{e.Using, e.Check} {
			expr.Walk(side, func(x expr.Expr) bool {
				if n, ok := x.(*expr.IsNull); ok {
					out[columnOf(n.X)] = true
				}
				return true
			})
		}
	}
	return out
}
