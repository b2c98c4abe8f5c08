package rls

import (
	"regexp"
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "view-bypasses-rls",
	Title:    "View that shows rows which row level security keeps back",
	Severity: rules.Error,
	Why: `
A view reads its tables as its owner, to whom row level security does not apply:
whoever may select from the view sees all rows. A view with security_invoker
(PostgreSQL 15) reads them as whoever asks.

Where it may be meant, that is a warning: the view asks who is calling, gives out
figures about rows, or leaves columns out.`,
	Fix: `
` + "```sql" + `
alter view public.open_tickets set (security_invoker = true);
` + "```",
	Refs: []string{
		"https://www.postgresql.org/docs/current/sql-createview.html",
		"https://supabase.com/docs/guides/database/database-advisors?lint=0010_security_definer_view",
	},
	Check: func(p *rules.Pass) {
		for v := range p.ProjectViews() {
			if v.Materialized || !v.SecurityInvoker.Is(false) || !p.Exposed(v.Name.Schema) || v.Grants.Unsure {
				continue
			}
			who := slices.DeleteFunc(catalog.APIRoles(), func(role string) bool {
				return !p.Allows(&v.Grants, role, catalog.Select).Is(true) || p.MayUseSchema(role, v.Name.Schema).IsNot(true)
			})
			t := bypassed(p, v, v.Owner, who, map[catalog.Name]bool{})
			if t == nil {
				continue
			}
			f := p.Report(v, v.Origin, v.Ref().String()+" shows "+and(who)+" rows of "+t.Name.String()+" around its row level security")
			if server := p.Source.Version; server == 0 || server >= 150_000 { // came with PostgreSQL 15
				f.Fix = "alter view " + v.Name.SQL() + " set (security_invoker = true);"
			}
			if selective(p, v) || leavesOut(v, t) {
				p.Soften(f, rules.Warning)
			}
		}
	},
})

// bypassed finds a table that the view reads as its owner, who is not subject
// to the table's row level security, where that is not open to one of the
// roles anyway.
func bypassed(p *rules.Pass, v *catalog.View, owner catalog.Fact[string], who []string, seen map[catalog.Name]bool) *catalog.Table {
	if seen[v.Name] || len(who) == 0 || !owner.Known {
		return nil
	}
	seen[v.Name] = true
	for _, n := range v.Reads {
		if inner, ok := p.Views.Get(n); ok && !inner.Materialized && inner.SecurityInvoker.Is(false) {
			if t := bypassed(p, inner, inner.Owner, who, seen); t != nil {
				return t
			}
		}
		t, ok := p.Tables.Get(n)
		if !ok || !p.IsProjectTable(t) || !t.RLS.Is(true) || t.Unsure.Any(catalog.Policies) {
			continue
		}
		exempt := p.BypassesRLS(owner.Value) || t.ForceRLS.Is(false) && t.Owner.Known && slices.Contains(p.Groups(owner.Value, true), t.Owner.Value)
		if exempt && slices.ContainsFunc(who, func(role string) bool { return !openTo(p, t, role) }) {
			return t
		}
	}
	return nil
}

// openTo reports whether the role may read every row of the table itself.
func openTo(p *rules.Pass, t *catalog.Table, role string) bool {
	if !slices.ContainsFunc(permissive(p, t, catalog.ForSelect, role), func(pol *catalog.Policy) bool { return always(t, pol.Using) }) {
		return false
	}
	return !narrowed(p, t, catalog.ForSelect, []string{role})
}

// selective reports whether the view reads the session, or only counts.
func selective(p *rules.Pass, v *catalog.View) bool {
	e := p.Expand(v.Query)
	q, ok := v.Query.(*expr.Query)
	return !ok || len(expr.Claims(e)) > 0 || len(q.Group) > 0 || slices.ContainsFunc(expr.Calls(&expr.Row{Args: q.Targets}), func(c *expr.Call) bool { return aggregate.MatchString(c.Name) }) ||
		slices.ContainsFunc(expr.Calls(e), func(c *expr.Call) bool {
			return c.Name == "current_user" || c.Name == "session_user" || c.Name == "current_setting"
		})
}

// leavesOut reports whether the view does not give out every column of the
// table, as one made to be public does not.
func leavesOut(v *catalog.View, t *catalog.Table) bool {
	q, ok := v.Query.(*expr.Query)
	if !ok || len(q.Targets) == 0 {
		return true
	}
	shown := map[string]bool{}
	for _, c := range expr.Columns(&expr.Row{Args: q.Targets}) {
		shown[c.Name] = true
	}
	return !shown["*"] && slices.ContainsFunc(t.Columns, func(c *catalog.Column) bool { return !shown[c.Name] })
}

var aggregate = regexp.MustCompile(`^(count|sum|avg|min|max|bool_and|bool_or)$`)
