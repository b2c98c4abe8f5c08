package rules

import (
	"slices"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
)

// A Stop is an error of a policy that ends Realtime's query for everybody.
type Stop struct {
	access.Raise
	Who access.Subject // the first listener who meets it
}

type stopsKey struct {
	table  catalog.Name
	config *Config
}

// Stops are the errors that the policies of a published table end Realtime's
// query with, one for each policy and listener.
func (p *Pass) Stops(t *catalog.Table) []Stop {
	return p.Memo(stopsKey{t.Name, p.Config}, func() any {
		var out []Stop
		if !t.RLS.Is(true) {
			return out
		}
		for _, s := range p.listeners() {
			for _, r := range p.Access().Raises(s, t, catalog.ForSelect) {
				if !r.Possible {
					out = append(out, Stop{r, s})
				}
			}
		}
		return out
	}).([]Stop)
}

// StopsRealtime reports whether a policy ends Realtime's query for want of a
// privilege and raising-policy-on-published-table, in the same run, says so with
// the grant.
func (p *Pass) StopsRealtime(t *catalog.Table, pol *catalog.Policy) bool {
	return p.beside["raising-policy-on-published-table"] && p.IsPublished(t).Is(true) && t.PartitionOf == (catalog.Name{}) &&
		slices.ContainsFunc(p.Stops(t), func(s Stop) bool { return s.Policy == pol && s.SQLState == "42501" })
}

// ToldAsCircle reports whether an error is that of policies which need
// themselves to be decided, and policy-recursion, in the same run, says so.
func (p *Pass) ToldAsCircle(s Stop) bool {
	return p.beside["policy-recursion"] && s.SQLState == "42P17" &&
		slices.ContainsFunc(p.Circles(), func(c Circle) bool { return c.Has(s.Policy) })
}

type listenersKey struct{ config *Config }

// listeners are the users of the application, and somebody of whom nothing is
// known in each role that a subscriber can have; the same for all tables.
func (p *Pass) listeners() []access.Subject {
	return p.Memo(listenersKey{p.Config}, func() any {
		out := slices.Clone(p.Subjects())
		for _, role := range p.Subscribers() {
			out = append(out, access.Subject{Name: role, Role: role, Claims: map[string]any{"role": role}, Open: []string{"*"}})
		}
		return out
	}).([]access.Subject)
}

// Subscribers lists the roles that a subscriber's token can name: the API
// roles, and those that were granted to the role PostgREST logs in as. The
// roles that bypass row level security receive everything and are left out.
func (p *Pass) Subscribers() []string {
	out := catalog.APIRoles()
	if a, ok := p.Roles.Get(catalog.Authenticator); ok {
		for role := range a.MemberOf {
			if role != catalog.Anon && role != catalog.Authenticated && !p.BypassesRLS(role) {
				out = append(out, role)
			}
		}
	}
	// Bare PostgreSQL has none of them.
	out = slices.DeleteFunc(out, func(role string) bool { return !p.Roles.Has(role) })
	slices.Sort(out)
	return out
}
