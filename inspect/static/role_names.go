package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// predefined are the roles that every server has (PostgreSQL docs 22.5 of
// versions 15 to 18). A catalog need not list them.
var predefined = []string{
	"pg_checkpoint", "pg_create_subscription", databaseOwner, "pg_execute_server_program", "pg_maintain",
	"pg_monitor", "pg_read_all_data", "pg_read_all_settings", "pg_read_all_stats", "pg_read_server_files",
	"pg_signal_autovacuum_worker", "pg_signal_backend", "pg_stat_scan_tables", "pg_use_reserved_connections",
	"pg_write_all_data", "pg_write_server_files",
}

// predefinedAtStart enters those of version 15, which everything else is
// modelled on.
func (r *replay) predefinedAtStart() {
	no := catalog.Of(false, catalog.Origin{})
	for _, name := range predefined {
		switch name {
		case "pg_create_subscription", "pg_maintain", "pg_signal_autovacuum_worker", "pg_use_reserved_connections":
			continue
		}
		role := &catalog.Role{
			Name: name, Superuser: no, BypassRLS: no, Inherit: catalog.Of(true, catalog.Origin{}), Login: no, CreateRole: no,
			CreateDB: no, Replication: no, Platform: true,
		}
		if name == "pg_monitor" {
			role.MemberOf = map[string]catalog.Membership{}
			for _, group := range []string{"pg_read_all_settings", "pg_read_all_stats", "pg_stat_scan_tables"} {
				role.MemberOf[group] = catalog.Membership{Inherit: true, Set: true}
			}
		}
		r.cat.Roles.Put(role)
	}
}

// hasRole reports whether there is a role of that name.
func (r *replay) hasRole(name string) bool {
	return r.cat.Roles.Has(name) || slices.Contains(predefined, name)
}

func missingRole(name string) *sqlError {
	return errf("42704", "role %q does not exist", name).about(catalog.Ref{Kind: "role", Name: name})
}

// role is the name of an existing role that a statement mentions.
func (r *replay) role(spec *pg.RoleSpec) (string, *sqlError) {
	switch spec.GetRoletype() {
	case pg.RoleSpecType_ROLESPEC_CURRENT_USER, pg.RoleSpecType_ROLESPEC_CURRENT_ROLE:
		return r.user, nil
	case pg.RoleSpecType_ROLESPEC_SESSION_USER:
		return r.login, nil
	case pg.RoleSpecType_ROLESPEC_PUBLIC:
		return "", missingRole(catalog.Public)
	}
	if !r.hasRole(spec.GetRolename()) {
		if !r.dump {
			return "", missingRole(spec.GetRolename())
		}
		r.elsewhereMade(spec.GetRolename())
	}
	return spec.GetRolename(), nil
}

// elsewhereMade enters a role that a dump names: roles are the server's, and
// are not dumped with a database. Nothing else is known of it.
func (r *replay) elsewhereMade(name string) {
	r.cat.Roles.Put(&catalog.Role{Name: name, Origin: r.at, Unsure: catalog.Everything &^ catalog.Existence})
}

// grantee is role for a place where PUBLIC may stand too.
func (r *replay) grantee(spec *pg.RoleSpec) (string, *sqlError) {
	if spec.GetRoletype() == pg.RoleSpecType_ROLESPEC_PUBLIC {
		return catalog.Public, nil
	}
	return r.role(spec)
}

// roles is the names of several roles, in the order of the statement. PUBLIC
// is among them where public allows it.
func (r *replay) roles(list []*pg.Node, public bool) ([]string, *sqlError) {
	find := r.role
	if public {
		find = r.grantee
	}
	out := make([]string, 0, len(list))
	for _, n := range list {
		name, err := find(n.GetRoleSpec())
		if err != nil {
			return nil, err
		}
		out = append(out, name)
	}
	return out, nil
}

// reservedRole is the refusal to create a role of a name that is PostgreSQL's.
func reservedRole(name string) *sqlError {
	if strings.HasPrefix(name, "pg_") || name == catalog.Public || name == "none" {
		return errf("42939", "role name %q is reserved", name)
	}
	return nil
}
