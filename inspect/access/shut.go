package access

import (
	"cmp"
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// droppingFalse is the first PostgreSQL whose planner looks for a plain false
// among all conditions of a query, those of row level security too, and plans
// none of the others when it finds one. Migrations are judged as PostgreSQL 15
// would (src/backend/optimizer/util/plancat.c: relation_excluded_by_constraints).
const droppingFalse = 170000

// shut finds the first of a command's steps that lets no row through whatever
// it holds, since no policy permits it; -1 where that spares none of the other
// steps.
func (a *asker) shut(steps []step, passages []*passage) int {
	if a.judge.cat.Source.Version < droppingFalse {
		return -1
	}
	for i, p := range passages {
		if steps[i].side == using && p.barred {
			return i
		}
	}
	return -1
}

// spared is what the steps come to when one of them is shut: the conditions of
// the others are not looked at, but what they read is planned and its
// privileges are, and so is whatever is about new rows: those of an UPDATE have
// to be visible as well.
func (a *asker) spared(t *catalog.Table, steps []step, passages []*passage) outcome {
	checks := slices.ContainsFunc(steps, func(s step) bool { return s.side == check })
	var possible *Raise
	for i, p := range passages {
		if !p.early {
			possible = cmp.Or(possible, p.possible)
			continue
		}
		if steps[i].side == check {
			return p.outcome
		}
		if r := a.lasting(t, steps[i], checks && steps[i].command == catalog.ForSelect); r != nil {
			return outcome{raise: r}
		}
	}
	return outcome{t: False, raise: possible}
}

// subselected lists the calls that stand in a sub-select, which is made ready to
// run even if nothing is left that asks for it.
func subselected(e expr.Expr) []*expr.Call {
	out := slices.DeleteFunc(expr.Calls(e), func(c *expr.Call) bool { return !c.Cached && !c.Wrapped })
	for _, q := range expr.Queries(e) {
		out = append(out, expr.Calls(q)...)
	}
	return out
}

// lasting is the error of a step that comes up without its conditions being
// looked at; with checked, they are asked of new rows too.
func (a *asker) lasting(t *catalog.Table, s step, checked bool) *Raise {
	in := *a
	in.tables = append(append([]*catalog.Table(nil), a.tables...), t)
	on := in.applied(t, s.command, s.side)
	if on.recursive != nil {
		return on.recursive
	}
	asked := [][]judged{on.restrictive, on.permissive}
	if on.open {
		asked = asked[:1]
	}
	for _, ask := range []func(*asker, judged) *Raise{
		func(a *asker, x judged) *Raise { return a.forbiddenInside(x.expr, a.unplannable) },
		func(a *asker, x judged) *Raise {
			if r := a.forbiddenInside(x.expr, a.forbiddenIn); r != nil {
				return r
			}
			if checked {
				return a.uncallable(x.policy)
			}
			return a.uncallableOf(x.policy, subselected)
		},
	} {
		for _, list := range asked {
			for _, x := range list {
				if r := ask(&in, x); r != nil {
					return r.by(x.policy)
				}
			}
		}
	}
	return nil
}

// contradicted reports whether a sub-select and the policies of what it reads
// ask for two constants in one column: such a planner may find that false
// before it looks at the other conditions.
func (a *asker) contradicted(t *catalog.Table, p *passage, in within) bool {
	if a.judge.cat.Source.Version < droppingFalse || in.query == nil {
		return false
	}
	e := &equations{table: t, passage: p, in: in}
	e.collect()
	for _, list := range e.columns {
		first := ""
		for _, x := range list {
			c, ok := x.value.(*expr.Const)
			if !ok {
				continue
			}
			if first != "" && first != c.Text {
				return true
			}
			first = c.Text
		}
	}
	return false
}

// perhaps is the error where it may come up or not.
func (r *Raise) perhaps() *Raise {
	out := *r
	out.Possible = true
	return &out
}
