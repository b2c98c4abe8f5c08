// Package platform is what a database holds before a project's first
// migration: the roles, schemas, tables, functions, grants and publications of
// a new Supabase project, as ordinary SQL that any PostgreSQL from 14 on runs,
// and what the extensions offered there bring along.
package platform

import (
	_ "embed" // for the texts
	"fmt"
)

// Migrator is the role that migrations run as. On Supabase it is no superuser;
// on bare PostgreSQL it is the superuser that initdb creates by default.
const Migrator = "postgres"

// Admin is the superuser that owns the platform's own objects on Supabase and
// runs the text of SQL.
const Admin = "supabase_admin"

// A Variant is a start state.
type Variant int

// The start states. The two Supabase ones differ in the default privileges of
// schema public: every new table, function and sequence used to be granted to
// anon, authenticated and service_role; projects created since 2026-05-30 do
// not grant their data by themselves (supabase/cli: auto_expose_new_tables).
const (
	OldDefaults Variant = iota // Supabase, new objects in public are granted to the API roles
	NewDefaults                // Supabase, nothing is granted by itself
	Postgres                   // bare PostgreSQL, as initdb leaves it
)

// String is the variant's name in reports and test names.
func (v Variant) String() string {
	switch v {
	case OldDefaults:
		return "supabase-old-defaults"
	case NewDefaults:
		return "supabase-new-defaults"
	case Postgres:
		return "postgres"
	}
	return fmt.Sprintf("Variant(%d)", int(v))
}

// The start state by theme, in the order they need.
var (
	//go:embed roles.sql
	roles string
	//go:embed schemas.sql
	schemas string
	//go:embed auth.sql
	auth string
	//go:embed storage.sql
	storage string
	//go:embed realtime.sql
	realtime string
	//go:embed extensions.sql
	extensions string
	//go:embed supautils.sql
	supautils string
	//go:embed defaults_old.sql
	defaultsOld string
	//go:embed defaults_new.sql
	defaultsNew string
	//go:embed postgres.sql
	postgres string
)

// SQL is the whole start state as one text, to be run by Admin in one
// transaction. Of bare PostgreSQL it is only a comment.
func SQL(v Variant) string { return Roles(v) + Objects(v) }

// Roles is the part of SQL that a server takes once: roles belong to the whole
// cluster, not to a database.
func Roles(v Variant) string {
	if v == Postgres {
		return ""
	}
	return roles
}

// Objects is the rest of SQL, which every database takes for itself.
func Objects(v Variant) string {
	if v == Postgres {
		return postgres
	}
	text := schemas + auth + storage + realtime + extensions + supautils + defaultsOld
	if v == NewDefaults {
		text += defaultsNew
	}
	return text
}

// Schemas lists the schemas that the start state has beside public, sorted.
// What is in them is the platform's, but for the policies that a project puts
// on their tables.
var Schemas = []string{
	"auth", "extensions", "graphql", "graphql_public", "pgbouncer", "realtime", "storage", "supabase_functions",
	"supabase_migrations", "vault",
}

// PolicyTables lists, sorted, the tables on which Migrator may create, alter
// and drop policies and drop triggers although it neither owns them nor is a
// member of their owner: the platform's supautils.policy_grants and
// supautils.drop_trigger_grants, of 2026-09. Whatever else needs an owner is
// refused on them with 42501. Some of them, of the less known services, are not
// in SQL.
var PolicyTables = []string{
	"auth.audit_log_entries", "auth.flow_state", "auth.identities", "auth.instances", "auth.mfa_amr_claims",
	"auth.mfa_challenges", "auth.mfa_factors", "auth.oauth_clients", "auth.one_time_tokens", "auth.refresh_tokens",
	"auth.saml_providers", "auth.saml_relay_states", "auth.sessions", "auth.sso_domains", "auth.sso_providers",
	"auth.users", "realtime.messages", "realtime.subscription", "storage.buckets", "storage.buckets_analytics",
	"storage.objects", "storage.prefixes", "storage.s3_multipart_uploads", "storage.s3_multipart_uploads_parts",
}

// EventTriggers lists, sorted, the event triggers that the platform has and
// only Admin may change (supabase/postgres: 00-schema.sql and later migrations).
func EventTriggers() []string {
	return []string{
		"issue_graphql_placeholder", "issue_pg_cron_access", "issue_pg_graphql_access", "issue_pg_net_access",
		"pgrst_ddl_watch", "pgrst_drop_watch",
	}
}
