package rls

import (
	"slices"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "write-always-allowed",
	Title:    "Policy lets everyone write every row",
	Severity: rules.Error,
	Why: `
A permissive policy that is always true for UPDATE, DELETE or ALL lets every
holder of the role change every row, whatever the other permissive policies say.
One that asks only for a session, as ` + "`auth.uid() is not null`" + ` does, lets everyone
who signs up.

For INSERT alone it may be meant, as for a contact form, and is a warning.`,
	Fix: `
Say whose rows they are:

` + "```sql" + `
alter policy "notes are changed by their owner" on public.notes
  using (owner_id = (select auth.uid()))
  with check (owner_id = (select auth.uid()));
` + "```",
	Refs: []string{"https://supabase.com/docs/guides/database/database-advisors?lint=0024_permissive_rls_policy"},
	Check: func(p *rules.Pass) {
		for t, pol := range p.Policies() {
			if !pol.Permissive || t.RLS.Is(false) || pol.Command == catalog.ForSelect {
				continue
			}
			for _, w := range writes {
				if !pol.Command.Covers(w) || narrowed(p, t, w, pol.Roles) {
					continue
				}
				if roles := open(p, t, pol, w); len(roles) > 0 {
					f := p.Report(pol, pol.UsingAt, pol.Ref().String()+" lets "+and(roles)+" "+string(w)+" every row")
					if w == catalog.ForInsert {
						f.Origin = pol.CheckAt
						p.Soften(f, rules.Warning)
					}
					break
				}
			}
		}
	},
})

// writes are the commands in the order of how bad an open policy is.
var writes = []catalog.Command{catalog.ForDelete, catalog.ForUpdate, catalog.ForInsert}

// open lists the API roles that have the privilege and that the policy lets do
// the command to any row: it is always true, or asks only that there is a user.
func open(p *rules.Pass, t *catalog.Table, pol *catalog.Policy, w catalog.Command) []string {
	e := pol.Using
	if w == catalog.ForInsert {
		e = pol.CheckOrUsing()
	}
	return slices.DeleteFunc(allowed(p, t, pol, w.Privilege()), func(role string) bool {
		return !always(t, e) && (e == nil || rules.Holder(role).Eval(e) != access.True)
	})
}

// always reports whether an expression on a row of the table is always true.
func always(t *catalog.Table, e expr.Expr) bool {
	return e != nil && expr.AlwaysTrue(e, func(c *expr.Column) bool {
		col, ok := t.Column(c.Name)
		return c.Table == "" && ok && col.NotNull
	})
}

// allowed lists the API roles that the policy is for and that have the
// privilege.
func allowed(p *rules.Pass, t *catalog.Table, pol *catalog.Policy, priv catalog.Privilege) []string {
	return slices.DeleteFunc(reachable(p, t, priv), func(role string) bool {
		return !pol.AppliesTo(p.Groups(role, false)...)
	})
}

// narrowed reports whether a restrictive policy that is not always true stands
// in the way of the command for these roles.
func narrowed(p *rules.Pass, t *catalog.Table, c catalog.Command, roles []string) bool {
	for pol := range t.Policies() {
		if !pol.Permissive && pol.Command.Covers(c) && pol.AppliesTo(roles...) && !always(t, pol.CheckOrUsing()) {
			return true
		}
	}
	return false
}
