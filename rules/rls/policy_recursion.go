package rls

import (
	"strconv"
	"strings"

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
		for _, c := range p.Circles() {
			reportCircle(p, c)
		}
	},
})

// reportCircle is about the first policy of the circle by name, so that both
// sources agree.
func reportCircle(p *rules.Pass, c rules.Circle) {
	first, others := c.Policies[0], c.Policies[1:]
	message := first.Ref().String() + " reads " + first.Table.String() + ", whose policies it is part of"
	switch {
	case c.Closes != nil:
		message = first.Ref().String() + " reads " + c.Closes.Table.String() + ", whose policy " + strconv.Quote(c.Closes.Name) +
			" has a sub-select: PostgreSQL takes that for infinite recursion"
	case len(others) > 0:
		var names []string
		for _, pol := range others {
			names = append(names, pol.Ref().Name)
		}
		message = first.Ref().String() + " needs itself to be decided, through policy " + strings.Join(names, " and ")
	}
	f := p.Report(first, first.UsingAt, message)
	if first.Using == nil {
		f.Origin = first.CheckAt
	}
	if c.Closes != nil {
		f.Related = append(f.Related, rules.Related{Origin: c.Closes.Origin, Message: "has the sub-select"})
	}
	for _, pol := range others {
		f.Related = append(f.Related, rules.Related{Origin: pol.Origin, Message: "part of the circle"})
	}
	for _, pol := range c.Policies {
		t, ok := p.Tables.Get(pol.Table)
		if !ok || !p.IsPublished(t).Is(true) {
			continue
		}
		if at := p.MemberAt(t); !at.IsZero() {
			f.Related = append(f.Related, rules.Related{Origin: at, Message: t.Name.String() + " is published here"})
		}
		return
	}
}
