package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/platform"
)

// ownAttributes is the first PostgreSQL where a role with CREATEROLE gives and
// takes the attributes that it has itself. Before, CREATEDB was free to give,
// and REPLICATION and BYPASSRLS were for superusers (PostgreSQL docs: CREATE
// ROLE, ALTER ROLE).
const ownAttributes = 16

// An attribute is one that CREATEROLE alone does not give.
type attribute struct {
	option string // as the parser names it
	of     func(*catalog.Role) catalog.Fact[bool]
}

var (
	createDB    = attribute{"createdb", func(r *catalog.Role) catalog.Fact[bool] { return r.CreateDB }}
	replication = attribute{"isreplication", func(r *catalog.Role) catalog.Fact[bool] { return r.Replication }}
	bypassRLS   = attribute{"bypassrls", func(r *catalog.Role) catalog.Fact[bool] { return r.BypassRLS }}
)

// privileged reports whether the session is the platform's migrator, who is no
// superuser but has some commands run as one (supabase/supautils:
// supautils.privileged_role).
func (r *replay) privileged() bool {
	return r.variant != platform.Postgres && r.user == platform.Migrator
}

// gives reports whether the session may give a new role the attribute. Where
// the server's version is not known, it is enough that one of them allows it.
func (r *replay) gives(a attribute) bool {
	user, ok := r.cat.Roles.Get(r.user)
	own := ok && (a.of(user).Value || !a.of(user).Known)
	switch {
	case r.version >= ownAttributes:
		return own
	case a.option == createDB.option:
		return true
	}
	return r.privileged() || r.version == 0 && own
}

// mayCreateRole is what a server refuses those who are no superuser.
func (r *replay) mayCreateRole(role *catalog.Role) *sqlError {
	lacks := func(a attribute) bool { return a.of(role).Value && !r.gives(a) }
	switch denied := errf("42501", "permission denied to create role"); {
	case r.superuser():
		return nil
	case r.version >= ownAttributes:
		if !r.mayCreateRoles() || role.Superuser.Value || lacks(createDB) || lacks(replication) || lacks(bypassRLS) {
			return denied
		}
		return nil
	case role.Superuser.Value:
		return errf("42501", "must be superuser to create superusers")
	case lacks(replication):
		return errf("42501", "must be superuser to create replication users")
	case lacks(bypassRLS):
		return errf("42501", "must be superuser to create bypassrls users")
	case !r.mayCreateRoles():
		return denied
	}
	return nil
}

// mayAlterRole is what a server refuses those who are no superuser. From
// PostgreSQL 16 on it asks for ADMIN OPTION of the role too: that a migration
// lacks it is not claimed.
func (r *replay) mayAlterRole(name string, options []*pg.Node) *sqlError {
	has := func(option string) bool { _, ok := roleOption(options, option); return ok }
	lacks := func(a attribute) bool { return has(a.option) && !r.privileged() && !r.gives(a) }
	self := name == r.user
	password := self && !slices.ContainsFunc(options, func(o *pg.Node) bool { return o.GetDefElem().GetDefname() != "password" })
	role, listed := r.cat.Roles.Get(name)
	protected := listed && role.Replication.Value
	switch denied := errf("42501", "permission denied to alter role"); {
	case r.superuser():
		return nil
	case r.version >= ownAttributes:
		// Nobody has ADMIN OPTION of itself.
		if r.cat.IsSuperuser(name) || has("superuser") || !password && (self || !r.mayCreateRoles()) ||
			lacks(createDB) || lacks(replication) || lacks(bypassRLS) {
			return denied
		}
		return nil
	case has("superuser") || r.cat.IsSuperuser(name):
		return errf("42501", "must be superuser to alter superuser roles or change superuser attribute")
	case password && (r.version == 0 || r.privileged()):
		return nil
	case lacks(replication) || protected && (self || r.version != 0 && !r.privileged()):
		return errf("42501", "must be superuser to alter replication roles or change replication attribute")
	case lacks(bypassRLS):
		return errf("42501", "must be superuser to change bypassrls attribute")
	case password || r.mayCreateRoles():
		return nil
	}
	return errf("42501", "permission denied")
}
