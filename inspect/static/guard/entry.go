package guard

import (
	pg "github.com/pganalyze/pg_query_go/v5"
)

// entry is the rows of one table, sub-select or function.
func (e *Env) entry(n *pg.Node, s *scope) (string, *Rows, error) {
	switch n := n.GetNode().(type) {
	case *pg.Node_RangeVar:
		alias := n.RangeVar.Relname
		if n.RangeVar.Alias != nil {
			alias = n.RangeVar.Alias.Aliasname
		}
		rows, err := e.relation(n.RangeVar, s)
		if err != nil {
			return "", nil, err
		}
		return alias, renamed(rows, n.RangeVar.Alias.GetColnames()), nil
	case *pg.Node_RangeSubselect:
		q := n.RangeSubselect.Subquery.GetSelectStmt()
		rows, err := e.query(q, s)
		if err != nil {
			return "", nil, err
		}
		return n.RangeSubselect.Alias.GetAliasname(), renamed(rows, n.RangeSubselect.Alias.GetColnames()), nil
	case *pg.Node_RangeFunction:
		return e.rangeFunction(n.RangeFunction, s)
	}
	return "", unknownRows(), nil
}

// rangeFunction is a function in FROM.
func (e *Env) rangeFunction(f *pg.RangeFunction, s *scope) (string, *Rows, error) {
	alias := f.Alias.GetAliasname()
	if len(f.Functions) != 1 || len(f.Coldeflist) > 0 {
		return alias, unknownRows(), nil
	}
	call := f.Functions[0].GetList().GetItems()[0].GetFuncCall()
	if call == nil {
		return alias, unknownRows(), nil
	}
	names, _ := parts(call.Funcname)
	name := names[len(names)-1]
	if alias == "" {
		alias = name
	}
	if name == "pg_event_trigger_ddl_commands" {
		return alias, renamed(e.commands(), f.Alias.GetColnames()), nil
	}
	items, ok, err := e.set(call, s)
	if err != nil {
		return "", nil, err
	}
	if !ok {
		v, err := e.call(call, s)
		if err != nil {
			return "", nil, err
		}
		if v.Kind == Unknown {
			return alias, &Rows{Open: true, wild: true}, nil
		}
		items = &Value{Kind: Array, Items: []Value{v}}
	}
	if items == nil {
		return alias, unknownRows(), nil
	}
	out := &Rows{Cols: []string{name}}
	if f.Alias != nil {
		out.Cols[0] = alias
	}
	if f.Ordinality {
		out.Cols = append(out.Cols, "ordinality")
	}
	for i, v := range items.Items {
		row := []Value{v}
		if f.Ordinality {
			row = append(row, Of(i+1))
		}
		out.Rows = append(out.Rows, Tuple{Values: row})
	}
	return alias, renamed(out, f.Alias.GetColnames()), nil
}
