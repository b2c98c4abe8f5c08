// Package claims has the rules about how policies read the access token.
package claims

// docs are where Supabase describes claims in policies.
var docs = []string{
	"https://supabase.com/docs/guides/database/postgres/row-level-security#authjwt",
	"https://supabase.com/docs/guides/database/postgres/custom-claims-and-role-based-access-control-rbac",
}
