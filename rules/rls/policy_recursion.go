package rls

import (
	"slices"
	"strconv"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "policy-recursion",
	Title:    "Policies that need themselves to be decided",
	Category: rules.CategoryCorrectness,
	Severity: rules.Error,
	Why: `
A policy that reads its own table, or a table whose policy reads back, sends
PostgreSQL in a circle: every query by a role that the policies are for fails
with 42P17, infinite recursion detected in policy. Through a helper function it
is the same circle, ended by the stack limit. PostgreSQL looks at sub-selects, not
at what they read: a WITH CHECK that reads its own table fails as soon as a SELECT
policy of the table has any sub-select, even (select auth.uid()). On a published table Realtime loses
the whole batch of changes.`,
	Fix: `
Read the other rows in a SECURITY DEFINER function whose owner is not subject to
row level security, or put what is needed into a claim:

` + "```sql" + `
create function private.is_admin() returns boolean
language sql stable security definer set search_path = ''
as $$ select exists (select 1 from public.profiles where id = auth.uid() and is_admin) $$;

alter policy "profiles are read by admins" on public.profiles
  using ((select private.is_admin()));
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/ddl-rowsecurity.html"},
	Check: func(p *rules.Pass) {
		g := graph{p: p}
		told := map[string]bool{}
		for _, role := range catalog.APIRoles() {
			g.groups = p.Groups(role, false)
			var last *catalog.Table
			for t := range p.PoliciesWith(expr.HasQuery) {
				if t == last {
					continue
				}
				last = t
				for _, command := range []catalog.Command{catalog.ForSelect, catalog.ForInsert, catalog.ForUpdate, catalog.ForDelete} {
					g.circle, g.closes = nil, nil
					g.visit(t.Name, command, false, nil, map[met]bool{})
					if g.circle != nil {
						g.report(told)
					}
				}
			}
		}
	},
})

// report adds the finding for the circle found, once for each set of policies.
// It is about the first of them by name, so that both sources agree.
func (g *graph) report(told map[string]bool) {
	circle := slices.SortedFunc(slices.Values(g.circle), func(a, b *catalog.Policy) int { return strings.Compare(a.Ref().Name, b.Ref().Name) })
	circle = slices.Compact(circle)
	var names []string
	for _, pol := range circle {
		names = append(names, pol.Ref().Name)
	}
	if key := strings.Join(names, "\n"); told[key] {
		return
	} else {
		told[key] = true
	}
	message := circle[0].Ref().String() + " reads " + circle[0].Table.String() + ", whose policies it is part of"
	switch {
	case g.closes != nil && !slices.Contains(circle, g.closes):
		message = circle[0].Ref().String() + " reads " + g.closes.Table.String() + ", whose policy " + strconv.Quote(g.closes.Name) +
			" has a sub-select: PostgreSQL takes that for infinite recursion"
	case len(circle) > 1:
		message = circle[0].Ref().String() + " needs itself to be decided, through policy " + strings.Join(names[1:], " and ")
	}
	f := g.p.Report(circle[0], circle[0].UsingAt, message)
	if circle[0].Using == nil {
		f.Origin = circle[0].CheckAt
	}
	if g.closes != nil && !slices.Contains(circle, g.closes) {
		f.Related = append(f.Related, rules.Related{Origin: g.closes.Origin, Message: "has the sub-select"})
	}
	for _, pol := range circle[1:] {
		f.Related = append(f.Related, rules.Related{Origin: pol.Origin, Message: "part of the circle"})
	}
}
