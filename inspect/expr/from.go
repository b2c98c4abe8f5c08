package expr

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// source reads one item of FROM: the sources in it, and the conditions of its
// inner joins.
func (b *builder) source(f *frame, n *pg.Node) ([]Source, []Expr) {
	switch v := n.GetNode().(type) {
	case *pg.Node_RangeVar:
		return []Source{b.relation(f, v.RangeVar)}, nil
	case *pg.Node_RangeSubselect:
		return []Source{b.subselect(f, v.RangeSubselect)}, nil
	case *pg.Node_RangeFunction:
		return []Source{b.function(f, v.RangeFunction)}, nil
	case *pg.Node_RangeTableSample:
		return b.source(f, v.RangeTableSample.Relation)
	case *pg.Node_JoinExpr:
		return b.join(f, v.JoinExpr)
	}
	return []Source{{Func: b.opaque(n)}}, nil
}

func (b *builder) relation(f *frame, r *pg.RangeVar) Source {
	s := Source{Alias: b.alias(r.Relname), Columns: stringsOf(r.Alias.GetColnames())}
	v := &visible{written: r.Relname, schema: r.Schemaname, alias: s.Alias}
	if r.Alias != nil {
		v.written, v.schema = r.Alias.Aliasname, ""
	}
	f.sources = append(f.sources, v)
	if r.Schemaname == "" {
		if q, ok := b.cte(r.Relname); ok {
			s.Name, s.CTE = quoteIdent(r.Relname), true
			v.fill(q, s.Columns)
			return s
		}
		s.Name = b.qualify(Relation, r.Relname, -1)
	} else {
		s.Name = quoteIdent(r.Schemaname) + "." + quoteIdent(r.Relname)
	}
	if b.scope.Columns == nil || len(s.Columns) > 0 {
		return s
	}
	if cols, ok := b.scope.Columns(s.Name); ok {
		v.known = true
		v.cols = make(map[string]string, len(cols))
		for _, c := range cols {
			v.cols[c.Name] = c.Type
			v.order = append(v.order, c.Name)
		}
	}
	return s
}

func (b *builder) cte(name string) (*Query, bool) {
	for i := len(b.frames) - 1; i >= 0; i-- {
		if q, ok := b.frames[i].ctes[name]; ok {
			return q, true
		}
	}
	return nil, false
}

// fill takes the columns from a query's output.
func (v *visible) fill(q *Query, aliases []string) {
	names := aliases
	if q != nil && len(q.Names) > len(names) {
		names = append(slices.Clone(names), q.Names[len(names):]...)
	}
	if len(names) == 0 || q == nil && len(aliases) == 0 {
		return
	}
	v.known = q != nil && !slices.Contains(names, "*")
	v.cols = map[string]string{}
	for i, n := range names {
		if n == "*" {
			continue
		}
		v.cols[n] = ""
		if q != nil && i < len(q.Targets) {
			if c, ok := q.Targets[i].(*Column); ok {
				v.cols[n] = c.Type
			}
		}
		v.order = append(v.order, n)
	}
}

func (b *builder) subselect(f *frame, r *pg.RangeSubselect) Source {
	s := Source{Lateral: r.Lateral, Columns: stringsOf(r.Alias.GetColnames())}
	hidden := f.hidden
	if !r.Lateral {
		f.hidden = len(f.sources)
	}
	if sel := r.Subquery.GetSelectStmt(); sel != nil {
		q, inner := b.query(sel, Statement)
		s.Sub = q
		if inner.outer && len(b.frames) > 0 {
			f.outer = f.outer || !r.Lateral
		}
	} else {
		s.Sub = &Query{Kind: Statement, Targets: []Expr{b.opaque(r.Subquery)}}
	}
	f.hidden = hidden
	s.Alias = b.alias("subquery")
	v := &visible{written: r.Alias.GetAliasname(), alias: s.Alias}
	v.fill(s.Sub, s.Columns)
	f.sources = append(f.sources, v)
	return s
}

func (b *builder) function(f *frame, r *pg.RangeFunction) Source {
	s := Source{Lateral: r.Lateral, Columns: stringsOf(r.Alias.GetColnames())}
	var calls []Expr
	for _, n := range r.Functions {
		if items := n.GetList().GetItems(); len(items) > 0 && items[0].GetNode() != nil {
			calls = append(calls, b.node(items[0]))
		}
	}
	written, name := r.Alias.GetAliasname(), "function"
	if len(calls) == 1 {
		s.Func = calls[0]
		if c, ok := calls[0].(*Call); ok {
			name = bareName(c.Name)
		}
	} else {
		s.Func = &Call{Name: "rows from", Args: calls}
	}
	if written == "" {
		written = name
	}
	s.Alias = b.alias(name)
	v := &visible{written: written, alias: s.Alias, function: len(calls) == 1 && !r.Ordinality && len(r.Coldeflist) == 0}
	v.fill(nil, s.Columns)
	s.Columns = nil // the server always writes them, the author hardly ever
	for _, n := range r.Coldeflist {
		s.Columns = append(s.Columns, n.GetColumnDef().GetColname())
		s.Types = append(s.Types, b.typeName(n.GetColumnDef().GetTypeName()))
	}
	f.sources = append(f.sources, v)
	return s
}

var joins = map[pg.JoinType]string{
	pg.JoinType_JOIN_LEFT: "left", pg.JoinType_JOIN_RIGHT: "right", pg.JoinType_JOIN_FULL: "full",
}

func (b *builder) join(f *frame, j *pg.JoinExpr) ([]Source, []Expr) {
	from := len(f.sources)
	l, lon := b.source(f, j.Larg)
	middle := len(f.sources)
	r, ron := b.source(f, j.Rarg)
	on := []Expr{b.opt(j.Quals)}
	if names := f.shared(j, from, middle); len(names) > 0 {
		for _, name := range names {
			left := owner(f.sources[from:middle], name)
			on = append(on, &Compare{Op: "=", L: left, R: owner(f.sources[middle:], name)})
			if f.merged == nil {
				f.merged = map[string]*Column{}
			}
			f.merged[name] = left
		}
	}
	if j.Alias != nil { // the sources of an aliased join answer to its alias
		for _, s := range f.sources[from:] {
			s.written, s.schema = j.Alias.Aliasname, ""
		}
	}
	on = slices.Concat(lon, ron, on)
	if kind := joins[j.Jointype]; kind != "" {
		return []Source{{Join: &Join{Kind: kind, L: l, R: r, On: conj(on...)}}}, nil
	}
	return append(l, r...), on
}

// shared lists the columns of USING, or of NATURAL where they are known.
func (f *frame) shared(j *pg.JoinExpr, from, middle int) []string {
	if !j.IsNatural {
		return stringsOf(j.UsingClause)
	}
	var names []string
	for _, r := range f.sources[middle:] {
		for _, name := range r.order {
			for _, l := range f.sources[from:middle] {
				if _, ok := l.cols[name]; ok && !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
	}
	return names
}

// owner is the column of the first source that has it.
func owner(list []*visible, name string) *Column {
	for _, s := range list {
		if _, ok := s.cols[name]; ok {
			return s.column(name)
		}
	}
	for _, s := range list {
		if !s.known {
			return s.column(name)
		}
	}
	return &Column{Table: "?", Name: name}
}
