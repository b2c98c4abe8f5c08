package live

import "policylint/inspect/catalog"

// roles reads users, groups and who is a member of what.
func (l *loader) roles() error {
	var name string
	var super, bypass, inherit, login, createRole, createDB, replication bool
	err := l.each("roles", []any{&name, &super, &bypass, &inherit, &login, &createRole, &createDB, &replication}, func() error {
		l.cat.Roles.Put(&catalog.Role{
			Name: name, Superuser: known(super), BypassRLS: known(bypass), Inherit: known(inherit), Login: known(login),
			CreateRole: known(createRole), CreateDB: known(createDB), Replication: known(replication),
			MemberOf: map[string]catalog.Membership{},
			Platform: l.cat.Source.Platform == "supabase" && platformRoles[name],
		})
		return nil
	})
	if err != nil {
		return err
	}
	var member, group string
	var m catalog.Membership
	return l.each("memberships", []any{&member, &group, &m.Admin, &m.Inherit, &m.Set, &m.Grantor}, func() error {
		r, ok := l.cat.Roles.Edit(member)
		if !ok {
			return nil
		}
		if x, twice := r.MemberOf[group]; twice {
			m.Admin, m.Inherit, m.Set, m.Grantor = m.Admin || x.Admin, m.Inherit || x.Inherit, m.Set || x.Set, x.Grantor
		}
		r.MemberOf[group] = m
		return nil
	})
}

// platformRoles are those that a Supabase project has from the start (Supabase
// docs: Postgres roles).
var platformRoles = map[string]bool{
	"anon": true, "authenticated": true, "authenticator": true, "dashboard_user": true, "pgbouncer": true,
	"postgres": true, "service_role": true, "supabase_admin": true, "supabase_auth_admin": true,
	"supabase_etl_admin": true, "supabase_functions_admin": true, "supabase_read_only_user": true,
	"supabase_realtime_admin": true, "supabase_replication_admin": true, "supabase_storage_admin": true,
	"supabase_privileged_role": true, "supabase_superuser": true, "cli_login_postgres": true,
}
