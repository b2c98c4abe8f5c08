// Package rls has the rules about row level security: where it is off, and
// policies that do not do what they look like.
package rls

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// reachable lists the API roles that are known to have one of the privileges
// on the table, or on a column of it.
func reachable(p *rules.Pass, t *catalog.Table, privileges ...catalog.Privilege) []string {
	var who []string
	for _, role := range catalog.APIRoles() {
		for _, priv := range privileges {
			if p.MayAnyColumn(role, t, priv).Is(true) {
				who = append(who, role)
				break
			}
		}
	}
	return who
}

// enable is SQL that turns row level security on.
func enable(t *catalog.Table) string {
	return "alter table " + t.Name.SQL() + " enable row level security;"
}

// and joins names as a sentence does.
func and(names []string) string { return strings.Join(names, " and ") }
