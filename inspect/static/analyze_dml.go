package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// inReturning is the target list of RETURNING.
var inReturning = &place{calls: "RETURNING", noCalls: true}

// statement analyses a query or a statement that writes rows, as a function's
// body or a WITH holds it, and returns what it gives out.
func (a *analysis) statement(n *pg.Node, s *scope) (*row, *sqlError) {
	switch n := n.GetNode().(type) {
	case *pg.Node_SelectStmt:
		return a.selectStmt(n.SelectStmt, s)
	case *pg.Node_InsertStmt:
		return a.insert(n.InsertStmt, s)
	case *pg.Node_UpdateStmt:
		return a.update(n.UpdateStmt, s)
	case *pg.Node_DeleteStmt:
		return a.delete(n.DeleteStmt, s)
	}
	return &row{}, nil
}

// written is the relation that rows are written to. It is never a query of
// WITH, whatever the name.
func (a *analysis) written(v *pg.RangeVar) (*row, *sqlError) {
	w, err := a.rangeVar(v, &scope{})
	if err != nil {
		return nil, err
	}
	if v.Alias != nil {
		w.alias = v.Alias.Aliasname
	}
	return w, nil
}

func (a *analysis) insert(n *pg.InsertStmt, s *scope) (*row, *sqlError) {
	if err := a.with(n.WithClause, s); err != nil {
		return nil, err
	}
	w, err := a.written(n.Relation)
	if err != nil {
		return nil, err
	}
	var into []rowColumn
	for _, c := range n.Cols {
		column, err := a.setColumn(w, c.GetResTarget(), n.Relation.Relname)
		if err != nil {
			return nil, err
		}
		into = append(into, column)
	}
	if len(n.Cols) == 0 && w.complete {
		into = w.columns
	}
	if q := n.SelectStmt.GetSelectStmt(); q != nil {
		if err := a.inserted(q, into, &scope{outer: s.outer, ctes: s.ctes}); err != nil {
			return nil, err
		}
	}
	if c := n.OnConflictClause; c != nil {
		excluded := *w
		excluded.alias = "excluded"
		if err := a.assignments(c.TargetList, w, n.Relation.Relname, &scope{rows: []*row{w, &excluded}, ctes: s.ctes, outer: s.outer}, c.WhereClause); err != nil {
			return nil, err
		}
	}
	return a.returning(n.ReturningList, &scope{rows: []*row{w}, ctes: s.ctes, outer: s.outer})
}

// inserted analyses the rows of an INSERT.
func (a *analysis) inserted(q *pg.SelectStmt, into []rowColumn, s *scope) *sqlError {
	if len(q.ValuesLists) == 0 {
		_, err := a.selectStmt(q, s)
		return err
	}
	if err := a.with(q.WithClause, s); err != nil {
		return err
	}
	for _, list := range q.ValuesLists {
		items := list.GetList().GetItems()
		if len(into) > 0 && len(items) > len(into) {
			return errf("42601", "INSERT has more expressions than target columns")
		}
		for i, x := range items {
			if x.GetSetToDefault() != nil {
				continue
			}
			typ, err := a.expr(x, s)
			if err != nil {
				return err
			}
			if typ == literal && i < len(into) && into[i].typ != "" {
				if err := a.literalAs(x, into[i].typ); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// setColumn finds the column that an INSERT or UPDATE gives a value.
func (a *analysis) setColumn(w *row, t *pg.ResTarget, written string) (rowColumn, *sqlError) {
	c, ok := w.column(t.GetName())
	if !ok && w.complete {
		return c, errf("42703", "column %q of relation %q does not exist", t.GetName(), written)
	}
	if len(t.GetIndirection()) > 0 {
		c.typ = ""
	}
	return c, nil
}

func (a *analysis) update(n *pg.UpdateStmt, s *scope) (*row, *sqlError) {
	if err := a.with(n.WithClause, s); err != nil {
		return nil, err
	}
	w, err := a.written(n.Relation)
	if err != nil {
		return nil, err
	}
	inner := &scope{rows: []*row{w}, ctes: s.ctes, outer: s.outer}
	for _, f := range n.FromClause {
		if err := a.from(f, inner); err != nil {
			return nil, err
		}
	}
	if err := a.assignments(n.TargetList, w, n.Relation.Relname, inner, n.WhereClause); err != nil {
		return nil, err
	}
	return a.returning(n.ReturningList, inner)
}

// assignments analyses SET and the WHERE behind it.
func (a *analysis) assignments(list []*pg.Node, w *row, written string, s *scope, where *pg.Node) *sqlError {
	for _, x := range list {
		t := x.GetResTarget()
		value := t.GetVal()
		if m := value.GetMultiAssignRef(); m != nil {
			if value = nil; m.GetColno() == 1 {
				if err := a.severalAssigned(m, s); err != nil {
					return err
				}
			}
		}
		if value != nil && value.GetSetToDefault() == nil {
			typ, err := a.expr(value, s)
			if err != nil {
				return err
			}
			if c, ok := w.column(t.GetName()); ok && typ == literal && c.typ != "" && len(t.GetIndirection()) == 0 {
				if err := a.literalAs(value, c.typ); err != nil {
					return err
				}
			}
		}
		if _, err := a.setColumn(w, t, written); err != nil {
			return err
		}
	}
	return a.condition(where, s, inWhere, "WHERE")
}

// severalAssigned analyses what SET (a, b) = … assigns.
func (a *analysis) severalAssigned(m *pg.MultiAssignRef, s *scope) *sqlError {
	given := -1
	if q := m.Source.GetSubLink(); q != nil && q.SubLinkType == pg.SubLinkType_EXPR_SUBLINK {
		out, err := a.selectStmt(q.Subselect.GetSelectStmt(), &scope{outer: s})
		if err != nil {
			return err
		}
		if out.complete {
			given = len(out.columns)
		}
	} else {
		if _, err := a.expr(m.Source, s); err != nil {
			return err
		}
		if row := m.Source.GetRowExpr(); row != nil {
			given = len(row.Args)
		}
	}
	if given >= 0 && given != int(m.Ncolumns) {
		return errf("42601", "number of columns does not match number of values")
	}
	return nil
}

func (a *analysis) delete(n *pg.DeleteStmt, s *scope) (*row, *sqlError) {
	if err := a.with(n.WithClause, s); err != nil {
		return nil, err
	}
	w, err := a.written(n.Relation)
	if err != nil {
		return nil, err
	}
	inner := &scope{rows: []*row{w}, ctes: s.ctes, outer: s.outer}
	for _, f := range n.UsingClause {
		if err := a.from(f, inner); err != nil {
			return nil, err
		}
	}
	if err := a.condition(n.WhereClause, inner, inWhere, "WHERE"); err != nil {
		return nil, err
	}
	return a.returning(n.ReturningList, inner)
}

func (a *analysis) returning(list []*pg.Node, s *scope) (*row, *sqlError) {
	was := a.place
	a.place = inReturning
	defer func() { a.place = was }()
	return a.targets(list, s)
}

// isParam reports whether a name is that of an argument of the function whose
// body is analysed.
func (a *analysis) isParam(parts []string) bool {
	name := parts[len(parts)-1]
	if len(parts) > 2 || len(parts) == 2 && parts[0] != a.fname {
		return false
	}
	return slices.ContainsFunc(a.params, func(p catalog.Arg) bool { return p.Name == name })
}
