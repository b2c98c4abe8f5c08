package rls

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "policy-for-unusable-role",
	Title:    "Policy for a role that nobody comes as",
	Category: rules.CategoryClaims,
	Severity: rules.Error,
	Why: `
TO names roles of PostgreSQL. Requests run as anon, authenticated or service_role:
a role such as agent, made for the application's users, is never in use unless
authenticator may switch to it and a token's claim role names it. The policy then
lets nobody through.

The finding is a warning where the role is granted the table: it may be given a
login outside of the migrations, where its password stands.`,
	Fix: `
Keep the application's roles in a claim:

` + "```sql" + `
create policy "agents read tickets" on public.tickets
  for select to authenticated
  using ((select auth.jwt() ->> 'user_role') = 'agent');
` + "```",
	Refs: []string{
		"https://docs.postgrest.org/en/stable/references/auth.html",
		"https://supabase.com/docs/guides/database/postgres/custom-claims-and-role-based-access-control-rbac",
	},
	Check: func(p *rules.Pass) {
		if !p.Roles.Has(catalog.Authenticator) {
			return
		}
		idle := map[string]bool{}
		for t, pol := range p.Policies() {
			if len(pol.Roles) == 0 || slices.ContainsFunc(pol.Roles, func(role string) bool { return !unusable(p, role, idle) }) {
				continue
			}
			f := p.Report(pol, pol.RolesAt, pol.Ref().String()+" is for "+strings.Join(pol.Roles, ", ")+", which no request runs as and nobody can log in as")
			if slices.ContainsFunc(pol.Roles, func(role string) bool { return granted(p, t, pol, role) }) {
				p.Soften(f, rules.Warning)
			}
		}
	},
})

// granted reports whether the role may do by its privileges what the policy is
// about.
func granted(p *rules.Pass, t *catalog.Table, pol *catalog.Policy, role string) bool {
	for _, c := range []catalog.Command{catalog.ForSelect, catalog.ForInsert, catalog.ForUpdate, catalog.ForDelete} {
		if pol.Command.Covers(c) && p.MayAnyColumn(role, t, c.Privilege()).Is(true) {
			return true
		}
	}
	return false
}

// unusable reports whether a role of the project's own is one that nothing
// runs as: it cannot log in, authenticator cannot switch to it, no role that is
// in use is a member of it, and no function or view reads with its rights.
func unusable(p *rules.Pass, name string, idle map[string]bool) bool {
	if out, ok := idle[name]; ok {
		return out
	}
	r, ok := p.Roles.Get(name)
	out := ok && !r.Platform && !strings.HasPrefix(name, "pg_") && !r.Unsure.Any(catalog.Existence) && r.Login.Is(false)
	if out && lends(p, name) {
		out = false
	}
	if out {
		for member := range p.Roles.All() {
			inUse := member.Login.IsNot(false) || slices.Contains(catalog.APIRoles(), member.Name) || member.Name == catalog.ServiceRole
			if inUse && (slices.Contains(p.Groups(member.Name, false), name) && member.Name != "postgres" && !p.IsSuperuser(member.Name)) {
				out = false
				break
			}
		}
	}
	idle[name] = out
	return out
}

// lends reports whether a function or a view may read with the role's rights.
func lends(p *rules.Pass, role string) bool {
	for f := range p.ProjectFunctions() {
		if !f.SecurityDefiner.Is(false) && !f.Owner.IsNot(role) {
			return true
		}
	}
	for v := range p.ProjectViews() {
		if !v.SecurityInvoker.Is(true) && !v.Owner.IsNot(role) {
			return true
		}
	}
	return false
}
