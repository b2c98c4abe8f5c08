package grants

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "column-revoke-without-effect",
	Title:    "Column is taken from a role that has the whole table",
	Severity: rules.Warning,
	Needs:    rules.NeedsHistory,
	Why: `
A privilege on a table covers each of its columns, those to come too, and revoking
it on one column takes nothing away: PostgreSQL has no exceptions to a grant. The
statement succeeds, and the column can be read, or written, as before. The
platform's default privileges are such grants on whole tables.`,
	Fix: `
Take the table's privilege, and give it on the columns that are meant:

` + "```sql" + `
revoke select on public.profiles from anon;
grant select (id, display_name) on public.profiles to anon;
` + "```",
	Refs: []string{
		"https://www.postgresql.org/docs/current/sql-revoke.html",
		"https://supabase.com/docs/guides/database/postgres/column-level-security",
	},
	Check: func(p *rules.Pass) {
		kept := map[catalog.Ref][]catalog.Change{}
		for _, c := range p.Changes {
			if c.What == catalog.WhatKept {
				kept[c.Object] = append(kept[c.Object], c)
			}
		}
		if len(kept) == 0 {
			return
		}
		for t := range p.ProjectTables() {
			for _, k := range keptOn(p, t, kept[t.Ref()]) {
				p.Report(t, k.at, "revoking "+k.privilege+" ("+strings.Join(k.columns, ", ")+") from "+strings.Join(k.roles, " and ")+
					" takes nothing: it is granted on all of "+t.Name.String())
			}
		}
	},
})

// A kept privilege is one that a REVOKE on columns left with its roles.
type kept struct {
	at             catalog.Origin
	privilege      string
	columns, roles []string
}

// keptOn lists what statements left, as far as the roles have it to the end.
func keptOn(p *rules.Pass, t *catalog.Table, changes []catalog.Change) []kept {
	var out []kept
	for _, c := range changes {
		if _, ok := t.Column(c.After); !ok || !p.MayColumn(c.Detail, t, c.After, catalog.Privilege(c.Before)).Is(true) {
			continue
		}
		i := slices.IndexFunc(out, func(k kept) bool { return k.at == c.Origin && k.privilege == c.Before })
		if i < 0 {
			i = len(out)
			out = append(out, kept{at: c.Origin, privilege: c.Before})
		}
		if !slices.Contains(out[i].columns, c.After) {
			out[i].columns = append(out[i].columns, c.After)
		}
		if !slices.Contains(out[i].roles, c.Detail) {
			out[i].roles = append(out[i].roles, c.Detail)
		}
	}
	return out
}
