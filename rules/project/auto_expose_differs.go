package project

import (
	"fmt"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "auto-expose-differs",
	Title:    "Tables that only a developer's machine grants to the API",
	Severity: rules.Warning,
	Needs:    rules.NeedsProject,
	Why: `
With ` + "`auto_expose_new_tables = true`" + ` the local stack grants each new table to anon,
authenticated and service_role. Hosted projects made since 2026 do not: there the
same migrations leave tables that the API answers with 42501 and Realtime with
401 Unauthorized.`,
	Fix: `
Grant in the migrations, and let the local stack be as closed as the hosted one:

` + "```sql" + `
grant select, insert, update, delete on public.tickets to authenticated;
` + "```" + `

` + "```toml" + `
[api]
auto_expose_new_tables = false
` + "```",
	Refs: []string{"https://github.com/orgs/supabase/discussions/45329", docs},
	Check: func(p *rules.Pass) {
		setting := p.Project.Config.Local.Setting("api.auto_expose_new_tables")
		expose := setting.Bool()
		if !expose.Known {
			return // what holds without the key depends on the CLI's version
		}
		if p.Source.Kind == catalog.Database {
			compareDefaults(p, setting.Ref(), expose)
			return
		}
		var first *catalog.Table
		n := 0
		for t := range p.ProjectTables() {
			if p.Exposed(t.Name.Schema) && onlyByDefault(t) {
				if first == nil {
					first = t
				}
				n++
			}
		}
		if !expose.Value || n == 0 {
			return
		}
		what := "table " + first.Name.String() + " is"
		if n > 1 {
			what = fmt.Sprintf("%d tables are, such as %s,", n, first.Name)
		}
		f := p.ReportRef(setting.Ref(), expose.Origin, "api.auto_expose_new_tables is true, and "+what+" granted to the API's roles by nothing else")
		f.Related = related("the table", first.Origin)
	},
})

// onlyByDefault reports whether the API's roles have a table only because new
// tables were granted to them.
func onlyByDefault(t *catalog.Table) bool {
	if t.Grants.Unsure || t.Unsure.Any(catalog.Grants) {
		return false
	}
	found := false
	for _, g := range t.Grants.Grants() {
		if g.Grantee != catalog.Authenticated && g.Grantee != catalog.Anon {
			continue
		}
		if !g.Default {
			return false
		}
		found = true
	}
	return found
}

// compareDefaults holds the setting against what the server grants on tables
// that postgres makes in public.
func compareDefaults(p *rules.Pass, ref catalog.Ref, expose catalog.Fact[bool]) {
	if !p.Roles.Has(catalog.Authenticated) {
		return
	}
	open := false
	if d, ok := p.Defaults.Get(catalog.DefaultKey{Role: "postgres", Schema: "public", Kind: catalog.OnTables}); ok {
		_, open = d.Grants.Find(catalog.Authenticated, catalog.Select)
	}
	switch {
	case expose.Value && !open:
		p.ReportRef(ref, expose.Origin, "api.auto_expose_new_tables is true, and this database does not grant new tables to the API's roles")
	case !expose.Value && open:
		p.ReportRef(ref, expose.Origin, "api.auto_expose_new_tables is false, and this database grants new tables to the API's roles")
	}
}
