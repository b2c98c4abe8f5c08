package catalog

import (
	"maps"
	"slices"
)

// Public is the grantee PUBLIC, everyone. No role can have this name.
const Public = "public"

// A Role is a user or a group.
type Role struct {
	stamped
	Name        string
	Superuser   Fact[bool]
	BypassRLS   Fact[bool]
	Inherit     Fact[bool] // default for memberships (PostgreSQL docs: CREATE ROLE)
	Login       Fact[bool]
	CreateRole  Fact[bool]
	CreateDB    Fact[bool]
	Replication Fact[bool]
	MemberOf    map[string]Membership // by name of the group
	Origin      Origin
	Platform    bool
	Unsure      Aspect
}

// A Membership is one role's membership in another.
type Membership struct {
	Admin   bool // may grant it on
	Inherit bool // has the group's privileges without SET ROLE (PostgreSQL 16; before, the member's own INHERIT)
	Set     bool // may SET ROLE to the group (PostgreSQL 16; before, always)
	Grantor string
	Origin  Origin
}

// Ref names the role.
func (r *Role) Ref() Ref { return Ref{"role", r.Name} }

func (r *Role) key() string { return r.Name }

func (r *Role) clone() *Role { c := *r; c.MemberOf = maps.Clone(r.MemberOf); return &c }

// groupsKey is what Groups was asked.
type groupsKey struct {
	role      string
	inherited bool
}

// known is what was worked out from the roles at a version of theirs.
type known struct {
	version int
	groups  map[groupsKey][]string
}

// Groups lists the roles that role is a member of, directly or not, itself
// first and the rest in order of name. With inherited, only memberships count
// that give privileges without SET ROLE. The list is not the caller's to
// change, but can be appended to.
func (c *Catalog) Groups(role string, inherited bool) []string {
	if c.known.groups == nil || c.known.version != c.Roles.Version() {
		c.known = known{c.Roles.Version(), map[groupsKey][]string{}}
	}
	key := groupsKey{role, inherited}
	out, ok := c.known.groups[key]
	if !ok {
		out = slices.Clip(c.groupsOf(role, inherited))
		c.known.groups[key] = out
	}
	return out
}

func (c *Catalog) groupsOf(role string, inherited bool) []string {
	seen := map[string]bool{role: true}
	queue := []string{role}
	for len(queue) > 0 {
		r, ok := c.Roles.Get(queue[0])
		queue = queue[1:]
		if !ok {
			continue
		}
		for g, m := range r.MemberOf {
			if !seen[g] && (m.Inherit || !inherited) {
				seen[g] = true
				queue = append(queue, g)
			}
		}
	}
	delete(seen, role)
	return append([]string{role}, slices.Sorted(maps.Keys(seen))...)
}

// CanSetRole reports whether member may SET ROLE to role.
func (c *Catalog) CanSetRole(member, role string) bool {
	if member == role || c.IsSuperuser(member) {
		return true
	}
	seen := map[string]bool{member: true}
	queue := []string{member}
	for len(queue) > 0 {
		r, ok := c.Roles.Get(queue[0])
		queue = queue[1:]
		if !ok {
			continue
		}
		for g, m := range r.MemberOf {
			if !m.Set || seen[g] {
				continue
			}
			if g == role {
				return true
			}
			seen[g] = true
			queue = append(queue, g)
		}
	}
	return false
}

// IsSuperuser reports whether the role is known to be a superuser.
func (c *Catalog) IsSuperuser(role string) bool {
	r, ok := c.Roles.Get(role)
	return ok && r.Superuser.Is(true)
}

// BypassesRLS reports whether row level security never applies to the role:
// superusers and BYPASSRLS roles (PostgreSQL docs 5.8). The attribute is not
// inherited through membership.
func (c *Catalog) BypassesRLS(role string) bool {
	r, ok := c.Roles.Get(role)
	return ok && (r.Superuser.Is(true) || r.BypassRLS.Is(true))
}
