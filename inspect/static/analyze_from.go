package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// from analyses one item of a FROM clause and adds its rows to s, where later
// items see them when they are lateral. outer is what others see.
func (a *analysis) from(n *pg.Node, s *scope) *sqlError {
	rows, err := a.fromItem(n, s)
	if err != nil {
		return err
	}
	for _, w := range rows {
		for _, x := range s.rows {
			if x.alias == w.alias && w.alias != "" && (x.relation.Schema == "" || w.relation.Schema == "" || x.relation == w.relation) {
				return errf("42712", "table name %q specified more than once", w.alias)
			}
		}
	}
	s.rows = append(s.rows, rows...)
	return nil
}

func (a *analysis) fromItem(n *pg.Node, s *scope) ([]*row, *sqlError) {
	switch n := n.GetNode().(type) {
	case *pg.Node_RangeVar:
		w, err := a.rangeVar(n.RangeVar, s)
		return []*row{w}, err
	case *pg.Node_RangeSubselect:
		inner := &scope{outer: s.outer, ctes: s.ctes}
		if n.RangeSubselect.Lateral {
			inner = &scope{outer: s}
		}
		w, err := a.selectStmt(n.RangeSubselect.Subquery.GetSelectStmt(), inner)
		if err != nil {
			return nil, err
		}
		sub := &row{columns: computed(w.columns), complete: w.complete}
		return []*row{sub}, sub.rename(n.RangeSubselect.Alias)
	case *pg.Node_RangeFunction:
		w, err := a.rangeFunction(n.RangeFunction, s)
		return []*row{w}, err
	case *pg.Node_JoinExpr:
		return a.join(n.JoinExpr, s)
	case *pg.Node_RangeTableSample:
		return a.fromItem(n.RangeTableSample.Relation, s)
	case *pg.Node_RangeTableFunc:
		w := &row{}
		return []*row{w}, w.rename(n.RangeTableFunc.Alias)
	}
	return []*row{{}}, nil
}

// computed is columns seen from outside the query that makes them.
func computed(list []rowColumn) []rowColumn {
	out := make([]rowColumn, len(list))
	for i, c := range list {
		out[i] = rowColumn{name: c.name, typ: c.typ, full: c.full}
		if c.typ == literal {
			out[i].typ = "text"
		}
	}
	return out
}

// rename gives a row its alias and its column aliases.
func (w *row) rename(alias *pg.Alias) *sqlError {
	if alias == nil {
		return nil
	}
	w.alias = alias.Aliasname
	list := names(alias.Colnames)
	if len(list) > len(w.columns) && w.complete {
		return errf("42P10", "table %q has %d columns available but %d columns specified", w.alias, len(w.columns), len(list))
	}
	if len(list) > 0 {
		w.columns = append([]rowColumn(nil), w.columns...)
	}
	for i, name := range list {
		if i < len(w.columns) {
			w.columns[i].name = name
		} else {
			w.columns = append(w.columns, rowColumn{name: name})
		}
	}
	return nil
}

// rangeVar is a relation, or a query of WITH.
func (a *analysis) rangeVar(v *pg.RangeVar, s *scope) (*row, *sqlError) {
	if v.Schemaname == "" {
		for at := s; at != nil; at = at.outer {
			for i := len(at.ctes) - 1; i >= 0; i-- {
				if at.ctes[i].alias == v.Relname {
					w := &row{alias: v.Relname, columns: computed(at.ctes[i].columns), complete: at.ctes[i].complete}
					return w, w.rename(v.Alias)
				}
			}
		}
	}
	n, err := a.r.readable(v)
	if err != nil {
		return nil, err
	}
	w := a.r.rowOf(n)
	w.alias = v.Relname
	a.refer(object{aRelation, n, ""})
	return w, w.rename(v.Alias)
}

// readable resolves a relation that a query reads.
func (r *replay) readable(v *pg.RangeVar) (catalog.Name, *sqlError) {
	if v.Schemaname != "" && v.Schemaname != "pg_temp" {
		if !r.hasSchema(v.Schemaname) {
			return catalog.Name{}, missingRelation(v)
		}
		if err := r.mayUse(v.Schemaname); err != nil {
			return catalog.Name{}, err
		}
	}
	rel, name, ok := r.relation(v)
	if !ok {
		if r.isSystemRelation(v) {
			if v.Schemaname == "" {
				name.Schema = "pg_catalog"
			}
			return name, nil
		}
		if r.unlisted() {
			return name, nil
		}
		return name, missingRelation(v).about(catalog.Ref{Kind: "table", Name: name.String()})
	}
	switch rel.Kind {
	case catalog.IndexRelation:
		return name, errf("42809", "cannot open relation %q", v.Relname)
	case catalog.CompositeRelation:
		return name, errf("42809", "cannot open relation %q", v.Relname)
	}
	return rel.Name, nil
}

// rangeFunction is a function in FROM.
func (a *analysis) rangeFunction(n *pg.RangeFunction, s *scope) (*row, *sqlError) {
	out := &row{complete: true}
	for _, call := range calledIn(n) {
		part, err := a.functionRow(call, s, n.Alias.GetAliasname())
		if err != nil {
			return nil, err
		}
		if out.alias == "" {
			out.alias = part.alias
		}
		out.columns = append(out.columns, part.columns...)
		out.complete = out.complete && part.complete
	}
	if len(n.Coldeflist) > 0 {
		out.columns, out.complete = nil, true
		for _, d := range n.Coldeflist {
			typ, err := a.r.typeName(d.GetColumnDef().GetTypeName())
			if err != nil {
				return nil, err
			}
			out.columns = append(out.columns, rowColumn{name: d.GetColumnDef().GetColname(), typ: bareType(typ)})
		}
	}
	if n.Ordinality {
		out.columns = append(out.columns, rowColumn{name: "ordinality", typ: "bigint"})
	}
	return out, out.rename(n.Alias)
}

// calledIn is the functions that FROM calls: unnest with several arguments is
// one call for each (PostgreSQL docs 7.2.1.4).
func calledIn(n *pg.RangeFunction) []*pg.Node {
	var out []*pg.Node
	for _, item := range n.Functions {
		call := item.GetList().GetItems()[0]
		f := call.GetFuncCall()
		if len(f.GetArgs()) < 2 || !slices.Equal(names(f.Funcname), []string{"unnest"}) || f.FuncVariadic {
			out = append(out, call)
			continue
		}
		for _, x := range f.Args {
			out = append(out, &pg.Node{Node: &pg.Node_FuncCall{FuncCall: &pg.FuncCall{Funcname: f.Funcname, Args: []*pg.Node{x}}}})
		}
	}
	return out
}

// functionRow is what a function gives in FROM: the fields of a composite
// result, its OUT arguments, or one column.
func (a *analysis) functionRow(n *pg.Node, s *scope, alias string) (*row, *sqlError) {
	call := n.GetFuncCall()
	if call == nil {
		typ, err := a.expr(n, s)
		name := figureName(n)
		return &row{alias: name, columns: []rowColumn{{name: name, typ: typ}}}, err
	}
	f, typ, err := a.call(call, s, true)
	if err != nil {
		return nil, err
	}
	parts := names(call.Funcname)
	w := &row{alias: parts[len(parts)-1], complete: true}
	if f != nil && f.fn != nil {
		for _, arg := range f.fn.Args {
			if arg.Mode == catalog.ArgOut || arg.Mode == catalog.ArgTable || arg.Mode == catalog.ArgInOut {
				w.columns = append(w.columns, rowColumn{name: arg.Name, typ: bareType(arg.Type)})
			}
		}
		if len(w.columns) > 1 || len(w.columns) == 1 && f.fn.Returns != "" {
			return w, nil
		}
		w.columns = nil
	}
	if n, ok := unprinted(typ); ok && a.r.category(typ) == 'C' {
		fields := a.r.rowOf(n)
		w.columns, w.complete = fields.columns, fields.complete
		return w, nil
	}
	name := alias
	if name == "" {
		name = w.alias
	}
	if typ != "record" {
		w.columns = []rowColumn{{name: name, typ: typ}}
	}
	// A built-in function may name its result otherwise: jsonb_array_elements
	// calls it value.
	w.complete = f != nil && f.fn != nil && typ != "record" && typ != anyKnown
	return w, nil
}
