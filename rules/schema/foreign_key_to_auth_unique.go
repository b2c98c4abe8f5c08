package schema

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "foreign-key-to-auth-unique",
	Title:    "Foreign key to a column of schema auth that is no primary key",
	Severity: rules.Error,
	Why: `
Auth changes its tables with its own migrations, and may drop or replace a unique
index there: with a foreign key in the way the migration fails, and the project's
Auth cannot be updated. Primary keys alone are stable. A user also changes
e-mail address and phone number, which such a key then forbids.`,
	Fix: `
Refer to the primary key:

` + "```sql" + `
alter table public.profiles
  add column user_id uuid references auth.users (id) on delete cascade;
` + "```",
	Refs: []string{
		"https://supabase.com/docs/guides/auth/managing-user-data",
		"https://supabase.com/docs/guides/database/database-advisors?lint=0021_fkey_to_auth_unique",
	},
	Check: func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			for _, k := range t.ForeignKeys {
				if k.References.Schema != "auth" || t.Unsure.Any(catalog.Keys) {
					continue
				}
				to, ok := p.Tables.Get(k.References)
				if !ok || to.PrimaryKey == nil || to.Unsure.Any(catalog.Keys) || slices.Equal(slices.Sorted(slices.Values(to.PrimaryKey.Columns)), slices.Sorted(slices.Values(k.RefColumns))) {
					continue
				}
				p.Report(t, k.Origin, "foreign key "+k.Name+" of "+t.Name.String()+" refers to "+k.References.String()+" ("+strings.Join(k.RefColumns, ", ")+"), which is not its primary key")
			}
		}
	},
})
