package guard

import (
	pg "github.com/pganalyze/pg_query_go/v5"
)

// subLink evaluates EXISTS, IN (SELECT), = ANY (SELECT), ARRAY(SELECT) and a
// scalar sub-select.
func (e *Env) subLink(l *pg.SubLink, s *scope) (Value, error) {
	q := l.Subselect.GetSelectStmt()
	if q == nil {
		return Value{}, nil
	}
	rows, err := e.query(q, s)
	if err != nil {
		return Value{}, err
	}
	switch l.SubLinkType {
	case pg.SubLinkType_EXISTS_SUBLINK:
		return exists(rows), nil
	case pg.SubLinkType_EXPR_SUBLINK:
		switch {
		case !rows.Certain() || len(rows.Rows) > 1:
			return Value{}, nil
		case len(rows.Rows) == 0:
			return null, nil
		case len(rows.Rows[0].Values) == 0:
			return Value{}, nil
		}
		return rows.Rows[0].Values[0], nil
	case pg.SubLinkType_ARRAY_SUBLINK:
		if !rows.Certain() {
			return Value{}, nil
		}
		return column(rows), nil
	case pg.SubLinkType_ANY_SUBLINK, pg.SubLinkType_ALL_SUBLINK:
		return e.quantifiedQuery(l, rows, s)
	}
	return Value{}, nil
}

// exists reports whether there is a row.
func exists(r *Rows) Value {
	for _, t := range r.Rows {
		if !t.Maybe {
			return Of(true)
		}
	}
	if r.Open || len(r.Rows) > 0 {
		return Value{}
	}
	return Of(false)
}

// column is the first column as an array.
func column(r *Rows) Value {
	out := Value{Kind: Array}
	for _, t := range r.Rows {
		if len(t.Values) == 0 {
			return Value{}
		}
		out.Items = append(out.Items, t.Values[0])
	}
	return out
}

func (e *Env) quantifiedQuery(l *pg.SubLink, rows *Rows, s *scope) (Value, error) {
	x, err := e.expr(l.Testexpr, s)
	if err != nil {
		return Value{}, err
	}
	op := "="
	if names, _ := parts(l.OperName); len(names) > 0 {
		op = names[len(names)-1]
	}
	any := l.SubLinkType == pg.SubLinkType_ANY_SUBLINK
	result := Of(!any)
	if rows.Open {
		result = Value{}
	}
	for _, t := range rows.Rows {
		var y Value
		switch {
		case x.Kind == Row:
			y = Value{Kind: Row, Items: t.Values}
		case len(t.Values) > 0:
			y = t.Values[0]
		}
		switch v := apply(op, x, y); {
		case v.Kind == Bool && v.Bool == any:
			if !t.Maybe {
				return v, nil
			}
			result = Value{}
		case v.Kind == Unknown, v.Kind == Null && t.Maybe:
			result = Value{}
		case v.Kind == Null && result.Kind != Unknown:
			result = null
		}
	}
	return result, nil
}
