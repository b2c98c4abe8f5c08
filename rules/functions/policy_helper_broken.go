package functions

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "policy-helper-broken",
	Title:    "Policy calls a function that does not find its tables",
	Category: rules.CategoryCorrectness,
	Severity: rules.Error,
	Why: `
The function sets its own search_path, and reads a table without naming its
schema: the table is in none of the schemas of that path. It was created all the
same, and fails when it is called: 42P01, relation does not exist. Every query on
the policy's table does, and on a published table Realtime's batch is lost.`,
	Fix: `
Name the schema in the body:

` + "```sql" + `
create or replace function private.is_member() returns boolean
language sql stable security definer set search_path = ''
as $$ select exists (select 1 from public.members where user_id = auth.uid()) $$;
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-PATH"},
	Check: func(p *rules.Pass) {
		for f, pol := range helpers(p) {
			path, set := f.SearchPath()
			if !set || !path.Known || f.Language != "plpgsql" && f.Language != "sql" || f.Unsure.Any(catalog.Body) {
				continue
			}
			if name := lost(p, pol, f, path.Value); name != "" {
				found := p.Report(f, f.Origin, f.Ref().String()+" reads "+name+", which is not in its search_path: policy "+pol.Ref().Name+" fails for everybody")
				if !pol.Origin.IsZero() {
					found.Related = []rules.Related{{Origin: pol.Origin, Message: "called here"}}
				}
			}
		}
	},
})

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
