package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// A grouping is what a query groups its rows by.
type grouping struct {
	a       *analysis
	s       *scope
	columns []rowColumn // those it groups by that are columns
	exprs   []expr.Expr // and the expressions
	keyed   []catalog.Name
}

// grouped refuses columns that are neither grouped by nor inside an aggregate
// (PostgreSQL docs 7.2.3).
func (a *analysis) grouped(n *pg.SelectStmt, s *scope, out *row) *sqlError {
	if len(n.GroupClause) == 0 && n.HavingClause == nil && !a.aggregates(n) {
		return nil
	}
	g := &grouping{a: a, s: s}
	for _, x := range n.GroupClause {
		if !g.add(x, n, out) {
			return nil
		}
	}
	for _, w := range s.rows {
		t, ok := a.r.cat.Tables.Get(w.relation)
		if !ok || t.PrimaryKey == nil || t.PrimaryKey.Deferrable {
			continue
		}
		all := !slices.ContainsFunc(t.PrimaryKey.Columns, func(c string) bool { return !g.has(w, c) })
		if all {
			g.keyed = append(g.keyed, w.relation)
		}
	}
	for _, x := range n.TargetList {
		if err := g.target(x.GetResTarget().GetVal()); err != nil {
			return err
		}
	}
	return g.node(n.HavingClause)
}

// aggregates reports whether the target list or ORDER BY calls an aggregate of
// the query's own.
func (a *analysis) aggregates(n *pg.SelectStmt) bool {
	found := false
	look := func(x *pg.Node) bool {
		if c := x.GetFuncCall(); c != nil && c.Over == nil && a.isAggregate(c) {
			found = true
		}
		return !found && x.GetSubLink() == nil
	}
	for _, t := range n.TargetList {
		visitNodes(t.GetResTarget().GetVal(), look)
	}
	return found
}

// isAggregate reports whether a call is of an aggregate, whatever function of
// the name is meant.
func (a *analysis) isAggregate(c *pg.FuncCall) bool {
	list, _ := a.r.routines(names(c.Funcname))
	return len(list) > 0 && !slices.ContainsFunc(list, func(f *routine) bool { return f.kind != catalog.Aggregate })
}

// add takes up one item of GROUP BY; false says that it is too much to follow.
func (g *grouping) add(x *pg.Node, n *pg.SelectStmt, out *row) bool {
	if x.GetGroupingSet() != nil {
		return false
	}
	if c := x.GetAConst(); c != nil {
		v := c.GetIval()
		if v == nil || !out.complete || int(v.Ival) > len(n.TargetList) || int(v.Ival) < 1 {
			return false
		}
		x = n.TargetList[v.Ival-1].GetResTarget().GetVal()
		if ref := x.GetColumnRef(); ref != nil && ref.Fields[len(ref.Fields)-1].GetAStar() != nil {
			return false
		}
	}
	if ref := x.GetColumnRef(); ref != nil {
		if c, ok := g.find(ref); ok {
			g.columns = append(g.columns, c)
			return true
		}
		if len(ref.Fields) != 1 {
			return false
		}
		name := ref.Fields[0].GetString_().GetSval() // an output column's name
		for _, t := range n.TargetList {
			if t.GetResTarget().GetName() == name {
				if inner := t.GetResTarget().GetVal(); inner.GetColumnRef() == nil || len(inner.GetColumnRef().Fields) > 1 {
					return g.add(inner, n, out)
				}
			}
		}
		return false
	}
	g.exprs = append(g.exprs, expr.New(x))
	return true
}

// find resolves a column of the query's own rows.
func (g *grouping) find(ref *pg.ColumnRef) (rowColumn, bool) {
	if ref.Fields[len(ref.Fields)-1].GetAStar() != nil {
		return rowColumn{}, false
	}
	parts := names(ref.Fields)
	name := parts[len(parts)-1]
	for _, w := range g.s.rows {
		if len(parts) > 1 && w.alias != parts[len(parts)-2] {
			continue
		}
		for _, c := range w.columns {
			if c.name == name && (!c.hidden || len(parts) > 1) {
				c.from.Name = w.alias + "\x00" + c.from.Name // tells two uses of a table apart
				return c, true
			}
		}
	}
	return rowColumn{}, false
}

// has reports whether the query groups by a column of the row.
func (g *grouping) has(w *row, column string) bool {
	return slices.ContainsFunc(g.columns, func(c rowColumn) bool {
		return c.column == column && c.from.Name == w.alias+"\x00"+w.relation.Name && c.from.Schema == w.relation.Schema
	})
}

// target checks an item of the target list.
func (g *grouping) target(x *pg.Node) *sqlError {
	ref := x.GetColumnRef()
	if ref == nil || ref.Fields[len(ref.Fields)-1].GetAStar() == nil {
		return g.node(x)
	}
	for _, w := range g.s.rows {
		if len(ref.Fields) > 1 && w.alias != ref.Fields[len(ref.Fields)-2].GetString_().GetSval() {
			continue
		}
		if !w.complete {
			continue
		}
		for _, c := range w.columns {
			if c.hidden && len(ref.Fields) == 1 {
				continue
			}
			c.from.Name = w.alias + "\x00" + c.from.Name
			if err := g.column(c, w); err != nil {
				return err
			}
		}
	}
	return nil
}

// node checks an expression.
func (g *grouping) node(x *pg.Node) *sqlError {
	var err *sqlError
	visitNodes(x, func(n *pg.Node) bool {
		if err != nil || n.GetSubLink() != nil {
			return false
		}
		if c := n.GetFuncCall(); c != nil && c.Over == nil && (c.AggWithinGroup || g.a.isAggregate(c)) {
			return false
		}
		if ref := n.GetColumnRef(); ref != nil {
			err = g.reference(ref)
			return false
		}
		if len(g.exprs) > 0 {
			e := expr.New(n)
			return !slices.ContainsFunc(g.exprs, func(x expr.Expr) bool { return expr.Equal(x, e) })
		}
		return true
	})
	return err
}

func (g *grouping) reference(ref *pg.ColumnRef) *sqlError {
	c, ok := g.find(ref)
	if !ok {
		return nil
	}
	for _, w := range g.s.rows {
		if c.from.Name == w.alias+"\x00"+w.relation.Name {
			return g.column(c, w)
		}
	}
	return g.column(c, nil)
}

// column refuses a column that is not grouped by.
func (g *grouping) column(c rowColumn, w *row) *sqlError {
	if slices.Contains(g.columns, c) {
		return nil
	}
	if len(g.exprs) > 0 && slices.ContainsFunc(g.exprs, func(e expr.Expr) bool {
		return slices.ContainsFunc(expr.Columns(e), func(x *expr.Column) bool { return x.Name == c.name })
	}) {
		return nil // part of an expression grouped by, maybe the whole of it
	}
	if w != nil && slices.Contains(g.keyed, w.relation) {
		t, _ := g.a.r.cat.Tables.Get(w.relation)
		g.a.refer(object{aConstraint, w.relation, t.PrimaryKey.Name})
		return nil
	}
	if w == nil || !w.complete {
		return nil
	}
	return errf("42803", "column \"%s.%s\" must appear in the GROUP BY clause or be used in an aggregate function", w.alias, c.name)
}
