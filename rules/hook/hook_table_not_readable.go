package hook

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/hook"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-table-not-readable",
	Title:    "Auth may not read a table that the access token hook reads",
	Severity: rules.Error,
	Why: `
Auth calls the hook as role ` + "`supabase_auth_admin`" + `, which has no privileges on the
project's own tables. Without them the hook ends with 42501, permission denied for
table, and every sign-in fails.`,
	Fix: `
` + "```sql" + `
grant select on public.profiles to supabase_auth_admin;
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		r, ok := meant(p)
		if !ok {
			return
		}
		var names []catalog.Name
		byTable := map[catalog.Name][]hook.Access{}
		for _, a := range slices.Concat(r.Reads, r.Writes) {
			if a.Role != catalog.AuthAdmin || !denied(p, a) {
				continue
			}
			if byTable[a.Relation] == nil {
				names = append(names, a.Relation)
			}
			byTable[a.Relation] = append(byTable[a.Relation], a)
		}
		for _, n := range names {
			reportDenied(p, r, n, byTable[n])
		}
	},
})

// denied reports whether Auth's role is known to lack the privilege.
func denied(p *rules.Pass, a hook.Access) bool {
	if p.MayUseSchema(catalog.AuthAdmin, a.Relation.Schema).Is(false) {
		return true
	}
	if v, ok := p.Views.Get(a.Relation); ok {
		return p.Allows(&v.Grants, catalog.AuthAdmin, a.Privilege).Is(false)
	}
	t, ok := p.Tables.Get(a.Relation)
	if !ok {
		return false
	}
	if len(a.Columns) == 0 {
		return p.MayAnyColumn(catalog.AuthAdmin, t, a.Privilege).Is(false)
	}
	return slices.ContainsFunc(a.Columns, func(c string) bool { return p.MayColumn(catalog.AuthAdmin, t, c, a.Privilege).Is(false) })
}

// reportDenied adds one finding for a relation, with all that is missing on it.
func reportDenied(p *rules.Pass, r *hook.Result, n catalog.Name, list []hook.Access) {
	var missing []string
	for _, a := range list {
		if !slices.Contains(missing, string(a.Privilege)) {
			missing = append(missing, string(a.Privilege))
		}
	}
	slices.Sort(missing)
	ref := catalog.Ref{Kind: "table", Name: n.String()}
	if v, ok := p.Views.Get(n); ok {
		ref = v.Ref()
	}
	at := list[0].At
	f := p.ReportRef(ref, within(r.Function, at), n.String()+" is used by the access token hook"+on(r.Function, at)+", and "+catalog.AuthAdmin+" may not "+strings.Join(missing, " or "))
	f.Fix = "grant " + strings.Join(missing, ", ") + " on " + n.SQL() + " to " + catalog.AuthAdmin + ";"
	if p.MayUseSchema(catalog.AuthAdmin, n.Schema).Is(false) {
		f.Fix = "grant usage on schema " + catalog.Quote(n.Schema) + " to " + catalog.AuthAdmin + ";\n" + f.Fix
	}
}
