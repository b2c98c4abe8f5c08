package catalog

// The roles of the platform that requests run as (Supabase docs: Postgres
// roles).
const (
	Anon          = "anon"
	Authenticated = "authenticated"
	ServiceRole   = "service_role"
	AuthAdmin     = "supabase_auth_admin" // Auth runs hooks as this role
	Authenticator = "authenticator"       // PostgREST logs in as this role
)

// APIRoles are the roles that anyone on the internet can take with the public
// key or a session.
func APIRoles() []string { return []string{Anon, Authenticated} }

// RequestRoles are the roles that requests and Auth run as.
func RequestRoles() []string { return []string{Anon, Authenticated, ServiceRole, AuthAdmin} }

// DefaultPublication is the publication that Realtime reads unless told
// otherwise.
const DefaultPublication = "supabase_realtime"

var platformSchemas = map[string]bool{
	"auth": true, "storage": true, "realtime": true, "_realtime": true, "extensions": true, "graphql": true,
	"graphql_public": true, "vault": true, "supabase_migrations": true, "supabase_functions": true,
	"pgbouncer": true, "pgsodium": true, "pgsodium_masks": true, "cron": true, "net": true, "_analytics": true,
	"_supavisor": true, "supavisor": true, "pgmq": true, "pgmq_public": true, "pgtle": true, "tiger": true,
	"tiger_data": true, "topology": true, "information_schema": true, "pg_catalog": true, "pg_toast": true,
}

// PlatformSchema reports whether the platform, not the project, decides what
// is in the schema. A project may still put policies on its tables.
func PlatformSchema(name string) bool { return platformSchemas[name] }
