package tenancy

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "unique-not-tenant-scoped",
	Title:    "Values that must be unique across tenants",
	Severity: rules.Info,
	Why: `
Policies keep the tenants' rows apart, but a unique constraint sees all rows. When
it lacks the tenant, one tenant's value is taken for all others, and the error that
says so tells a client that a row exists which no policy would show.`,
	Fix: `
` + "```sql" + `
alter table public.projects drop constraint projects_slug_key;
alter table public.projects add unique (org_id, slug);
` + "```",
	Refs: []string{
		"https://www.postgresql.org/docs/current/ddl-rowsecurity.html",
		docs,
	},
	Check: func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			if !t.RLS.Is(true) || t.Unsure.Any(catalog.Columns|catalog.Policies|catalog.Keys) || t.PartitionOf != (catalog.Name{}) {
				continue
			}
			tenant := discriminator(p, t)
			if tenant == "" {
				continue
			}
			for _, i := range t.Indexes {
				if i.Unique && !i.Primary && i.Valid && natural(t, i) && !slices.Contains(i.Columns, tenant) && clientsWrite(p, t, i.Columns) {
					p.Report(t, i.Origin, "unique ("+strings.Join(i.Columns, ", ")+") of "+t.Name.String()+" holds across all values of "+tenant)
				}
			}
		}
	},
})

// discriminator names the column by which every policy that lets signed-in
// users read the table tells tenants apart: a claim other than the user, a
// setting, or a membership.
func discriminator(p *rules.Pass, t *catalog.Table) string {
	found := ""
	for _, pol := range reads(p, t, catalog.Authenticated, catalog.ForSelect) {
		e := p.Expanded(pol).Using
		if e == nil {
			return ""
		}
		own := ""
		for _, m := range matches(e) {
			if m.claim == nil || !is(m.claim, "sub", "role", "email", "phone") {
				own = m.column
			}
		}
		if own == "" || found != "" && own != found {
			return ""
		}
		found = own
	}
	if t.PrimaryKey != nil && slices.Equal(t.PrimaryKey.Columns, []string{found}) {
		return "" // the table of the tenants themselves
	}
	return found
}

// natural reports whether the key has values that people choose: columns only,
// none of them random, counted up, or of another table's row, which would
// narrow it to a tenant as well.
func natural(t *catalog.Table, i *catalog.Index) bool {
	for _, name := range i.Columns {
		c, ok := t.Column(name)
		if !ok || c.Type == "uuid" || c.IdentityColumn || c.HasDefault && c.Default == nil {
			return false
		}
		for _, k := range t.ForeignKeys {
			if slices.Contains(k.Columns, name) {
				return false
			}
		}
	}
	return len(i.Columns) > 0
}

func clientsWrite(p *rules.Pass, t *catalog.Table, columns []string) bool {
	return !slices.ContainsFunc(columns, func(c string) bool {
		return !p.MayColumn(catalog.Authenticated, t, c, catalog.Insert).Is(true)
	}) && len(reads(p, t, catalog.Authenticated, catalog.ForInsert)) > 0
}
