package rls

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "weak-update-check",
	Title:    "Rows that their owner may give to somebody else",
	Severity: rules.Warning,
	Why: `
USING says which rows may be changed, WITH CHECK what they may become. Where USING
ties a row to its owner and WITH CHECK does not, a user can write another owner
into the row: it then appears in that user's or tenant's data. Without any WITH
CHECK, USING counts for both.

The finding is info where WITH CHECK asks for something, or where a trigger before
UPDATE may hold the column.`,
	Fix: `
Leave WITH CHECK out, or repeat in it what USING says of the owner:

` + "```sql" + `
alter policy "notes are changed by their owner" on public.notes
  with check (owner_id = (select auth.uid()));
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/sql-createpolicy.html"},
	Check: func(p *rules.Pass) {
		for t, pol := range p.Policies() {
			if !pol.Permissive || pol.Using == nil || pol.Check == nil || !pol.Command.Covers(catalog.ForUpdate) || t.RLS.Is(false) {
				continue
			}
			using, check := p.Expanded(pol).Using, p.Expanded(pol).Check
			columns := settable(p, t, pol, tied(using))
			if len(columns) == 0 || expr.AlwaysFalse(check, nil) || rowColumns(check, columns) || narrowed(p, t, catalog.ForUpdate, pol.Roles) {
				continue
			}
			f := p.Report(pol, pol.CheckAt, pol.Ref().String()+" ties rows to who is asking by "+strings.Join(columns, ", ")+", and its WITH CHECK lets an update change that")
			if !always(t, check) || guarded(t) {
				p.Soften(f, rules.Info)
			}
		}
	},
})

// settable leaves the columns that some API role which the policy is for may
// update, and that the table has.
func settable(p *rules.Pass, t *catalog.Table, pol *catalog.Policy, columns []string) []string {
	var out []string
	for _, c := range columns {
		if col, ok := t.Column(c); ok && col.Generated {
			continue
		}
		for _, role := range catalog.APIRoles() {
			if pol.AppliesTo(p.Groups(role, true)...) && p.MayColumn(role, t, c, catalog.Update).Is(true) {
				out = append(out, c)
				break
			}
		}
	}
	return out
}

// guarded reports whether a trigger looks at rows before they are updated.
func guarded(t *catalog.Table) bool {
	for _, g := range t.Triggers {
		if g.Timing == "before" && g.Enabled && slices.Contains(g.Events, "update") {
			return true
		}
	}
	return false
}
