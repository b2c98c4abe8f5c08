// Package exposure has the rules about what the API shows of objects that row
// level security does not guard.
package exposure

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// readers lists the API roles that may select from something with these
// privileges.
func readers(p *rules.Pass, schema string, a *catalog.ACL) []string {
	var who []string
	for _, role := range catalog.APIRoles() {
		if p.Allows(a, role, catalog.Select).Is(true) && !p.MayUseSchema(role, schema).IsNot(true) {
			who = append(who, role)
		}
	}
	return who
}

// and joins names as a sentence does.
func and(names []string) string { return strings.Join(names, " and ") }

// revoke is SQL that takes the privileges on a relation from the API roles.
func revoke(n catalog.Name) string {
	return "revoke all on " + n.SQL() + " from anon, authenticated;"
}
