package static

import (
	pg "github.com/pganalyze/pg_query_go/v5"
)

// selectStmt analyses a query and returns its output columns.
func (a *analysis) selectStmt(n *pg.SelectStmt, s *scope) (*row, *sqlError) {
	if n == nil {
		return &row{}, nil
	}
	if err := a.with(n.WithClause, s); err != nil {
		return nil, err
	}
	switch {
	case n.Op != pg.SetOperation_SETOP_NONE && n.Op != pg.SetOperation_SET_OPERATION_UNDEFINED:
		return a.setOperation(n, s)
	case len(n.ValuesLists) > 0:
		return a.values(n, s)
	}
	for _, f := range n.FromClause {
		if err := a.from(f, s); err != nil {
			return nil, err
		}
	}
	out, err := a.targets(n.TargetList, s)
	if err != nil {
		return nil, err
	}
	if err := a.condition(n.WhereClause, s, inWhere, "WHERE"); err != nil {
		return nil, err
	}
	if n.HavingClause != nil {
		typ, err := a.expr(n.HavingClause, s)
		if err == nil {
			err = a.boolean(n.HavingClause, typ, "HAVING")
		}
		if err != nil {
			return nil, err
		}
	}
	for _, x := range n.SortClause {
		if err := a.sortKey(x.GetSortBy().GetNode(), out, s, true); err != nil {
			return nil, err
		}
	}
	for _, x := range n.GroupClause {
		if err := a.sortKey(x, out, s, false); err != nil {
			return nil, err
		}
	}
	for _, x := range n.DistinctClause {
		if x.GetNode() == nil {
			continue
		}
		if err := a.sortKey(x, out, s, true); err != nil {
			return nil, err
		}
	}
	for _, x := range []*pg.Node{n.LimitCount, n.LimitOffset} {
		if _, err := a.expr(x, s); err != nil {
			return nil, err
		}
	}
	return out, a.grouped(n, s, out)
}

// condition analyses what must be boolean, where no aggregates may stand.
func (a *analysis) condition(n *pg.Node, s *scope, p *place, word string) *sqlError {
	if n == nil {
		return nil
	}
	was := a.place
	if !was.noCalls {
		a.place = p
	}
	typ, err := a.expr(n, s)
	a.place = was
	if err != nil {
		return err
	}
	return a.boolean(n, typ, word)
}

// sortKey analyses an item of ORDER BY, GROUP BY or DISTINCT ON: an output
// name or number, or an expression. Output names come first in ORDER BY, and
// last in GROUP BY.
func (a *analysis) sortKey(n *pg.Node, out *row, s *scope, namesFirst bool) *sqlError {
	if set := n.GetGroupingSet(); set != nil {
		for _, x := range set.Content {
			if err := a.sortKey(x, out, s, namesFirst); err != nil {
				return err
			}
		}
		return nil
	}
	if c := n.GetAConst(); c != nil {
		if v := c.GetIval(); v != nil && out.complete && (int(v.Ival) < 1 || int(v.Ival) > len(out.columns)) {
			return errf("42P10", "position %d is not in select list", v.Ival)
		}
		return nil
	}
	if ref := n.GetColumnRef(); ref != nil && len(ref.Fields) == 1 {
		name := ref.Fields[0].GetString_().GetSval()
		if _, ok := out.column(name); ok && namesFirst || !out.complete {
			return nil
		} else if ok {
			if _, err := a.expr(n, s); err != nil && err.state == "42703" {
				return nil
			}
		}
	}
	_, err := a.expr(n, s)
	return err
}

// targets analyses a target list.
func (a *analysis) targets(list []*pg.Node, s *scope) (*row, *sqlError) {
	out := &row{complete: true}
	for _, n := range list {
		t := n.GetResTarget()
		if star, err := a.star(t.GetVal(), s, out); star || err != nil {
			if err != nil {
				return nil, err
			}
			continue
		}
		a.full = ""
		typ, err := a.expr(t.GetVal(), s)
		if err != nil {
			return nil, err
		}
		name := t.GetName()
		if name == "" {
			name = figureName(t.GetVal())
		}
		c := rowColumn{name: name, typ: typ}
		if a.full != "" && bareType(a.full) == typ && (t.Val.GetColumnRef() != nil || t.Val.GetTypeCast() != nil) {
			c.full = a.full
		}
		out.columns = append(out.columns, c)
	}
	return out, nil
}

// star expands * and t.*, and (composite).*.
func (a *analysis) star(n *pg.Node, s *scope, out *row) (bool, *sqlError) {
	if ind := n.GetAIndirection(); ind != nil {
		if ind.Indirection[len(ind.Indirection)-1].GetAStar() == nil {
			return false, nil
		}
		typ, err := a.expr(ind.Arg, s)
		if err != nil {
			return true, err
		}
		out.complete = false
		if n, ok := unprinted(typ); ok && len(ind.Indirection) == 1 && a.r.category(typ) == 'C' {
			fields := a.r.rowOf(n)
			out.columns, out.complete = append(out.columns, computed(fields.columns)...), fields.complete
		}
		return true, nil
	}
	ref := n.GetColumnRef()
	if ref == nil || len(ref.Fields) == 0 || ref.Fields[len(ref.Fields)-1].GetAStar() == nil {
		return false, nil
	}
	rows := s.rows
	if parts := names(ref.Fields[:len(ref.Fields)-1]); len(parts) > 0 {
		schema := ""
		if len(parts) > 1 {
			schema = parts[len(parts)-2]
		}
		w, err := a.findRow(schema, parts[len(parts)-1], s)
		if err != nil && a.isParam(parts) { // the fields of a composite argument
			out.complete = false
			return true, nil
		}
		if err != nil {
			return true, err
		}
		rows = []*row{w}
	} else if len(rows) == 0 {
		return true, errf("42601", "SELECT * with no tables specified is not valid")
	}
	for _, w := range rows {
		for _, c := range w.columns {
			if c.hidden && len(ref.Fields) == 1 {
				continue
			}
			a.use(c)
			out.columns = append(out.columns, rowColumn{name: c.name, typ: c.typ, full: c.full})
		}
		out.complete = out.complete && w.complete
	}
	return true, nil
}

// values analyses VALUES lists.
func (a *analysis) values(n *pg.SelectStmt, s *scope) (*row, *sqlError) {
	out := &row{complete: true}
	var types [][]string
	for _, list := range n.ValuesLists {
		items := list.GetList().GetItems()
		if types == nil {
			types = make([][]string, len(items))
		}
		if len(items) != len(types) {
			return nil, errf("42601", "VALUES lists must all be the same length")
		}
		for i, x := range items {
			if x.GetSetToDefault() != nil {
				types[i] = append(types[i], anyKnown)
				continue
			}
			typ, err := a.expr(x, s)
			if err != nil {
				return nil, err
			}
			types[i] = append(types[i], typ)
		}
	}
	for i, list := range types {
		typ, err := a.r.commonType("VALUES", list)
		if err != nil {
			return nil, err
		}
		if allSame(list, literal) {
			typ = literal
		}
		out.columns = append(out.columns, rowColumn{name: "column" + itoa(i+1), typ: typ})
	}
	return out, nil
}

// setOperation analyses UNION, INTERSECT and EXCEPT.
func (a *analysis) setOperation(n *pg.SelectStmt, s *scope) (*row, *sqlError) {
	left, err := a.selectStmt(n.Larg, &scope{outer: s.outer, ctes: s.ctes})
	if err != nil {
		return nil, err
	}
	right, err := a.selectStmt(n.Rarg, &scope{outer: s.outer, ctes: s.ctes})
	if err != nil {
		return nil, err
	}
	word := map[pg.SetOperation]string{
		pg.SetOperation_SETOP_UNION: "UNION", pg.SetOperation_SETOP_INTERSECT: "INTERSECT", pg.SetOperation_SETOP_EXCEPT: "EXCEPT",
	}[n.Op]
	out := &row{complete: left.complete && right.complete}
	if !out.complete {
		out.columns = computed(left.columns)
		for i := range out.columns {
			out.columns[i].typ = anyKnown
		}
		return out, nil
	}
	if len(left.columns) != len(right.columns) {
		return nil, errf("42601", "each %s query must have the same number of columns", word)
	}
	for i, c := range left.columns {
		typ, err := a.r.commonType(word, []string{c.typ, right.columns[i].typ})
		if err != nil {
			return nil, err
		}
		if c.typ == literal && right.columns[i].typ == literal {
			typ = literal
		}
		out.columns = append(out.columns, rowColumn{name: c.name, typ: typ})
	}
	return out, nil
}
