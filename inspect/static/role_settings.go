package static

import (
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/platform"
)

// delegated reports whether the platform lets its migrator, though no
// superuser, set the parameter, also for roles and databases
// (supabase/postgres: supautils.privileged_role_allowed_configs).
func (r *replay) delegated(name string) bool {
	if !r.privileged() {
		return false
	}
	name = strings.ToLower(name)
	switch class, _, _ := strings.Cut(name, "."); class {
	case "auto_explain", "pg_stat_statements", "pgaudit", "pgrst", "plan_filter", "safeupdate", "pg_net", "cron", "hnsw", "ivfflat":
		return true
	}
	switch name {
	case "log_lock_waits", "log_min_duration_statement", "log_min_messages", "log_statement", "log_temp_files",
		"session_replication_role", "track_io_timing", "wal_compression", "statement_timeout":
		return true
	}
	return false
}

// alterRoleSet replays ALTER ROLE … [IN DATABASE …] SET and RESET.
func (r *replay) alterRoleSet(n *pg.AlterRoleSetStmt) *sqlError {
	key := catalog.SettingKey{Database: n.Database}
	if n.Role != nil {
		role, err := r.role(n.Role)
		if err != nil {
			return err
		}
		key.Role = role
		switch {
		case r.superuser() || role == r.user:
		case r.cat.IsSuperuser(role):
			return errf("42501", "must be superuser to alter superusers")
		case !r.mayCreateRoles():
			return errf("42501", "permission denied")
		}
	}
	if n.Database != "" {
		if err := r.database(n.Database); err != nil {
			return err
		}
	}
	if n.Role == nil && n.Database == "" && !r.superuser() {
		return errf("42501", "must be superuser to alter settings globally")
	}
	return r.keepSetting(key, n.Setstmt)
}

// alterDatabaseSet replays ALTER DATABASE … SET and RESET.
func (r *replay) alterDatabaseSet(n *pg.AlterDatabaseSetStmt) *sqlError {
	if err := r.database(n.Dbname); err != nil {
		return err
	}
	if n.Dbname != platform.Migrator && strings.HasPrefix(n.Dbname, "template") && !r.superuser() {
		return errf("42501", "must be owner of database %s", n.Dbname)
	}
	return r.keepSetting(catalog.SettingKey{Database: n.Dbname}, n.Setstmt)
}

// database is the refusal of a database that a Supabase server does not have.
func (r *replay) database(name string) *sqlError {
	switch name {
	case "postgres", "template0", "template1", "_supabase", "contrib_regression":
		return nil
	}
	if r.variant == platform.Postgres {
		return nil
	}
	return errf("3D000", "database %q does not exist", name)
}

// keepSetting stores a parameter for sessions to come.
func (r *replay) keepSetting(key catalog.SettingKey, n *pg.VariableSetStmt) *sqlError {
	key.Name = strings.ToLower(n.GetName())
	switch n.GetKind() {
	case pg.VariableSetKind_VAR_RESET_ALL:
		var names []string
		for s := range r.cat.Settings.All() {
			if s.Key.Role == key.Role && s.Key.Database == key.Database {
				names = append(names, s.Key.Name)
			}
		}
		for _, key.Name = range names {
			r.cat.Settings.Delete(key)
		}
		return nil
	case pg.VariableSetKind_VAR_RESET, pg.VariableSetKind_VAR_SET_DEFAULT:
		r.cat.Settings.Delete(key)
		return nil
	}
	value := settingValue(key.Name, n.GetArgs())
	if n.GetKind() == pg.VariableSetKind_VAR_SET_CURRENT {
		value = r.currentSetting(key.Name)
	}
	if key.Name != "role" {
		if err := r.checkSetting(key.Name, value, true); err != nil {
			return err
		}
	}
	r.cat.Settings.Put(&catalog.Setting{Key: key, Value: catalog.Of(value, r.at), Origin: r.at})
	return nil
}

// currentSetting is the session's value of a parameter, "" when replay does
// not follow it.
func (r *replay) currentSetting(name string) string {
	if name != "search_path" {
		return r.vars[name]
	}
	quoted := make([]string, len(r.path))
	for i, s := range r.path {
		quoted[i] = catalog.Quote(s)
	}
	return strings.Join(quoted, ", ")
}
