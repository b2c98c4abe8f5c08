package guard

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"
)

func isAggregate(name string) bool {
	switch name {
	case "count", "string_agg", "array_agg", "bool_or", "bool_and", "every", "min", "max", "sum", "avg", "json_agg", "jsonb_agg", "jsonb_object_agg", "json_object_agg":
		return true
	}
	return false
}

func hasAggregate(list []*pg.Node) bool {
	found := false
	for _, n := range list {
		Visit(n, func(n *pg.Node) bool {
			if f := n.GetFuncCall(); f != nil && f.Over == nil {
				names, _ := parts(f.Funcname)
				found = found || isAggregate(bare(names))
			}
			return n.GetSubLink() == nil && !found
		})
	}
	return found
}

// grouped runs a query with aggregates.
func (e *Env) grouped(q *pg.SelectStmt, found *joined, s *scope) (*Rows, error) {
	out := &Rows{}
	groups := [][]*scope{found.rows}
	if len(q.GroupClause) > 0 {
		var ok bool
		var err error
		if groups, ok, err = e.groups(q, found); err != nil {
			return nil, err
		}
		if !ok {
			e.columns(q.TargetList, out, found.shape)
			return &Rows{Cols: out.Cols, Open: true}, nil
		}
	}
	var keys [][]Value
	for _, g := range groups {
		row := &scope{outer: s, group: g}
		if row.group == nil {
			row.group = []*scope{}
		}
		if len(q.GroupClause) > 0 {
			row.sources = g[0].sources
		}
		if found.open {
			row.group = append(slices.Clone(row.group), nil)
		}
		if q.HavingClause != nil {
			v, err := e.expr(q.HavingClause, row)
			if err != nil {
				return nil, err
			}
			if v.False() {
				continue
			}
			row.maybe = !v.True()
		}
		tuples, err := e.targets(q.TargetList, out, row)
		if err != nil {
			return nil, err
		}
		key, err := e.keys(q.SortClause, out.Cols, tuples[0], row)
		if err != nil {
			return nil, err
		}
		out.Rows, keys = append(out.Rows, tuples...), append(keys, key)
	}
	if len(groups) == 0 {
		e.columns(q.TargetList, out, found.shape)
	}
	if len(q.SortClause) > 0 && len(keys) == len(out.Rows) {
		desc := make([]bool, len(q.SortClause))
		for i, c := range q.SortClause {
			desc[i] = c.GetSortBy().SortbyDir == pg.SortByDir_SORTBY_DESC
		}
		out.Rows, _ = sortKeys(out.Rows, keys, desc)
	}
	return e.limit(q, out, s)
}

// groups divides rows by the values of GROUP BY; ok is false when that is not
// known.
func (e *Env) groups(q *pg.SelectStmt, found *joined) (groups [][]*scope, ok bool, err error) {
	if found.open {
		return nil, false, nil
	}
	var names []string
	for _, t := range q.TargetList {
		names = append(names, targetName(t.GetResTarget()))
	}
	var keys [][]Value
	for _, row := range found.rows {
		key := make([]Value, len(q.GroupClause))
		for i, n := range q.GroupClause {
			if c := n.GetAConst(); c != nil {
				if at := outputColumn(n, names); at >= 0 && at < len(q.TargetList) {
					n = q.TargetList[at].GetResTarget().Val
				}
			}
			if key[i], err = e.expr(n, row); err != nil {
				return nil, false, err
			}
		}
		if row.maybe || !allKnown(key) {
			return nil, false, nil
		}
		at := slices.IndexFunc(keys, func(k []Value) bool { c, ok := orderLists(k, key); return ok && c == 0 })
		if at < 0 {
			keys, groups = append(keys, key), append(groups, nil)
			at = len(keys) - 1
		}
		groups[at] = append(groups[at], row)
	}
	return groups, true, nil
}

// aggregate evaluates an aggregate over the rows of the group. A nil among
// them stands for rows that are not known.
func (e *Env) aggregate(name string, f *pg.FuncCall, s *scope) (Value, error) {
	var items []Value
	var seps Value
	certain := true
	var keys [][]Value
	for _, row := range s.group {
		if row == nil {
			certain = false
			continue
		}
		in := *row
		if f.AggFilter != nil {
			v, err := e.expr(f.AggFilter, &in)
			if err != nil {
				return Value{}, err
			}
			if v.False() {
				continue
			}
			certain = certain && v.True()
		}
		certain = certain && !row.maybe
		v := Of(true)
		if len(f.Args) > 0 {
			args, err := e.list(f.Args, &in)
			if err != nil {
				return Value{}, err
			}
			v = args[0]
			if len(args) > 1 {
				seps = args[1]
			}
		}
		key, err := e.keys(f.AggOrder, nil, Tuple{}, &in)
		if err != nil {
			return Value{}, err
		}
		if name == "count" && v.IsNull() {
			continue
		}
		items, keys = append(items, v), append(keys, key)
	}
	if len(f.AggOrder) > 0 && certain {
		tuples := make([]Tuple, len(items))
		for i, v := range items {
			tuples[i] = Tuple{Values: []Value{v}}
		}
		desc := make([]bool, len(f.AggOrder))
		for i, o := range f.AggOrder {
			desc[i] = o.GetSortBy().SortbyDir == pg.SortByDir_SORTBY_DESC
		}
		tuples, _ = sortKeys(tuples, keys, desc)
		for i, t := range tuples {
			items[i] = t.Values[0]
		}
	}
	if f.AggDistinct {
		r := &Rows{}
		for _, v := range items {
			r.Rows = append(r.Rows, Tuple{Values: []Value{v}})
		}
		distinct(r)
		items = column(r).Items
		certain = certain && allKnown(items)
	}
	return aggregated(name, items, seps, certain), nil
}

func aggregated(name string, items []Value, sep Value, certain bool) Value {
	switch name {
	case "bool_or", "bool_and", "every":
		v := quantified("=", Of(true), Value{Kind: Array, Items: items}, name == "bool_or")
		if certain && len(items) == 0 {
			return null
		}
		if !certain && !(v.Kind == Bool && v.Bool == (name == "bool_or")) {
			return Value{}
		}
		return v
	}
	if !certain {
		return Value{}
	}
	switch {
	case name == "count":
		if !allKnown(items) {
			return Value{}
		}
		return Of(len(items))
	case len(items) == 0:
		return null
	}
	switch name {
	case "array_agg":
		return Value{Kind: Array, Items: items}
	case "string_agg":
		if slices.ContainsFunc(items, func(v Value) bool { return !v.IsNull() }) {
			return join(items, sep, nil)
		}
		return null
	case "min", "max":
		best := items[0]
		for _, v := range items[1:] {
			c, ok := order(v, best)
			if !ok {
				return Value{}
			}
			if (c < 0) == (name == "min") && c != 0 {
				best = v
			}
		}
		if best.Kind != Int {
			return Value{}
		}
		return best
	}
	return Value{}
}
