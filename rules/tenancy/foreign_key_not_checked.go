package tenancy

import (
	"slices"
	"strings"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "foreign-key-not-checked",
	Title:    "Insert policy that lets a row refer to any other row",
	Severity: rules.Info,
	Why: `
The check of a foreign key does not ask the policies of the table it refers to. No
insert policy here looks at the column either: a client may attach a row to a
parent that it cannot see, such as another tenant's ticket, and learns from the
answer whether that parent exists.`,
	Fix: `
` + "```sql" + `
alter policy "comments are added by their author" on public.comments with check (
  author_id = (select auth.uid())
  and exists (select 1 from public.tickets where tickets.id = comments.ticket_id));
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/ddl-rowsecurity.html"},
	Check: func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			if !t.RLS.Is(true) || !p.Exposed(t.Name.Schema) || t.Unsure.Any(catalog.Columns|catalog.Policies|catalog.Keys) || checksRows(t) {
				continue
			}
			for _, k := range t.ForeignKeys {
				to, ok := p.Tables.Get(k.References)
				if !ok || to == t || !p.IsProjectTable(to) || !to.RLS.Is(true) || to.Unsure.Any(catalog.Policies) {
					continue
				}
				for _, role := range catalog.APIRoles() {
					if p.Roles.Has(role) && attaches(p, t, k, role) && !seesAll(p, to, role) {
						p.Report(t, k.Origin, "foreign key "+k.Name+" of "+t.Name.String()+": no insert policy looks at "+strings.Join(k.Columns, ", ")+", so "+role+" may refer to any row of "+to.Name.String())
						break
					}
				}
			}
		}
	},
})

// checksRows reports whether a trigger may look at new rows.
func checksRows(t *catalog.Table) bool {
	return slices.ContainsFunc(t.Triggers, func(g *catalog.Trigger) bool {
		return g.Enabled && g.Timing == "before" && slices.Contains(g.Events, "insert")
	})
}

// attaches reports whether the role may insert rows with any value of the
// key.
func attaches(p *rules.Pass, t *catalog.Table, k *catalog.ForeignKey, role string) bool {
	for _, c := range k.Columns {
		if !p.MayColumn(role, t, c, catalog.Insert).Is(true) {
			return false
		}
	}
	free := false
	for pol := range t.Policies() {
		if !pol.Command.Covers(catalog.ForInsert) || !pol.AppliesTo(p.Groups(role, true)...) {
			continue
		}
		e := p.Expanded(pol).Check
		if e == nil {
			e = p.Expanded(pol).Using
		}
		looks := pol.Unsure != 0 || e == nil || !rules.Holder(role).Eval(e).Can(access.True) || mentions(e, k.Columns)
		if !pol.Permissive && looks {
			return false
		}
		free = free || pol.Permissive && !looks
	}
	return free
}

func mentions(e expr.Expr, columns []string) bool {
	return slices.ContainsFunc(expr.Columns(e), func(c *expr.Column) bool {
		return c.Table == "" && (c.Name == "*" || slices.Contains(columns, c.Name)) || c.Table == "?"
	})
}

// seesAll reports whether the role may read every row of the table anyway.
func seesAll(p *rules.Pass, t *catalog.Table, role string) bool {
	return slices.ContainsFunc(reads(p, t, role, catalog.ForSelect), func(pol *catalog.Policy) bool {
		e := p.Expanded(pol).Using
		return rules.AlwaysOn(t, e) || e != nil && rules.Holder(role).Eval(e) == access.True
	})
}
