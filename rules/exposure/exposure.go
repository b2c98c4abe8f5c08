// Package exposure has the rules about what the API shows of objects that row
// level security does not guard.
package exposure

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// viewers lists the API roles that may select from a view, or from a column of
// it.
func viewers(p *rules.Pass, v *catalog.View) []string {
	return readers(p, v.Name.Schema, func(role string) bool {
		return p.Allows(&v.Grants, role, catalog.Select).Is(true) ||
			slices.ContainsFunc(v.Columns, func(c catalog.ViewColumn) bool {
				return p.Allows(&c.Grants, role, catalog.Select).Is(true)
			})
	})
}

// tableReaders is viewers of a table.
func tableReaders(p *rules.Pass, t *catalog.Table) []string {
	return readers(p, t.Name.Schema, func(role string) bool { return p.MayAnyColumn(role, t, catalog.Select).Is(true) })
}

// readers lists the API roles that may do something in a schema. A database
// without such roles has none, whatever it grants to PUBLIC.
func readers(p *rules.Pass, schema string, may func(role string) bool) []string {
	var who []string
	for _, role := range catalog.APIRoles() {
		if p.Roles.Has(role) && may(role) && !p.MayUseSchema(role, schema).IsNot(true) {
			who = append(who, role)
		}
	}
	return who
}

// and joins names as a sentence does.
func and(names []string) string {
	if n := len(names); n > 2 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, " and ")
}

// revoke is SQL that takes the privileges on a relation from the API roles.
func revoke(n catalog.Name) string {
	return "revoke all on " + n.SQL() + " from anon, authenticated;"
}
