package bypass

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "definer-trigger-writes-table",
	Title:    "Trigger that writes a table for clients, around its policies",
	Severity: rules.Info,
	From:     rules.Audit,
	Why: `
A SECURITY DEFINER trigger runs with its owner's rights whenever a client writes
the table it is on, and what it writes elsewhere no policy checks: here a table
into which no policy lets clients write. For an audit log that is the purpose. It
is worth knowing all such ways, and that each takes from the new row only what a
client may choose.`,
	Fix: `
Leave it if the rows it writes are made of what the client may say; otherwise take
who asks from the token, not from the row:

` + "```sql" + `
insert into public.audit_log (actor, note_id) values ((select auth.uid()), new.id);
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY"},
	Check: func(p *rules.Pass) {
		fired := map[*catalog.Function]catalog.Name{}
		for t := range p.ProjectTables() {
			for _, g := range t.Triggers {
				o, ok := p.Functions.Get(g.Function)
				if !ok || !g.Enabled || !clientsFire(p, t, g) {
					continue
				}
				if f, ok := o.Find(""); ok && f.SecurityDefiner.Is(true) && !f.Platform && f.Extension == "" && fired[f] == (catalog.Name{}) {
					fired[f] = t.Name
				}
			}
		}
		for f := range p.ProjectFunctions() {
			on, ok := fired[f]
			if !ok {
				continue
			}
			var tables []string
			for _, w := range bodyOf(p, f).writes {
				t, ok := p.Tables.Get(w.table)
				if ok && w.table != on && p.IsProjectTable(t) && around(p, f.Owner, t) && closed(p, t, w.command) && !slices.Contains(tables, w.table.String()) {
					tables = append(tables, w.table.String())
				}
			}
			if len(tables) > 0 {
				p.Report(f, f.Origin, f.Ref().String()+" writes "+and(tables)+", which no policy lets clients do, whenever they write "+on.String())
			}
		}
	},
})

// clientsFire reports whether an API role may do what sets the trigger off.
func clientsFire(p *rules.Pass, t *catalog.Table, g *catalog.Trigger) bool {
	for _, event := range g.Events {
		if t.RLS.Is(true) && closed(p, t, catalog.Command(event)) {
			continue
		}
		for _, role := range catalog.APIRoles() {
			if p.Roles.Has(role) && p.MayAnyColumn(role, t, catalog.Privilege(event)).Is(true) {
				return true
			}
		}
	}
	return false
}

// closed reports whether no permissive policy lets an API role do the command.
func closed(p *rules.Pass, t *catalog.Table, c catalog.Command) bool {
	for pol := range t.Policies() {
		if pol.Unsure != 0 || pol.Permissive && pol.Command.Covers(c) && len(p.PolicyRoles(pol)) > 0 {
			return false
		}
	}
	return !t.Unsure.Any(catalog.Policies)
}
