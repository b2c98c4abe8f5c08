package bypass

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "child-policies-skipped",
	Title:    "Policy of a partition or child that does not apply through its parent",
	Severity: rules.Info,
	Why: `
A query of a partitioned table, or of a table that others inherit from, reads the
rows of the tables below it by its own policies alone. Those of a partition or
child apply only when it is named itself: what this policy says, a client goes
around by asking the parent.`,
	Fix: `
Say it on the parent, and take the privileges on the tables below it away:

` + "```sql" + `
revoke all on public.events_2025 from anon, authenticated;
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/ddl-inherit.html"},
	Check: func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			if !t.RLS.Is(true) || t.Unsure.Any(catalog.Policies) {
				continue
			}
			for _, up := range above(p, t) {
				if !readThrough(p, up) {
					continue
				}
				if pol := missing(t, up); pol != nil {
					p.Report(t, pol.Origin, "policy "+pol.Name+" of "+t.Name.String()+" does not apply to who reads its rows through "+up.Name.String())
					break
				}
			}
		}
	},
})

// above lists the tables through which the rows of a table are read.
func above(p *rules.Pass, t *catalog.Table) []*catalog.Table {
	names := t.Inherits
	if t.PartitionOf != (catalog.Name{}) {
		names = []catalog.Name{t.PartitionOf}
	}
	var out []*catalog.Table
	for _, n := range names {
		if up, ok := p.Tables.Get(n); ok && p.IsProjectTable(up) {
			out = append(out, up)
		}
	}
	return out
}

// readThrough reports whether a client may read rows of the table.
func readThrough(p *rules.Pass, t *catalog.Table) bool {
	if t.Unsure.Any(catalog.Policies) || !p.Exposed(t.Name.Schema) {
		return false
	}
	for _, role := range catalog.APIRoles() {
		if p.Roles.Has(role) && p.MayAnyColumn(role, t, catalog.Select).Is(true) && (t.RLS.Is(false) || !closed(p, t, catalog.ForSelect)) {
			return true
		}
	}
	return false
}

// missing finds a policy about reading that the table above does not have.
func missing(t, up *catalog.Table) *catalog.Policy {
	for pol := range t.Policies() {
		if pol.Platform || pol.Unsure != 0 || !pol.Command.Covers(catalog.ForSelect) {
			continue
		}
		found := false
		for other := range up.Policies() {
			found = found || rules.SamePolicy(pol, other)
		}
		if !found {
			return pol
		}
	}
	return nil
}
