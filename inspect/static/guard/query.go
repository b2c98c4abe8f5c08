package guard

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// unknownRows is the result of a query of which nothing is known.
func unknownRows() *Rows { return &Rows{Open: true, wild: true} }

// query runs a SELECT, VALUES or set operation inside the scope outer.
func (e *Env) query(q *pg.SelectStmt, outer *scope) (*Rows, error) {
	s := &scope{outer: outer}
	if w := q.WithClause; w != nil {
		if err := e.with(w, s); err != nil {
			return nil, err
		}
	}
	var out *Rows
	var err error
	switch {
	case len(q.ValuesLists) > 0:
		out, err = e.values(q.ValuesLists, s)
	case q.Op != pg.SetOperation_SETOP_NONE && q.Op != pg.SetOperation_SET_OPERATION_UNDEFINED:
		out, err = e.setOperation(q, s)
	default:
		return e.plain(q, s)
	}
	if err != nil {
		return nil, err
	}
	if len(q.SortClause) > 0 {
		e.sortOutput(q.SortClause, out)
	}
	return e.limit(q, out, s)
}

func (e *Env) with(w *pg.WithClause, s *scope) error {
	s.ctes = map[string]*Rows{}
	for _, c := range w.Ctes {
		cte := c.GetCommonTableExpr()
		body := cte.Ctequery.GetSelectStmt()
		if body == nil || w.Recursive {
			s.ctes[cte.Ctename] = unknownRows()
			continue
		}
		rows, err := e.query(body, s)
		if err != nil {
			return err
		}
		s.ctes[cte.Ctename] = renamed(rows, cte.Aliascolnames)
	}
	return nil
}

// renamed gives the first columns other names.
func renamed(r *Rows, names []*pg.Node) *Rows {
	if len(names) == 0 {
		return r
	}
	c := *r
	c.Cols = slices.Clone(r.Cols)
	for i, n := range names {
		if i < len(c.Cols) {
			c.Cols[i] = n.GetString_().GetSval()
		}
	}
	return &c
}

func (e *Env) values(lists []*pg.Node, s *scope) (*Rows, error) {
	out := &Rows{}
	for _, l := range lists {
		row, err := e.list(l.GetList().GetItems(), s)
		if err != nil {
			return nil, err
		}
		for len(out.Cols) < len(row) {
			out.Cols = append(out.Cols, "column"+string(rune('1'+len(out.Cols))))
		}
		out.Rows = append(out.Rows, Tuple{Values: row})
	}
	return out, nil
}

func (e *Env) setOperation(q *pg.SelectStmt, s *scope) (*Rows, error) {
	l, err := e.query(q.Larg, s)
	if err != nil {
		return nil, err
	}
	r, err := e.query(q.Rarg, s)
	if err != nil {
		return nil, err
	}
	out := &Rows{Cols: l.Cols, wild: l.wild || r.wild}
	switch q.Op {
	case pg.SetOperation_SETOP_UNION:
		out.Rows, out.Open = slices.Concat(l.Rows, r.Rows), l.Open || r.Open
	default:
		if !l.Certain() || !r.Certain() {
			return unknownRows(), nil
		}
		for _, t := range l.Rows {
			in := slices.ContainsFunc(r.Rows, func(x Tuple) bool { c, ok := orderLists(t.Values, x.Values); return ok && c == 0 })
			if in == (q.Op == pg.SetOperation_SETOP_INTERSECT) {
				out.Rows = append(out.Rows, t)
			}
		}
	}
	if !q.All {
		distinct(out)
	}
	return out, nil
}

// distinct removes rows that are known to equal an earlier one.
func distinct(r *Rows) {
	var kept []Tuple
	for _, t := range r.Rows {
		twice := false
		for i, k := range kept {
			if c, ok := orderLists(t.Values, k.Values); ok && c == 0 && allKnown(t.Values) {
				kept[i].Maybe = k.Maybe && t.Maybe
				twice = true
				break
			}
		}
		if !twice {
			kept = append(kept, t)
		}
	}
	r.Rows = kept
}

func allKnown(list []Value) bool {
	return !slices.ContainsFunc(list, func(v Value) bool { return !v.Known() })
}

// limit is LIMIT and OFFSET.
func (e *Env) limit(q *pg.SelectStmt, r *Rows, s *scope) (*Rows, error) {
	if q.LimitOffset != nil {
		v, err := e.expr(q.LimitOffset, s)
		if err != nil {
			return nil, err
		}
		if v.Kind != Int || !r.Certain() {
			return &Rows{Cols: r.Cols, Open: true, wild: r.wild}, nil
		}
		r.Rows = r.Rows[min(len(r.Rows), int(max(v.Int, 0))):]
	}
	if q.LimitCount == nil {
		return r, nil
	}
	v, err := e.expr(q.LimitCount, s)
	if err != nil || v.IsNull() {
		return r, err
	}
	if v.Kind != Int {
		return &Rows{Cols: r.Cols, Open: true, wild: r.wild}, nil
	}
	if n := int(max(v.Int, 0)); n < len(r.Rows) || r.Open {
		if r.Certain() {
			r.Rows = r.Rows[:n]
			return r, nil
		}
		// Which of the rows are taken is not known.
		for i := range r.Rows {
			r.Rows[i].Maybe = r.Rows[i].Maybe || i >= n || r.Open && len(q.SortClause) > 0
		}
		r.Open = r.Open && n > 0
	}
	return r, nil
}

// sortKeys orders rows by keys; it reports whether all could be compared.
func sortKeys(rows []Tuple, keys [][]Value, desc []bool) ([]Tuple, bool) {
	index := make([]int, len(rows))
	for i := range index {
		index[i] = i
	}
	known := true
	slices.SortStableFunc(index, func(a, b int) int {
		for k := range desc {
			x, y := keys[a][k], keys[b][k]
			c, ok := 0, true
			switch {
			case x.IsNull() || y.IsNull():
				c = b2i(x.IsNull()) - b2i(y.IsNull())
			default:
				c, ok = order(x, y)
			}
			known = known && ok
			if c != 0 && desc[k] {
				c = -c
			}
			if c != 0 {
				return c
			}
		}
		return 0
	})
	out := make([]Tuple, len(rows))
	for i, x := range index {
		out[i] = rows[x]
	}
	return out, known
}

// sortOutput is ORDER BY over a set operation: by output column only.
func (e *Env) sortOutput(clauses []*pg.Node, r *Rows) {
	var desc []bool
	var cols []int
	for _, c := range clauses {
		by := c.GetSortBy()
		desc = append(desc, by.SortbyDir == pg.SortByDir_SORTBY_DESC)
		cols = append(cols, outputColumn(by.Node, r.Cols))
	}
	keys := make([][]Value, len(r.Rows))
	for i, t := range r.Rows {
		for _, c := range cols {
			if c < 0 || c >= len(t.Values) {
				return
			}
			keys[i] = append(keys[i], t.Values[c])
		}
	}
	r.Rows, _ = sortKeys(r.Rows, keys, desc)
}

// outputColumn is the output column that an ORDER BY or GROUP BY item means,
// by number or name; -1 if it is an expression.
func outputColumn(n *pg.Node, cols []string) int {
	if c := n.GetAConst(); c != nil && c.GetIval() != nil {
		return int(c.GetIval().Ival) - 1
	}
	if names, star := parts(n.GetColumnRef().GetFields()); len(names) == 1 && !star {
		return slices.Index(cols, names[0])
	}
	return -1
}
