package catalog

import (
	"cmp"
	"slices"
	"strings"
)

// A Privilege is a right on an object, in the words of PostgreSQL docs 5.7,
// lower case.
type Privilege string

// The privileges.
const (
	Select     Privilege = "select"
	Insert     Privilege = "insert"
	Update     Privilege = "update"
	Delete     Privilege = "delete"
	Truncate   Privilege = "truncate"
	References Privilege = "references"
	Trigger_   Privilege = "trigger"
	Maintain   Privilege = "maintain" // PostgreSQL 17
	Usage      Privilege = "usage"
	Create     Privilege = "create"
	Execute    Privilege = "execute"
)

// An ObjectKind is a kind of object that privileges are granted on.
type ObjectKind string

// The kinds of object with privileges.
const (
	OnTables    ObjectKind = "table" // views and materialized views too
	OnSequences ObjectKind = "sequence"
	OnFunctions ObjectKind = "function" // procedures and aggregates too
	OnSchemas   ObjectKind = "schema"
	OnTypes     ObjectKind = "type"
)

// AllPrivileges lists what GRANT ALL gives on an object of that kind, MAINTAIN
// aside, which only PostgreSQL 17 knows and both sources leave out.
func AllPrivileges(k ObjectKind) []Privilege {
	switch k {
	case OnTables:
		return []Privilege{Select, Insert, Update, Delete, Truncate, References, Trigger_}
	case OnSequences:
		return []Privilege{Select, Update, Usage}
	case OnFunctions:
		return []Privilege{Execute}
	case OnSchemas:
		return []Privilege{Usage, Create}
	case OnTypes:
		return []Privilege{Usage}
	}
	return nil
}

// ColumnPrivileges lists what can be granted on a column.
func ColumnPrivileges() []Privilege { return []Privilege{Select, Insert, Update, References} }

// A Grant is one privilege given to one role.
type Grant struct {
	Grantee   string // a role, or Public
	Privilege Privilege
	Option    bool // with grant option
	Grantor   string
	Origin    Origin // the GRANT, or the statement whose default privileges gave it
	Default   bool   // given by default privileges or by PostgreSQL itself, not by a GRANT of its own
}

// An ACL is an access control list with its defaults written out: an object
// that was never granted anything has its owner's privileges here, and what
// PUBLIC has by default.
type ACL struct {
	grants []Grant
	at     *Origin // of the entries that have none of their own; nil for none
	// Unsure is set when a statement that could not be followed may have
	// granted or revoked something.
	Unsure bool
}

// Clone shares the entries: no method changes an entry of a list that may be
// shared, and clipped, it is copied when one is added. Every statement on a
// table copies the table, and few change what is granted on it.
func (a ACL) Clone() ACL { a.grants = slices.Clip(a.grants); return a }

// At returns the list with this origin for the entries that have none.
func (a ACL) At(o Origin) ACL {
	if a.at == nil {
		a.at = &o
	}
	return a.Clone()
}

// entry is an entry with its origin.
func (a *ACL) entry(g Grant) Grant {
	if a.at != nil && g.Origin.IsZero() {
		g.Origin = *a.at
	}
	return g
}

// Empty reports whether nothing is granted to anyone.
func (a *ACL) Empty() bool { return len(a.grants) == 0 }

// Grants lists the entries in order of grantee and privilege.
func (a *ACL) Grants() []Grant {
	out := slices.Clone(a.grants)
	for i := range out {
		out[i] = a.entry(out[i])
	}
	if !slices.IsSortedFunc(out, compareGrants) {
		slices.SortFunc(out, compareGrants)
	}
	return out
}

func compareGrants(x, y Grant) int {
	return cmp.Or(strings.Compare(x.Grantee, y.Grantee), strings.Compare(string(x.Privilege), string(y.Privilege)), strings.Compare(x.Grantor, y.Grantor))
}

// Find returns the entry that gives the privilege to exactly this grantee.
func (a *ACL) Find(grantee string, p Privilege) (Grant, bool) {
	for _, g := range a.grants {
		if g.Grantee == grantee && g.Privilege == p {
			return a.entry(g), true
		}
	}
	return Grant{}, false
}

// Any reports whether match holds for one of the entries.
func (a *ACL) Any(match func(Grant) bool) bool {
	return slices.ContainsFunc(a.grants, func(g Grant) bool { return match(a.entry(g)) })
}

// InOrder lists who has the privilege in the order in which they came to it, as
// the server keeps its lists: who lost it and got it back comes last.
func (a *ACL) InOrder(p Privilege) []string {
	var out []string
	for _, g := range a.grants {
		if g.Privilege == p && !slices.Contains(out, g.Grantee) {
			out = append(out, g.Grantee)
		}
	}
	return out
}

// Grantees lists who has the privilege, by name, PUBLIC among them.
func (a *ACL) Grantees(p Privilege) []string {
	out := a.InOrder(p)
	slices.Sort(out)
	return out
}

// Add puts entries in. An entry of the same grantor for the same grantee and
// privilege is kept where it stands, and gains the grant option if the new one
// has it.
func (a *ACL) Add(list ...Grant) {
	own := false
	for _, g := range list {
		i := slices.IndexFunc(a.grants, func(x Grant) bool {
			return x.Grantee == g.Grantee && x.Privilege == g.Privilege && x.Grantor == g.Grantor
		})
		if i < 0 {
			a.grants = append(a.grants, g)
			continue
		}
		x := a.grants[i]
		if x.Default && !g.Default {
			x.Default, x.Origin = false, g.Origin
		}
		if x.Option = x.Option || g.Option; x == a.grants[i] {
			continue
		}
		if !own {
			a.grants, own = slices.Clone(a.grants), true
		}
		a.grants[i] = x
	}
}

// Revoke takes a privilege back, as granted by grantor. With optionOnly, only
// the grant option goes. It reports whether there was anything to take.
func (a *ACL) Revoke(grantee string, p Privilege, grantor string, optionOnly bool) bool {
	for i, g := range a.grants {
		if g.Grantee == grantee && g.Privilege == p && g.Grantor == grantor {
			if optionOnly {
				a.grants = slices.Clone(a.grants)
				a.grants[i].Option = false
			} else {
				a.grants = slices.Delete(slices.Clone(a.grants), i, i+1)
			}
			return true
		}
	}
	return false
}

// Remove takes out every entry that match holds for.
func (a *ACL) Remove(match func(Grant) bool) {
	a.grants = slices.DeleteFunc(slices.Clone(a.grants), func(g Grant) bool { return match(a.entry(g)) })
}

// Rename puts another role in the place of one, as ALTER … OWNER TO and ALTER
// ROLE … RENAME do, and joins entries that become alike.
func (a *ACL) Rename(from, to string) {
	old := a.grants
	a.grants = nil
	for _, g := range old {
		if g.Grantee == from {
			g.Grantee = to
		}
		if g.Grantor == from {
			g.Grantor = to
		}
		a.Add(g)
	}
}

// DefaultGrants is what PostgreSQL itself gives on a new object: everything to
// the owner; EXECUTE on functions and USAGE on types to PUBLIC (PostgreSQL
// docs 5.7).
func DefaultGrants(k ObjectKind, owner string, at Origin) ACL {
	var a ACL
	give := func(grantee string, p Privilege) {
		a.grants = append(a.grants, Grant{Grantee: grantee, Privilege: p, Grantor: owner, Origin: at, Default: true})
	}
	for _, p := range AllPrivileges(k) {
		give(owner, p)
	}
	switch {
	case owner == Public:
	case k == OnFunctions:
		give(Public, Execute)
	case k == OnTypes:
		give(Public, Usage)
	}
	return a
}

// A DefaultKey says whose new objects default privileges are for: those that
// Role creates in Schema ("" for any schema), of one kind.
type DefaultKey struct {
	Role   string
	Schema string
	Kind   ObjectKind
}

// DefaultPrivileges is one entry of ALTER DEFAULT PRIVILEGES. An entry without
// a schema stands in the place of what PostgreSQL itself gives; one for a
// schema adds to it (PostgreSQL docs: ALTER DEFAULT PRIVILEGES).
type DefaultPrivileges struct {
	stamped
	Key      DefaultKey
	Grants   ACL
	Origin   Origin
	Platform bool
	Unsure   Aspect
}

// Ref names the entry.
func (d *DefaultPrivileges) Ref() Ref {
	name := d.Key.Role + "/" + string(d.Key.Kind)
	if d.Key.Schema != "" {
		name = d.Key.Schema + "/" + name
	}
	return Ref{"default privileges", name}
}

func (d *DefaultPrivileges) key() DefaultKey { return d.Key }

func (d *DefaultPrivileges) clone() *DefaultPrivileges {
	c := *d
	c.Grants = d.Grants.Clone()
	return &c
}
