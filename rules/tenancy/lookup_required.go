package tenancy

import "policylint/inspect/expr"

// required calls found with the sub-selects that may make the condition true
// by what they find, and with what their value must equal, nil for anything.
func required(e expr.Expr, found func(q *expr.Query, test expr.Expr)) {
	switch x := bare(e).(type) {
	case *expr.And:
		for _, a := range x.Args {
			required(a, found)
		}
	case *expr.Or:
		for _, a := range x.Args {
			required(a, found)
		}
	case *expr.Coalesce:
		required(x.Args[0], found)
	case *expr.BoolTest:
		if x.Value == "true" && !x.Not {
			required(x.X, found)
		}
	case *expr.Query:
		switch {
		case x.Kind == expr.Exists:
			found(x, nil)
		case x.Kind == expr.Any && x.Op == "=":
			found(x, x.Test)
		case x.Kind == expr.Scalar:
			found(x, &expr.Const{Type: "boolean", Text: "true"})
		}
	case *expr.Compare:
		switch q, ok := bare(x.L).(*expr.Query); {
		case x.Op == "=":
			equals(x.L, x.R, found)
			equals(x.R, x.L, found)
		case ok && (x.Op == ">" || x.Op == ">=") && counts(q):
			found(q, nil)
		}
	case *expr.In:
		if !x.Not {
			equals(x.X, x.List[0], found)
		}
	case *expr.AnyOf:
		if x.Op == "=" && !x.All && !readsSession(x.Array) {
			equals(x.X, &expr.Const{}, found)
		}
	}
}

// counts reports whether a query is (select count(…) …).
func counts(q *expr.Query) bool {
	if q.Kind != expr.Scalar || len(q.Targets) != 1 {
		return false
	}
	c, ok := q.Targets[0].(*expr.Call)
	return ok && c.Name == "count"
}

func equals(e, test expr.Expr, found func(q *expr.Query, test expr.Expr)) {
	e = bare(e)
	if c, ok := e.(*expr.Coalesce); ok {
		e = bare(c.Args[0])
	}
	if q, ok := e.(*expr.Query); ok && q.Kind == expr.Scalar {
		found(q, test)
	}
}
