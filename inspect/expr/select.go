package expr

import (
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// statement is a select that stands for itself.
func (b *builder) statement(s *pg.SelectStmt) *Query {
	q, _ := b.query(s, Statement)
	return q
}

func (b *builder) subLink(n *pg.Node, l *pg.SubLink) Expr {
	sel := l.Subselect.GetSelectStmt()
	if sel == nil {
		return b.opaque(n)
	}
	kind, op, test := Scalar, "", Expr(nil)
	switch l.SubLinkType {
	case pg.SubLinkType_EXISTS_SUBLINK:
		kind = Exists
	case pg.SubLinkType_ARRAY_SUBLINK:
		kind = ArrayOf
	case pg.SubLinkType_ANY_SUBLINK, pg.SubLinkType_ALL_SUBLINK:
		kind, op = Any, "="
		if l.SubLinkType == pg.SubLinkType_ALL_SUBLINK {
			kind = All
		}
		if names := stringsOf(l.OperName); len(names) > 0 {
			op = names[len(names)-1]
		}
		test = b.node(l.Testexpr)
	case pg.SubLinkType_EXPR_SUBLINK:
	default:
		return b.opaque(n, l.Testexpr)
	}
	q, f := b.query(sel, kind)
	q.Op, q.Test, q.Cached = op, test, !f.outer
	bare := plain(q)
	if q.Cached && (kind == Scalar || kind == ArrayOf || bare && kind != Exists) {
		q.below(func(t Expr) {
			if t != test {
				cache(t)
			}
		})
	}
	if bare && kind == Scalar {
		if f.outer {
			wrap(q.Targets[0])
		}
		return q.Targets[0]
	}
	return q
}

// plain reports whether the query is one row with one value, without FROM.
func plain(q *Query) bool {
	return len(q.From) == 0 && len(q.Targets) == 1 && q.Where == nil && q.Having == nil && q.SetOp == "" &&
		len(q.With) == 0 && len(q.Group) == 0 && len(q.Order) == 0 && q.Limit == nil && q.Offset == nil &&
		!q.Distinct && len(q.On) == 0
}

// query reads a select in a frame of its own.
func (b *builder) query(s *pg.SelectStmt, kind QueryKind) (*Query, *frame) {
	f := &frame{}
	b.frames = append(b.frames, f)
	defer func() { b.frames = b.frames[:len(b.frames)-1] }()
	b.depth++
	defer func() { b.depth-- }()
	q := &Query{Kind: kind}
	if b.depth > maxDepth {
		q.Targets = []Expr{&Opaque{Text: "…"}}
		return q, f
	}
	b.with(q, f, s.WithClause)
	switch {
	case s.Op > pg.SetOperation_SETOP_NONE && s.Larg != nil && s.Rarg != nil:
		q.SetOp = strings.ToLower(strings.TrimPrefix(s.Op.String(), "SETOP_"))
		if s.All {
			q.SetOp += " all"
		}
		q.Left, q.Right = b.statement(s.Larg), b.statement(s.Rarg)
		q.Names = q.Left.Names
	case len(s.ValuesLists) > 0:
		for _, n := range s.ValuesLists {
			q.Values = append(q.Values, b.nodes(n.GetList().GetItems()))
		}
	default:
		b.body(q, f, s)
	}
	if kind != Exists || len(q.Targets) > 0 {
		q.Order = b.sortBy(s.SortClause)
		for i, n := range s.SortClause {
			if i < len(q.Order) {
				q.Order[i].X = q.numbered(n.GetSortBy().GetNode(), q.Order[i].X)
			}
		}
	}
	q.Limit, q.Offset = b.opt(s.LimitCount), b.opt(s.LimitOffset)
	if c, ok := q.Limit.(*Const); ok && (c.Null || kind == Exists && c.IsNumber() && c.Text != "0") {
		q.Limit = nil
	}
	q.Lock = len(s.LockingClause) > 0
	return q, f
}

// body reads FROM, WHERE, the targets and the grouping.
func (b *builder) body(q *Query, f *frame, s *pg.SelectStmt) {
	var on []Expr
	for _, n := range s.FromClause {
		src, cond := b.source(f, n)
		q.From = append(q.From, src...)
		on = append(on, cond...)
	}
	q.Where = conj(append(on, b.opt(s.WhereClause))...)
	group := b.nodes(s.GroupClause)
	q.Having = b.opt(s.HavingClause)
	for _, n := range s.TargetList {
		t := n.GetResTarget()
		if t == nil {
			continue
		}
		b.target(q, f, t)
	}
	for i, n := range s.GroupClause {
		group[i] = q.numbered(n, group[i])
	}
	q.Group = group
	if q.Kind == Exists && (len(q.Group) > 0 || !aggregates(q.Targets)) {
		q.Targets, q.Names = nil, nil
		return
	}
	for _, n := range s.DistinctClause {
		q.Distinct = true
		if n.GetNode() != nil {
			q.On = append(q.On, b.node(n))
		}
	}
}

// target appends an output column; a star is written out where the columns are
// known.
func (b *builder) target(q *Query, f *frame, t *pg.ResTarget) {
	fields := stringsOf(t.Val.GetColumnRef().GetFields())
	if len(fields) > 0 && fields[len(fields)-1] == "*" {
		if expanded := star(f, fields); expanded != nil {
			for _, c := range expanded {
				q.Targets = append(q.Targets, c)
				q.Names = append(q.Names, c.Name)
			}
			return
		}
		if v := f.inSight(); len(v) == 1 && v[0].function && q.Kind != Statement { // one column is all there can be
			q.Targets = append(q.Targets, &Column{Table: v[0].alias, Name: "value"})
			q.Names = append(q.Names, v[0].written)
			return
		}
	}
	e := b.node(t.Val)
	q.Targets = append(q.Targets, e)
	name := t.Name
	if name == "" {
		name = outputName(e, fields)
	}
	q.Names = append(q.Names, name)
}

// star lists the columns behind * or alias.*; nil when they are not known.
func star(f *frame, fields []string) []*Column {
	var out []*Column
	for _, s := range f.inSight() {
		if len(fields) > 1 && s.written != fields[len(fields)-2] {
			continue
		}
		if !s.known {
			return nil
		}
		for _, name := range s.order {
			out = append(out, s.column(name))
		}
	}
	return out
}

// outputName is the name that a target without AS gets.
func outputName(e Expr, fields []string) string {
	if len(fields) > 0 {
		return fields[len(fields)-1]
	}
	switch v := e.(type) {
	case *Call:
		return bareName(v.Name)
	case *Cast:
		if n := outputName(v.X, nil); n != "?column?" {
			return n
		}
		return bareName(base(v.Type))
	case *Coalesce:
		return "coalesce"
	case *Case:
		return "case"
	case *Field:
		return v.Name
	case *Claim:
		switch v.Via {
		case ViaUID:
			return "uid"
		case ViaRole:
			return "role"
		case ViaEmail:
			return "email"
		}
		if v.Via == ViaJWT && len(v.Path) == 0 && !v.Text {
			return "jwt"
		}
	case *Query:
		if v.Kind == Exists {
			return "exists"
		}
		if len(v.Names) == 1 {
			return v.Names[0]
		}
	}
	return "?column?"
}

// aggregate functions make a row of no rows, so an EXISTS over them is true.
var aggregate = set("count", "sum", "avg", "min", "max", "bool_and", "bool_or", "every", "array_agg", "string_agg",
	"json_agg", "jsonb_agg", "json_object_agg", "jsonb_object_agg", "bit_and", "bit_or", "any_value")

func aggregates(targets []Expr) bool {
	found := false
	for _, t := range targets {
		Walk(t, func(e Expr) bool {
			switch v := e.(type) {
			case *Call:
				found = found || v.Star || aggregate[v.Name]
			case *Query:
				return false
			}
			return !found
		})
	}
	return found
}

func (b *builder) sortBy(list []*pg.Node) []Order {
	var out []Order
	for _, n := range list {
		s := n.GetSortBy()
		if s == nil {
			continue
		}
		o := Order{X: b.node(s.Node), Desc: s.SortbyDir == pg.SortByDir_SORTBY_DESC}
		o.NullsFirst = o.Desc
		switch s.SortbyNulls {
		case pg.SortByNulls_SORTBY_NULLS_FIRST:
			o.NullsFirst = true
		case pg.SortByNulls_SORTBY_NULLS_LAST:
			o.NullsFirst = false
		}
		out = append(out, o)
	}
	return out
}

func (b *builder) with(q *Query, f *frame, w *pg.WithClause) {
	for _, n := range w.GetCtes() {
		c := n.GetCommonTableExpr()
		if c == nil {
			continue
		}
		if f.ctes == nil {
			f.ctes = map[string]*Query{}
		}
		if w.Recursive {
			f.ctes[c.Ctename] = nil
		}
		cte := CTE{Name: c.Ctename, Columns: stringsOf(c.Aliascolnames), Recursive: w.Recursive}
		if sel := c.Ctequery.GetSelectStmt(); sel != nil {
			cte.Query = b.statement(sel)
			if len(cte.Columns) > 0 {
				cte.Query.Names = cte.Columns
			}
		}
		f.ctes[c.Ctename] = cte.Query
		q.With = append(q.With, cte)
	}
}
