package static

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// recheck refuses a new type of a column, which it has already, when a check
// constraint or an index predicate does not fit it any more: the server parses
// them again, with their literals in the type that they had (PostgreSQL docs:
// ALTER TABLE). It judges only what compares the column itself.
func (r *replay) recheck(t *catalog.Table, column, old string) *sqlError {
	switch old {
	case "text", "integer", "bigint", "smallint", "numeric", "boolean", "uuid", "date", "jsonb",
		"timestamp with time zone", "timestamp without time zone":
	default: // such as varchar, of which comparisons go through text
		if !strings.HasSuffix(old, "[]") {
			return nil
		}
	}
	c := retyped{r, t, column, old}
	var all []expr.Expr
	for _, k := range t.Checks {
		all = append(all, k.Expr)
	}
	for _, i := range t.Indexes {
		all = append(all, i.Where)
	}
	for _, e := range all {
		if err := c.condition(e); err != nil {
			return err
		}
		if err := c.members(e); err != nil {
			return err
		}
	}
	return nil
}

// retyped is a column whose type has changed from old.
type retyped struct {
	r      *replay
	t      *catalog.Table
	column string
	old    string
}

// condition judges what must be boolean.
func (c retyped) condition(e expr.Expr) *sqlError {
	switch x := e.(type) {
	case *expr.And:
		return c.conditions(x.Args)
	case *expr.Or:
		return c.conditions(x.Args)
	case *expr.Not:
		return c.condition(x.X)
	case *expr.BoolTest:
		return c.condition(x.X)
	case *expr.Column:
		if typ := c.typeOf(x); c.is(x) && typ != "boolean" && c.r.solid(typ) {
			return errf("42804", "argument of CHECK must be type boolean, not type %s", typ)
		}
	case *expr.Compare:
		return c.compare(x.Op, x.L, x.R)
	case *expr.AnyOf:
		if typ := c.typeOf(x.Array); c.is(x.Array) && c.r.solid(typ) && !strings.HasSuffix(typ, "[]") {
			return errf("42809", "op ANY/ALL (array) requires array on right side")
		}
	case *expr.In:
		for _, y := range x.List {
			if err := c.compare("=", x.X, y); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c retyped) conditions(list []expr.Expr) *sqlError {
	for _, e := range list {
		if err := c.condition(e); err != nil {
			return err
		}
	}
	return nil
}

// members judges -> and its like on the column, wherever they stand.
func (c retyped) members(e expr.Expr) (err *sqlError) {
	expr.Walk(e, func(e expr.Expr) bool {
		x, ok := e.(*expr.Operator)
		if !ok || err != nil || !c.is(x.L) {
			return err == nil
		}
		k, ok := x.R.(*expr.Const)
		if !ok || k.Null || x.Op != "->" && x.Op != "->>" {
			return true
		}
		right := "text"
		if k.IsNumber() {
			right = "integer"
		}
		_, err = c.r.analysis(inTransform).operator(x.Op, nil, nil, c.typeOf(x.L), right)
		return err == nil
	})
	return err
}

// compare judges an operator between the column and a literal or another
// column.
func (c retyped) compare(op string, l, r expr.Expr) *sqlError {
	if !c.is(l) && !c.is(r) {
		return nil
	}
	left, right := c.typeOf(l), c.typeOf(r)
	if left == anyKnown || right == anyKnown {
		return nil
	}
	_, err := c.r.analysis(inTransform).operator(op, nil, nil, left, right)
	return err
}

// is reports whether the expression is the column.
func (c retyped) is(e expr.Expr) bool {
	x, ok := e.(*expr.Column)
	return ok && x.Table == "" && x.Name == c.column
}

// number reports whether the expression is a whole number.
func (c retyped) number(e expr.Expr) bool {
	k, ok := e.(*expr.Const)
	return ok && !k.Null && k.Type == "integer"
}

// typeOf is the type of a column, literal or sum of literals, anyKnown for everything else.
func (c retyped) typeOf(e expr.Expr) string {
	switch x := e.(type) {
	case *expr.Column:
		if col, ok := c.t.Column(x.Name); ok && x.Table == "" {
			return bareType(col.Type)
		}
	case *expr.Operator:
		if x.L != nil && c.number(x.L) && c.number(x.R) {
			return "integer"
		}
	case *expr.Const:
		switch {
		case x.Null:
			return anyKnown
		case x.Type != "":
			return x.Type
		}
		return c.old
	}
	return anyKnown
}
