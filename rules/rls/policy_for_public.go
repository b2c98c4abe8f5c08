package rls

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "policy-for-public",
	Title:    "Policy without a TO clause is for everyone",
	Severity: rules.Warning,
	From:     rules.Strict,
	Why: `
Without TO a policy is for PUBLIC, and so for anon too. Its expression is then all
that keeps visitors without a session out, and it is evaluated for each of their
queries. ` + "`to authenticated`" + ` turns them away before any row is looked at.

Restrictive policies are for everyone with reason, and a SELECT policy that is
plainly true makes a table public on purpose: neither is reported.`,
	Fix: `
` + "```sql" + `
alter policy "notes are read by their owner" on public.notes to authenticated;
` + "```",
	Refs: []string{"https://supabase.com/docs/guides/database/postgres/row-level-security#specify-roles-in-your-policies"},
	Check: func(p *rules.Pass) {
		if !p.Roles.Has(catalog.Authenticated) {
			return
		}
		for _, pol := range p.Policies() {
			if !pol.Permissive || !slices.Contains(pol.Roles, catalog.Public) || pol.Using == nil && pol.Check == nil {
				continue
			}
			if pol.Command == catalog.ForSelect && expr.AlwaysTrue(pol.Using, nil) {
				continue
			}
			p.Report(pol, pol.RolesAt, pol.Ref().String()+" has no TO clause and is for everyone, anon included").
				Fix = "alter policy " + catalog.Quote(pol.Name) + " on " + pol.Table.SQL() + " to authenticated;"
		}
	},
})
