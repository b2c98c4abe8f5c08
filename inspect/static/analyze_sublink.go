package static

import pg "github.com/pganalyze/pg_query_go/v5"

// subLink analyses a sub-select in an expression.
func (a *analysis) subLink(n *pg.SubLink, s *scope) (string, *sqlError) {
	if a.place.noQuery {
		return "", errf("0A000", "cannot use subquery in %s", a.place.word)
	}
	var left []string
	var leftNodes []*pg.Node
	was := a.place
	if n.Testexpr != nil {
		leftNodes = []*pg.Node{n.Testexpr}
		if r := n.Testexpr.GetRowExpr(); r != nil {
			leftNodes = r.Args
		}
		var err *sqlError
		if left, err = a.list(leftNodes, s); err != nil {
			return "", err
		}
	}
	a.place = inStatements // a query of its own may hold aggregates
	out, err := a.selectStmt(n.Subselect.GetSelectStmt(), &scope{outer: s})
	a.place = was
	if err != nil {
		return "", err
	}
	one := anyKnown
	if len(out.columns) == 1 {
		if one = out.columns[0].typ; one == literal {
			one = "text"
		}
	}
	switch n.SubLinkType {
	case pg.SubLinkType_EXISTS_SUBLINK:
		return "boolean", nil
	case pg.SubLinkType_EXPR_SUBLINK:
		if out.complete && len(out.columns) != 1 {
			return "", errf("42601", "subquery must return only one column")
		}
		return one, nil
	case pg.SubLinkType_ARRAY_SUBLINK:
		if out.complete && len(out.columns) != 1 {
			return "", errf("42601", "subquery must return only one column")
		}
		if one == anyKnown {
			return anyKnown, nil
		}
		if _, nested := elementType(one); nested {
			return one, nil
		}
		return one + "[]", nil
	case pg.SubLinkType_ANY_SUBLINK, pg.SubLinkType_ALL_SUBLINK:
		return "boolean", a.anySubLink(n, left, leftNodes, out)
	}
	return anyKnown, nil
}

// anySubLink compares the left side with each column of the sub-select.
func (a *analysis) anySubLink(n *pg.SubLink, left []string, nodes []*pg.Node, out *row) *sqlError {
	if !out.complete {
		return nil
	}
	switch {
	case len(left) < len(out.columns):
		return errf("42601", "subquery has too many columns")
	case len(left) > len(out.columns):
		return errf("42601", "subquery has too few columns")
	}
	op := "="
	if len(n.OperName) > 1 {
		return nil
	}
	if len(n.OperName) == 1 {
		op = n.OperName[0].GetString_().GetSval()
	}
	for i, c := range out.columns {
		right := c.typ
		if right == literal {
			right = "text"
		}
		if _, err := a.operator(op, nodes[i], nil, left[i], right); err != nil {
			return err
		}
	}
	return nil
}
