// Package bypass has the rules about what goes around row level security:
// owners, roles, functions and views whose rights are not those of who asks.
package bypass

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

const rlsDocs = "https://www.postgresql.org/docs/current/ddl-rowsecurity.html"

// around reports whether what runs as the role is sure to see all rows of the
// table: as superuser, by BYPASSRLS, or as owner of a table that is not
// forced.
func around(p *rules.Pass, role catalog.Fact[string], t *catalog.Table) bool {
	if !role.Known || !t.RLS.Is(true) {
		return false
	}
	return p.BypassesRLS(role.Value) || t.ForceRLS.Is(false) && t.Owner.Is(role.Value)
}

// callers lists the API roles that may call the function.
func callers(p *rules.Pass, f *catalog.Function) []string {
	var who []string
	for _, role := range catalog.APIRoles() {
		if p.Roles.Has(role) && p.MayExecute(role, f).Is(true) && p.MayUseSchema(role, f.Name.Schema).Is(true) {
			who = append(who, role)
		}
	}
	return who
}

// and joins names as a sentence does.
func and(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}
