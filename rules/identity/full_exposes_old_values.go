package identity

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "full-exposes-old-values",
	Title:    "Old values of a sensitive column are sent with updates",
	Category: rules.CategorySecurity,
	Severity: rules.Info,
	From:     rules.Audit,
	Why: `
With full replica identity an UPDATE carries the old values of every column the
subscriber may select, and policies are checked against the new row only: who is
allowed to see the row from now on also receives what it held before.`,
	Fix: `
Take the column out of what clients may select, or move it to a table of its
own:

` + "```sql" + `
revoke select on public.tickets from authenticated;
grant select (id, subject, status) on public.tickets to authenticated;
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		for t := range published(p) {
			if !t.Identity.Is(catalog.Identity{Kind: catalog.IdentityFull}) {
				continue
			}
			for _, c := range t.Columns {
				if c.Type != "boolean" && sensitive(c.Name) && clientsRead(p, t, c.Name) {
					p.Report(t, t.Identity.Origin, t.Name.String()+" has full replica identity, so updates carry old values of "+c.Name)
					break
				}
			}
		}
	},
})

func clientsRead(p *rules.Pass, t *catalog.Table, column string) bool {
	return slices.ContainsFunc(catalog.APIRoles(), func(role string) bool {
		return p.MayColumn(role, t, column, catalog.Select).Is(true)
	})
}

// sensitive reports whether a column's name has a word that promises a secret.
func sensitive(column string) bool {
	words := strings.FieldsFunc(strings.ToLower(column), func(r rune) bool { return r == '_' || r == ' ' || r == '-' })
	return slices.ContainsFunc(words, func(w string) bool {
		return slices.Contains([]string{"secret", "password", "passwd", "token", "apikey", "internal", "private", "ssn", "credential", "credentials"}, w)
	})
}
