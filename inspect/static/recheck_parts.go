package static

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// into is the type that an operand has when it is parsed again. A literal and
// what was converted were printed with a cast to the type that was wanted; it
// refuses a cast that there is none of.
func (c retyped) into(x change, want string) (string, *sqlError) {
	if isPolymorphic(want) || x.old == want || x.old == anyKnown {
		return x.new, nil
	}
	if x.old != literal && !c.r.converts(x.new, want, explicit) {
		return "", errf("42846", "cannot cast type %s to %s", x.new, want)
	}
	return want, nil
}

// operator judges a binary operator.
func (c retyped) operator(op string, l, r expr.Expr) (change, *sqlError) {
	left, err := c.typ(l)
	if err != nil {
		return changeless, err
	}
	right, err := c.typ(r)
	if err != nil {
		return changeless, err
	}
	return c.binary(op, asLiteral(l, left, right), asLiteral(r, right, left))
}

// asLiteral is a constant of the other operand's type as what it may have been
// in the text: it takes that type where the operator wants it.
func asLiteral(e expr.Expr, typ, other change) change {
	if k, ok := e.(*expr.Const); ok && !k.IsBool() && !k.IsNumber() && typ.old == other.old {
		return change{literal, literal}
	}
	return typ
}

// binary judges a binary operator on operands of the given types.
func (c retyped) binary(op string, left, right change) (change, *sqlError) {
	was, ok, err := c.r.pick(op, left.old, right.old)
	if err != nil || !ok || left.new == anyKnown || right.new == anyKnown {
		return changeless, nil // nothing is known of how it was understood
	}
	out := change{old: c.r.resultType(was, []string{left.old, right.old})}
	// A literal beside a polymorphic operand had the other's type.
	if isPolymorphic(was.args[0]) && left.old == literal {
		left = change{right.old, right.old}
	}
	if isPolymorphic(was.args[1]) && right.old == literal {
		right = change{left.old, left.old}
	}
	if left.new, err = c.into(left, was.args[0]); err != nil {
		return changeless, err
	}
	if right.new, err = c.into(right, was.args[1]); err != nil {
		return changeless, err
	}
	is, ok, err := c.r.pick(op, left.new, right.new)
	if err != nil || !ok {
		return changeless, err
	}
	out.new = c.r.resultType(is, []string{left.new, right.new})
	return out, nil
}

// anyOf judges op ANY (array).
func (c retyped) anyOf(x *expr.AnyOf) *sqlError {
	left, err := c.typ(x.X)
	if err != nil {
		return err
	}
	array, err := c.typ(x.Array)
	if err != nil {
		return err
	}
	old, ok := elementType(c.r.baseType(array.old))
	if !ok {
		return nil
	}
	elem, ok := elementType(c.r.baseType(array.new))
	if !ok {
		if !c.r.solid(array.new) {
			return nil
		}
		return errf("42809", "op ANY/ALL (array) requires array on right side")
	}
	_, err = c.binary(x.Op, left, change{old, elem})
	return err
}

// common judges expressions that must agree on a type.
func (c retyped) common(word string, list []expr.Expr) (change, *sqlError) {
	var all []change
	var old, now []string
	for _, e := range list {
		x, err := c.typ(e)
		if err != nil {
			return changeless, err
		}
		all, old = append(all, x), append(old, x.old)
	}
	was, err := c.r.commonType(word, old)
	if err != nil || was == anyKnown {
		return changeless, nil
	}
	for _, x := range all {
		typ, err := c.into(x, was)
		if err != nil {
			return changeless, err
		}
		now = append(now, typ)
	}
	is, err := c.r.commonType(word, now)
	return change{was, is}, err
}

// cases judges a CASE.
func (c retyped) cases(x *expr.Case) (change, *sqlError) {
	var results []expr.Expr
	if x.Else != nil {
		results = append(results, x.Else)
	}
	for _, w := range x.Whens {
		var err *sqlError
		if x.Operand != nil {
			_, err = c.operator("=", x.Operand, w.Cond)
		} else {
			err = c.condition(w.Cond, "CASE/WHEN")
		}
		if err != nil {
			return changeless, err
		}
		results = append(results, w.Result)
	}
	return c.common("CASE", results)
}

// cast judges a conversion that was written.
func (c retyped) cast(x *expr.Cast) (change, *sqlError) {
	from, err := c.typ(x.X)
	if err != nil {
		return changeless, err
	}
	to := bareType(x.Type)
	if from.old != from.new && !c.r.converts(from.new, to, explicit) {
		return changeless, errf("42846", "cannot cast type %s to %s", from.new, to)
	}
	return change{to, to}, nil
}

// call judges a function's arguments.
func (c retyped) call(x *expr.Call) (change, *sqlError) {
	var args []change
	var old, now []string
	for _, e := range x.Args {
		typ, err := c.typ(e)
		if err != nil {
			return changeless, err
		}
		args, old = append(args, typ), append(old, typ.old)
	}
	switch x.Name {
	case "greatest", "least":
		return c.common(strings.ToUpper(x.Name), x.Args)
	}
	name := catalog.Name{Schema: "pg_catalog", Name: x.Name}
	if strings.Contains(x.Name, ".") {
		name = catalog.ParseName(x.Name)
	}
	all, certain := c.r.routines([]string{name.Schema, name.Name})
	var list []candidate
	for i, f := range all {
		if want, ok := f.argsFor(len(args), x.Variadic); ok {
			list = append(list, candidate{want, f.returns, i})
		}
	}
	was := c.r.choose(list, old)
	if len(was) != 1 {
		return changeless, nil
	}
	for i, a := range args {
		typ, err := c.into(a, was[0].args[i])
		if err != nil {
			return changeless, err
		}
		if typ == anyKnown || typ != literal && !c.r.solid(typ) {
			return changeless, nil
		}
		now = append(now, typ)
	}
	is := c.r.choose(list, now)
	switch {
	case len(is) == 0 && certain:
		return changeless, errf("42883", "function %s(%s) does not exist", x.Name, strings.Join(now, ", "))
	case len(is) != 1:
		return changeless, nil
	}
	return change{c.r.resultType(was[0], old), c.r.resultType(is[0], now)}, nil
}
