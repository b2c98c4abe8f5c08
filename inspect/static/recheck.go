package static

import (
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// recheck refuses a new type of a column, which it has already, when a check
// constraint or an index does not fit it any more: the server prints and parses
// them again, with literals and conversions in the types that they had
// (PostgreSQL docs: ALTER TABLE).
func (r *replay) recheck(t *catalog.Table, column, old string) *sqlError {
	c := retyped{r, t, column, old}
	for _, k := range t.Checks {
		if err := c.condition(k.Expr, "CHECK"); err != nil {
			return err
		}
	}
	for _, i := range t.Indexes {
		for _, e := range i.Exprs {
			if _, err := c.typ(e); err != nil {
				return err
			}
		}
		if err := c.condition(i.Where, "WHERE"); err != nil {
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

// A change is the type of an expression before and after.
type change struct{ old, new string }

var (
	changeless = change{anyKnown, anyKnown}
	truth      = change{"boolean", "boolean"}
)

// condition refuses what is not boolean any more.
func (c retyped) condition(e expr.Expr, word string) *sqlError {
	if e == nil {
		return nil
	}
	typ, err := c.typ(e)
	if err == nil && typ.new != typ.old && c.r.baseType(typ.new) != "boolean" && c.r.solid(typ.new) {
		err = errf("42804", "argument of %s must be type boolean, not type %s", word, typ.new)
	}
	return err
}

func (c retyped) conditions(list []expr.Expr, word string) (change, *sqlError) {
	for _, e := range list {
		if err := c.condition(e, word); err != nil {
			return truth, err
		}
	}
	return truth, nil
}

// typ is the type of an expression. It refuses one that has none any more.
func (c retyped) typ(e expr.Expr) (change, *sqlError) {
	switch x := e.(type) {
	case *expr.Column:
		if x.Table != "" {
			return changeless, nil
		}
		if x.Name == c.column {
			w, _ := c.t.Column(c.column)
			return change{c.old, bareType(w.Type)}, nil
		}
		if w, ok := c.t.Column(x.Name); ok {
			return change{bareType(w.Type), bareType(w.Type)}, nil
		}
		return changeless, nil
	case *expr.Const:
		if x.Null || x.Type == "" {
			return change{literal, literal}, nil
		}
		return change{bareType(x.Type), bareType(x.Type)}, nil
	case *expr.And:
		return c.conditions(x.Args, "AND")
	case *expr.Or:
		return c.conditions(x.Args, "OR")
	case *expr.Not:
		return truth, c.condition(x.X, "NOT")
	case *expr.BoolTest:
		return truth, c.condition(x.X, "IS TRUE")
	case *expr.IsNull:
		_, err := c.typ(x.X)
		return truth, err
	case *expr.Compare:
		return c.operator(x.Op, x.L, x.R)
	case *expr.Operator:
		if x.L == nil {
			_, err := c.typ(x.R)
			return changeless, err
		}
		return c.operator(x.Op, x.L, x.R)
	case *expr.IsDistinct:
		return c.operator("=", x.L, x.R)
	case *expr.NullIf:
		if _, err := c.operator("=", x.X, x.Y); err != nil {
			return changeless, err
		}
		return c.typ(x.X)
	case *expr.In:
		for _, y := range x.List {
			if _, err := c.operator("=", x.X, y); err != nil {
				return truth, err
			}
		}
		return truth, nil
	case *expr.AnyOf:
		return truth, c.anyOf(x)
	case *expr.Coalesce:
		return c.common("COALESCE", x.Args)
	case *expr.Case:
		return c.cases(x)
	case *expr.Array:
		elem, err := c.common("ARRAY", x.Elems)
		if err != nil || elem.old == anyKnown || elem.new == anyKnown {
			return changeless, err
		}
		return change{elem.old + "[]", elem.new + "[]"}, nil
	case *expr.Cast:
		return c.cast(x)
	case *expr.Collate:
		return c.typ(x.X)
	case *expr.Call:
		return c.call(x)
	}
	return changeless, nil
}
