package guard

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// joined is the rows of FROM that WHERE let pass.
type joined struct {
	rows  []*scope
	open  bool
	shape []source // the sources, without rows
}

// conjuncts cuts a condition into the parts that all must hold.
func conjuncts(n *pg.Node) []*pg.Node {
	if n == nil {
		return nil
	}
	if b := n.GetBoolExpr(); b != nil && b.Boolop == pg.BoolExprType_AND_EXPR {
		var out []*pg.Node
		for _, a := range b.Args {
			out = append(out, conjuncts(a)...)
		}
		return out
	}
	return []*pg.Node{n}
}

// from joins the entries of FROM one after the other, and drops rows as soon
// as a part of the condition that can be evaluated does not hold.
func (e *Env) from(list, where []*pg.Node, s *scope) (*joined, error) {
	j := &joined{rows: []*scope{{outer: s}}}
	pending := where
	outerWant := e.want
	defer func() { e.want = outerWant }()
	for i, n := range list {
		e.want = nil
		if len(list) == 1 {
			e.want = e.wanted(n, where)
		}
		if err := e.join(j, n, s); err != nil {
			return nil, err
		}
		var now, later []*pg.Node
		for _, c := range pending {
			if i == len(list)-1 || bound(c, j.shape) {
				now = append(now, c)
			} else {
				later = append(later, c)
			}
		}
		pending = later
		if err := e.filter(j, now); err != nil {
			return nil, err
		}
	}
	return j, e.filter(j, pending)
}

// wanted finds the columns of a single relation that the condition demands to
// equal a text, so that not all rows have to be made.
func (e *Env) wanted(n *pg.Node, where []*pg.Node) map[string]string {
	if n.GetRangeVar() == nil {
		return nil
	}
	var want map[string]string
	for _, c := range where {
		x := c.GetAExpr()
		if x == nil || x.Kind != pg.A_Expr_Kind_AEXPR_OP || len(x.Name) != 1 || x.Name[0].GetString_().GetSval() != "=" {
			continue
		}
		names, star := parts(x.Lexpr.GetColumnRef().GetFields())
		if len(names) == 0 || star || x.Rexpr.GetAConst() == nil && x.Rexpr.GetColumnRef() == nil {
			continue
		}
		v := Value{}
		if r, _ := parts(x.Rexpr.GetColumnRef().GetFields()); len(r) == 0 {
			v = constant(x.Rexpr.GetAConst())
		} else if e.Var != nil && len(r) == 1 {
			v, _ = e.Var(r)
		}
		if v.Kind == Text {
			if want == nil {
				want = map[string]string{}
			}
			want[names[len(names)-1]] = v.Text
		}
	}
	return want
}

// filter drops the rows for which a condition does not hold.
func (e *Env) filter(j *joined, conds []*pg.Node) error {
	if len(conds) == 0 {
		return nil
	}
	var kept []*scope
rows:
	for _, row := range j.rows {
		if e.tired() {
			j.rows, j.open = nil, true
			return nil
		}
		for _, c := range conds {
			v, err := e.expr(c, row)
			if err != nil {
				return err
			}
			if v.False() {
				continue rows
			}
			row.maybe = row.maybe || !v.True()
		}
		kept = append(kept, row)
	}
	j.rows = kept
	return nil
}

// bound reports whether every column in the expression names one of the
// sources by its alias.
func bound(n *pg.Node, shape []source) bool {
	ok := true
	Visit(n, func(n *pg.Node) bool {
		if n.GetSubLink() != nil {
			ok = false
		}
		if c := n.GetColumnRef(); c != nil {
			names, _ := parts(c.Fields)
			ok = ok && len(names) == 2 && slices.ContainsFunc(shape, func(s source) bool { return s.alias == names[0] })
		}
		return ok
	})
	return ok
}

// join adds one entry of FROM to every row there is.
func (e *Env) join(j *joined, n *pg.Node, s *scope) error {
	if x := n.GetJoinExpr(); x != nil {
		return e.joinExpr(j, x, s)
	}
	lateral := n.GetRangeFunction() != nil || n.GetRangeSubselect().GetLateral()
	var rows []*scope
	var item *Rows
	alias := ""
	for i, left := range j.rows {
		if item == nil || lateral {
			var err error
			if alias, item, err = e.entry(n, left); err != nil {
				return err
			}
		}
		j.open = j.open || item.Open
		if i == 0 {
			j.shape = append(j.shape, source{alias: alias, cols: item.Cols, wild: item.wild})
		}
		for _, t := range item.Rows {
			if e.tired() {
				j.rows, j.open = nil, true
				return nil
			}
			rows = append(rows, with(left, source{alias: alias, cols: item.Cols, row: t.Values, wild: item.wild}, t.Maybe))
		}
	}
	if len(j.rows) == 0 {
		alias, item, err := e.entry(n, &scope{outer: s})
		if err != nil {
			return err
		}
		j.shape = append(j.shape, source{alias: alias, cols: item.Cols, wild: item.wild})
	}
	j.rows = rows
	return nil
}

// with is the row with one more source.
func with(left *scope, src source, maybe bool) *scope {
	return &scope{
		sources: append(left.sources[:len(left.sources):len(left.sources)], src),
		outer:   left.outer, maybe: left.maybe || maybe,
	}
}

// joinExpr is JOIN … ON, USING or NATURAL, inner or left; others are unknown.
func (e *Env) joinExpr(j *joined, x *pg.JoinExpr, s *scope) error {
	if err := e.join(j, x.Larg, s); err != nil {
		return err
	}
	left := j.rows
	before := len(j.shape)
	switch x.Jointype {
	case pg.JoinType_JOIN_INNER:
		if err := e.join(j, x.Rarg, s); err != nil {
			return err
		}
		return e.filter(j, e.on(x, j.shape, before))
	case pg.JoinType_JOIN_LEFT:
		var rows []*scope
		shape := j.shape
		open := j.open
		for _, l := range left {
			one := &joined{rows: []*scope{l}, shape: shape}
			if err := e.join(one, x.Rarg, s); err != nil {
				return err
			}
			if err := e.filter(one, e.on(x, one.shape, before)); err != nil {
				return err
			}
			j.shape = one.shape
			rows = append(rows, one.rows...)
			sure := slices.ContainsFunc(one.rows, func(r *scope) bool { return !r.maybe || l.maybe })
			if !sure {
				alone := l
				for _, src := range one.shape[before:] {
					src.row = make([]Value, len(src.cols))
					for i := range src.row {
						src.row[i] = null
					}
					if src.wild {
						src.cols, src.row = nil, nil
					}
					alone = with(alone, src, len(one.rows) > 0 || one.open)
				}
				rows = append(rows, alone)
			}
			open = open || one.open
		}
		if len(left) == 0 {
			if err := e.join(j, x.Rarg, s); err != nil {
				return err
			}
		}
		j.rows, j.open = rows, open
		return nil
	}
	if err := e.join(j, x.Rarg, s); err != nil {
		return err
	}
	j.rows, j.open = nil, true
	return nil
}

// on is the condition of a join. USING (a) is left.a = right.a.
func (e *Env) on(x *pg.JoinExpr, shape []source, before int) []*pg.Node {
	if len(x.UsingClause) == 0 {
		return conjuncts(x.Quals)
	}
	var out []*pg.Node
	for _, n := range x.UsingClause {
		name := n.GetString_().GetSval()
		side := func(list []source) *pg.Node {
			for _, src := range list {
				if slices.Contains(src.cols, name) {
					return pg.MakeColumnRefNode([]*pg.Node{pg.MakeStrNode(src.alias), pg.MakeStrNode(name)}, 0)
				}
			}
			return pg.MakeColumnRefNode([]*pg.Node{pg.MakeStrNode(name)}, 0)
		}
		out = append(out, pg.MakeAExprNode(pg.A_Expr_Kind_AEXPR_OP, []*pg.Node{pg.MakeStrNode("=")}, side(shape[:before]), side(shape[before:]), 0))
	}
	return out
}
