package functions

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "policy-helper-broken",
	Title:    "Policy calls a function that does not find its tables or rows",
	Category: rules.CategoryCorrectness,
	Severity: rules.Error,
	Why: `
The policy is decided by a function that fails, or sees nothing, whoever asks. It
reads a table without naming its schema, and the search_path that it sets does not
have the table: it was created all the same, and ends with 42P01, relation does not
exist. Or it runs with the rights of an owner to whom row level security applies,
as it does to a table's owner under FORCE ROW LEVEL SECURITY: it sees no row where
no policy is for the owner, and where one is that calls the function it is asked
again until the stack limit.

An error fails every query on the policy's table; on a published one Realtime's batch
is lost.`,
	Fix: `
Name the schema in the body:

` + "```sql" + `
create or replace function private.is_member() returns boolean
language sql stable security definer set search_path = ''
as $$ select exists (select 1 from public.members where user_id = auth.uid()) $$;
` + "```" + `

Let the function belong to a role with BYPASSRLS, such as Supabase's postgres, or
spare the owner:

` + "```sql" + `
alter table public.members no force row level security;
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-PATH"},
	Check: func(p *rules.Pass) {
		told := map[*catalog.Function]bool{}
		for f, pol := range helpers(p) {
			path, set := f.SearchPath()
			if !set || !path.Known || f.Language != "plpgsql" && f.Language != "sql" || f.Unsure.Any(catalog.Body) {
				continue
			}
			if name := lost(p, pol, f, path.Value); name != "" {
				told[f] = true
				broken(p, f, pol, f.Origin, "reads "+name+", which is not in its search_path: policy "+pol.Ref().Name+" fails for everybody")
			}
		}
		bound(p, told)
	},
})

// broken adds the finding about a function that a policy calls.
func broken(p *rules.Pass, f *catalog.Function, pol *catalog.Policy, at catalog.Origin, what string) *rules.Finding {
	found := p.Report(f, at, f.Ref().String()+" "+what)
	if !pol.Origin.IsZero() {
		found.Related = []rules.Related{{Origin: pol.Origin, Message: "called here"}}
	}
	return found
}

// lost finds a relation that a helper reads by a name which leads nowhere: the
// path is empty, or what has the name is in none of its schemas. A relation
// that nothing is known of may be in one of them.
func lost(p *rules.Pass, pol *catalog.Policy, f *catalog.Function, path string) string {
	empty := strings.Trim(path, `'" `) == ""
	for _, r := range p.Reads(pol) {
		if r.Helper != f.Name.String() || strings.Contains(r.Name, ".") || strings.HasPrefix(r.Name, "pg_") {
			continue
		}
		if empty || elsewhere(p, r.Name) {
			return r.Name
		}
	}
	return ""
}

// elsewhere reports whether some schema has a relation of that name.
func elsewhere(p *rules.Pass, name string) bool {
	for s := range p.Schemas.All() {
		if n := (catalog.Name{Schema: s.Name, Name: name}); p.Tables.Has(n) || p.Views.Has(n) {
			return true
		}
	}
	return false
}
