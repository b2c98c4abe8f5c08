package main

import (
	"context"
	"fmt"
	"slices"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/live"
	"policylint/internal/report"
)

// probe asks the server about every field that a subject with a role of the
// database has, and notes where it disagrees.
func probe(ctx context.Context, session *live.Session, cat *catalog.Catalog, m *report.Access) error {
	asked, late := 0, 0
	away, elsewhere := remote(cat), 0
	for i := range m.Rows {
		if away[m.Rows[i].Name] {
			elsewhere++
			continue
		}
		table, _ := cat.Tables.Get(m.Rows[i].Name) // nil for a view, which is only read
		for n, subject := range m.Subjects {
			if subject.Role == "" || !cat.Roles.Has(subject.Role) {
				continue // nobody can ask as this one
			}
			for _, cell := range m.Rows[i].Cells[n] {
				var p live.Probed
				var err error
				switch {
				case cell.Command == catalog.ForSelect:
					p, err = session.Probe(ctx, cell.Table, subject.Role, subject.Claims)
				case table == nil:
					continue
				default:
					p, err = session.Plan(ctx, table, cell.Command, subject.Role, subject.Claims)
				}
				if err != nil {
					return failure("%w", err)
				}
				if p.Unanswered() {
					late++
					continue
				}
				asked++
				if d := disagreement(cell, p); d != "" {
					m.Disagreements = append(m.Disagreements, d)
				}
			}
		}
	}
	if elsewhere > 0 {
		m.Notes = append(m.Notes, fmt.Sprintf("the server was not asked about %s with rows of another server", plural(elsewhere, "relation")))
	}
	if late > 0 {
		m.Notes = append(m.Notes, fmt.Sprintf("the server gave no answer in time about %s", plural(late, "field")))
	}
	if len(m.Disagreements) == 0 {
		m.Notes = append(m.Notes, fmt.Sprintf("the server was asked about %s: it agrees", plural(asked, "field")))
	}
	return nil
}

// remote is the relations whose rows may lie on another server, which to ask for
// would be to connect there: foreign tables, what they are part of, and views of
// them.
func remote(c *catalog.Catalog) map[catalog.Name]bool {
	out := map[catalog.Name]bool{}
	for more := true; more; {
		before := len(out)
		for t := range c.Tables.All() {
			if t.Kind == catalog.Foreign {
				out[t.Name] = true
			}
			if out[t.Name] {
				for _, parent := range append(slices.Clone(t.Inherits), t.PartitionOf) {
					out[parent] = true
				}
			}
		}
		for v := range c.Views.All() {
			if !v.Materialized && slices.ContainsFunc(v.Reads, func(n catalog.Name) bool { return out[n] }) {
				out[v.Name] = true
			}
		}
		more = len(out) > before
	}
	return out
}

var verbs = map[catalog.Command]string{
	catalog.ForSelect: "selects from", catalog.ForInsert: "inserts into", catalog.ForUpdate: "updates", catalog.ForDelete: "deletes from",
}

// unchangeable is what the server says of a statement that is no matter of policies:
// a view or table that cannot be changed that way.
var unchangeable = []string{"55000", "42P10", "428C9", "0A000"}

// disagreement says what the server did otherwise than a field says; "" when it
// did not. What was only planned says nothing of rows.
func disagreement(c access.Cell, p live.Probed) string {
	who := c.Subject.Name + " " + verbs[c.Command] + " " + c.Table.String() + ": "
	selects := c.Command == catalog.ForSelect
	switch {
	case c.Verdict == access.Uncertain, slices.Contains(unchangeable, p.SQLState):
		return ""
	case p.SQLState == "42501" && c.Verdict == access.Never && c.Raise == nil:
		return "" // no row either way
	case p.SQLState != "" && c.Raise == nil:
		return fmt.Sprintf("%s%s is expected, the server ends with %s: %s", who, c.Verdict, p.SQLState, p.Message)
	case p.SQLState != "" && c.Raise.SQLState != p.SQLState && c.Raise.SQLState != "42501":
		return fmt.Sprintf("%san error %s is expected, the server ends with %s: %s", who, c.Raise.SQLState, p.SQLState, p.Message)
	case p.SQLState != "":
		return ""
	case c.Raise != nil && c.Raise.Always && !c.Raise.Possible && planned(c.Raise):
		return fmt.Sprintf("%san error %s is expected, the server raises none", who, c.Raise.SQLState)
	case c.Verdict == access.Never && p.Visible > 0:
		return fmt.Sprintf("%snever is expected, the server gives %s", who, plural(p.Visible, "row"))
	case selects && c.Verdict == access.Always && p.Whole && p.Visible != p.Rows:
		return fmt.Sprintf("%salways is expected, the server gives %d of %s", who, p.Visible, plural(p.Rows, "row"))
	}
	return ""
}

// planned reports whether an error comes before any row: a privilege of the
// table, or a policy that needs itself.
func planned(r *access.Raise) bool {
	return r.SQLState == "42P17" || r.SQLState == "42501" && r.Policy == nil
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
