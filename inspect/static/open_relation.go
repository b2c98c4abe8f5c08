package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/platform"
)

// open finds the relation that a DDL statement works on, and refuses it as the
// server does when the schema is missing or may not be used. A relation that
// no migration creates is reported once and then taken for a table.
func (r *replay) open(v *pg.RangeVar) (*catalog.Relation, *sqlError) {
	if s := v.Schemaname; s != "" && s != "pg_temp" {
		if !r.hasSchema(s) && !r.unlisted() {
			return nil, errf("3F000", "schema %q does not exist", s)
		}
		if err := r.mayUse(s); err != nil {
			return nil, err
		}
	}
	rel, name, ok := r.relation(v)
	if ok {
		return rel, nil
	}
	if _, err := r.table(v); err != nil {
		return nil, err
	}
	rel, _ = r.cat.Relation(name)
	return rel, nil
}

// platformTableOwners own tables whose policies and triggers the platform lets
// its migrator manage all the same (supabase/supautils: policy_grants and
// drop_trigger_grants).
var platformTableOwners = []string{"supabase_auth_admin", "supabase_realtime_admin", "supabase_storage_admin"}

// ownsPolicies reports whether the session may manage the policies of a table
// of that owner, and drop its triggers.
func (r *replay) ownsPolicies(owner catalog.Fact[string]) bool {
	return r.owns(owner) || r.variant != platform.Postgres && r.user == platform.Migrator && slices.Contains(platformTableOwners, owner.Value)
}
