package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// triggerPlace refuses triggers that the relation cannot have, or that the
// session may not create.
func (r *replay) triggerPlace(g *catalog.Trigger, n *pg.CreateTrigStmt, rel *catalog.Relation) *sqlError {
	name := rel.Name.Name
	var grants *catalog.ACL
	t, isTable := r.cat.Tables.Get(rel.Name)
	v, isView := r.cat.Views.Get(rel.Name)
	switch {
	case isTable:
		grants = &t.Grants
		switch {
		case t.Kind == catalog.Foreign && g.Timing == "instead of":
			return errf("42809", "%q is a foreign table", name)
		case t.Kind == catalog.Foreign && g.Constraint:
			return errf("42809", "%q is a foreign table", name)
		case g.Timing == "instead of":
			return errf("42809", "%q is a table", name)
		case t.Kind == catalog.Partitioned && g.ForEachRow && len(n.TransitionRels) > 0:
			return errf("0A000", "%q is a partitioned table", name)
		}
	case isView && !v.Materialized:
		grants = &v.Grants
		if g.Timing != "instead of" && g.ForEachRow || slices.Contains(g.Events, "truncate") {
			return errf("42809", "%q is a view", name)
		}
	case rel.Kind == catalog.IndexRelation:
		return errf("42809", "%q is an index", name)
	default:
		return errf("42809", "relation %q cannot have triggers", name)
	}
	if !r.allowed(grants, catalog.Trigger_) {
		return errf("42501", "permission denied for table %s", name)
	}
	switch {
	case slices.Contains(g.Events, "truncate") && g.ForEachRow:
		return errf("0A000", "TRUNCATE FOR EACH ROW triggers are not supported")
	case g.Timing == "instead of" && !g.ForEachRow:
		return errf("0A000", "INSTEAD OF triggers must be FOR EACH ROW")
	case g.Timing == "instead of" && n.WhenClause != nil:
		return errf("0A000", "INSTEAD OF triggers cannot have WHEN conditions")
	case g.Timing == "instead of" && len(n.Columns) > 0:
		return errf("0A000", "INSTEAD OF triggers cannot have column lists")
	}
	for _, item := range n.TransitionRels {
		if err := transition(g, n, item.GetTriggerTransition(), rel.Kind, t); err != nil {
			return err
		}
	}
	return nil
}

// transition refuses REFERENCING OLD or NEW TABLE where it cannot be.
func transition(g *catalog.Trigger, n *pg.CreateTrigStmt, t *pg.TriggerTransition, kind catalog.RelationKind, on *catalog.Table) *sqlError {
	has := func(event string) bool { return slices.Contains(g.Events, event) }
	switch {
	case !t.GetIsTable():
		return errf("0A000", "ROW variable naming in the REFERENCING clause is not supported")
	case kind == catalog.ViewRelation:
		return errf("42809", "%q is a view", n.Relation.Relname)
	case g.ForEachRow && on != nil && on.PartitionOf != (catalog.Name{}):
		return errf("0A000", "ROW triggers with transition tables are not supported on partitions")
	case g.ForEachRow && on != nil && len(on.Inherits) > 0:
		return errf("0A000", "ROW triggers with transition tables are not supported on inheritance children")
	case g.Timing != "after":
		return errf("42P17", "transition table name can only be specified for an AFTER trigger")
	case has("truncate"):
		return errf("0A000", "TRUNCATE triggers with transition tables are not supported")
	case len(g.Events) > 1:
		return errf("0A000", "transition tables cannot be specified for triggers with more than one event")
	case len(n.Columns) > 0:
		return errf("0A000", "transition tables cannot be specified for triggers with column lists")
	case t.GetIsNew() && !has("insert") && !has("update"):
		return errf("42P17", "NEW TABLE can only be specified for an INSERT or UPDATE trigger")
	case !t.GetIsNew() && !has("delete") && !has("update"):
		return errf("42P17", "OLD TABLE can only be specified for a DELETE or UPDATE trigger")
	}
	return nil
}

// triggerScope makes OLD and NEW rows of their own in a WHEN condition.
var triggerScope = []expr.Arg{{Name: "new"}, {Name: "old"}}

// triggerWhen reads the WHEN condition, over the rows OLD and NEW.
func (r *replay) triggerWhen(g *catalog.Trigger, n *pg.CreateTrigStmt, on catalog.Name) ([]object, *sqlError) {
	if n.WhenClause == nil {
		return nil, nil
	}
	before, after := r.rowOf(on), r.rowOf(on)
	before.alias, after.alias = "old", "new"
	_, refs, err := r.check(n.WhenClause, inTrigger, "boolean", "WHEN", before, after)
	if err != nil {
		return nil, err
	}
	if err := r.whenNames(g, n.WhenClause, on); err != nil {
		return nil, err
	}
	s := r.exprScope(catalog.Name{})
	s.Params = triggerScope
	g.When = expr.NewIn(n.WhenClause, s)
	return refs, nil
}

// whenNames refuses columns of OLD and NEW in a WHEN condition where the event
// has none, or they are not worked out yet.
func (r *replay) whenNames(g *catalog.Trigger, when *pg.Node, on catalog.Name) (err *sqlError) {
	t, _ := r.cat.Tables.Get(on)
	generated := func(column string) bool {
		return t != nil && slices.ContainsFunc(t.Columns, func(c *catalog.Column) bool {
			return c.Generated && (column == "" || c.Name == column)
		})
	}
	visitNodes(when, func(n *pg.Node) bool {
		ref := n.GetColumnRef()
		if ref == nil || err != nil {
			return err == nil
		}
		parts := names(ref.Fields)
		which, column := parts[0], ""
		if len(parts) > 1 {
			column = parts[1] // "" for the star
		}
		_, system := systemColumns[column]
		switch before := g.Timing == "before"; {
		case !g.ForEachRow:
			err = errf("42P17", "statement trigger's WHEN condition cannot reference column values")
		case which == "old" && slices.Contains(g.Events, "insert"):
			err = errf("42P17", "INSERT trigger's WHEN condition cannot reference OLD values")
		case which == "new" && slices.Contains(g.Events, "delete"):
			err = errf("42P17", "DELETE trigger's WHEN condition cannot reference NEW values")
		case which == "new" && before && system:
			err = errf("0A000", "BEFORE trigger's WHEN condition cannot reference NEW system columns")
		case which == "new" && before && generated(column):
			err = errf("42P17", "BEFORE trigger's WHEN condition cannot reference NEW generated columns")
		}
		return true
	})
	return err
}
