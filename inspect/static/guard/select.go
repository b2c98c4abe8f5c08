package guard

import (
	pg "github.com/pganalyze/pg_query_go/v5"
)

// plain runs SELECT … FROM … WHERE … GROUP BY … HAVING … ORDER BY … LIMIT.
func (e *Env) plain(q *pg.SelectStmt, s *scope) (*Rows, error) {
	where := conjuncts(q.WhereClause)
	found, err := e.from(q.FromClause, where, s)
	if err != nil {
		return nil, err
	}
	if len(q.GroupClause) > 0 || q.HavingClause != nil || hasAggregate(q.TargetList) {
		return e.grouped(q, found, s)
	}
	out := &Rows{Open: found.open}
	var keys [][]Value
	for _, row := range found.rows {
		tuples, err := e.targets(q.TargetList, out, row)
		if err != nil {
			return nil, err
		}
		for _, t := range tuples {
			key, err := e.keys(q.SortClause, out.Cols, t, row)
			if err != nil {
				return nil, err
			}
			out.Rows, keys = append(out.Rows, t), append(keys, key)
		}
	}
	if len(found.rows) == 0 {
		e.columns(q.TargetList, out, found.shape)
	}
	if len(q.DistinctClause) > 0 {
		if q.DistinctClause[0].GetNode() != nil { // DISTINCT ON
			return &Rows{Cols: out.Cols, Open: true}, nil
		}
		distinct(out)
		e.sortOutput(q.SortClause, out)
		return e.limit(q, out, s)
	}
	if len(q.SortClause) > 0 {
		desc := make([]bool, len(q.SortClause))
		for i, c := range q.SortClause {
			desc[i] = c.GetSortBy().SortbyDir == pg.SortByDir_SORTBY_DESC
		}
		out.Rows, _ = sortKeys(out.Rows, keys, desc)
	}
	return e.limit(q, out, s)
}

func (e *Env) keys(clauses []*pg.Node, cols []string, t Tuple, row *scope) ([]Value, error) {
	key := make([]Value, len(clauses))
	for i, c := range clauses {
		n := c.GetSortBy().Node
		if at := outputColumn(n, cols); at >= 0 && at < len(t.Values) {
			key[i] = t.Values[at]
			continue
		}
		v, err := e.expr(n, row)
		if err != nil {
			return nil, err
		}
		key[i] = v
	}
	return key, nil
}

// targets evaluates a select list for one row: usually into one tuple, into
// several where a function returns a set.
func (e *Env) targets(list []*pg.Node, out *Rows, row *scope) ([]Tuple, error) {
	t := Tuple{Maybe: row.maybe}
	var sets []int
	first := out.Cols == nil
	add := func(name string, v Value) {
		if first {
			out.Cols = append(out.Cols, name)
		}
		t.Values = append(t.Values, v)
	}
	for _, n := range list {
		target := n.GetResTarget()
		if names, star := parts(target.GetVal().GetColumnRef().GetFields()); star {
			for _, src := range row.sources {
				if len(names) > 0 && src.alias != names[len(names)-1] {
					continue
				}
				out.wild = out.wild || src.wild
				for i, c := range src.cols {
					add(c, src.row[i])
				}
			}
			continue
		}
		if call := target.Val.GetFuncCall(); call != nil {
			items, ok, err := e.set(call, row)
			if err != nil {
				return nil, err
			}
			if ok {
				if items == nil {
					t.Maybe = true
					add(targetName(target), Value{})
					continue
				}
				sets = append(sets, len(t.Values))
				add(targetName(target), Value{Kind: Array, Items: items.Items})
				continue
			}
		}
		v, err := e.expr(target.Val, row)
		if err != nil {
			return nil, err
		}
		add(targetName(target), v)
	}
	if out.Cols == nil {
		out.Cols = []string{}
	}
	if len(sets) == 0 {
		return []Tuple{t}, nil
	}
	return spread(t, sets), nil
}

// spread makes a tuple for each item of the sets; shorter ones end in nulls.
func spread(t Tuple, sets []int) []Tuple {
	n := 0
	for _, i := range sets {
		n = max(n, len(t.Values[i].Items))
	}
	out := make([]Tuple, n)
	for k := range out {
		out[k] = Tuple{Values: append([]Value{}, t.Values...), Maybe: t.Maybe}
		for _, i := range sets {
			out[k].Values[i] = null
			if k < len(t.Values[i].Items) {
				out[k].Values[i] = t.Values[i].Items[k]
			}
		}
	}
	return out
}

// columns names the output of a query without rows.
func (e *Env) columns(list []*pg.Node, out *Rows, shape []source) {
	for _, n := range list {
		target := n.GetResTarget()
		if names, star := parts(target.GetVal().GetColumnRef().GetFields()); star {
			for _, src := range shape {
				if len(names) == 0 || src.alias == names[len(names)-1] {
					out.Cols = append(out.Cols, src.cols...)
					out.wild = out.wild || src.wild
				}
			}
			continue
		}
		out.Cols = append(out.Cols, targetName(target))
	}
}

// targetName is the name that the server gives an output column.
func targetName(t *pg.ResTarget) string {
	if t.Name != "" {
		return t.Name
	}
	return figure(t.Val)
}

func figure(n *pg.Node) string {
	switch n := n.GetNode().(type) {
	case *pg.Node_ColumnRef:
		if names, _ := parts(n.ColumnRef.Fields); len(names) > 0 {
			return names[len(names)-1]
		}
	case *pg.Node_FuncCall:
		names, _ := parts(n.FuncCall.Funcname)
		return names[len(names)-1]
	case *pg.Node_TypeCast:
		if name := figure(n.TypeCast.Arg); name != "?column?" {
			return name
		}
		names, _ := parts(n.TypeCast.TypeName.GetNames())
		if len(names) > 0 {
			return names[len(names)-1]
		}
	case *pg.Node_CoalesceExpr:
		return "coalesce"
	case *pg.Node_CaseExpr:
		return "case"
	case *pg.Node_SubLink:
		switch n.SubLink.SubLinkType {
		case pg.SubLinkType_EXISTS_SUBLINK:
			return "exists"
		case pg.SubLinkType_ARRAY_SUBLINK:
			return "array"
		case pg.SubLinkType_EXPR_SUBLINK:
			if list := n.SubLink.Subselect.GetSelectStmt().GetTargetList(); len(list) == 1 {
				return targetName(list[0].GetResTarget())
			}
		}
	}
	return "?column?"
}
