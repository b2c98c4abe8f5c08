package access

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// forbidden is the error with which PostgreSQL ends a query before it looks at
// any row: a policy reads a relation or calls a function that the role may
// not, or needs itself to be decided. With open, one of the permissive ones is
// plainly true.
func (a *asker) forbidden(p *passage, s side, open bool) *Raise {
	for _, ask := range []func(judged) *Raise{
		func(x judged) *Raise {
			if s == check {
				return nil // nothing is estimated
			}
			return a.machine().planned(x.expr)
		},
		func(x judged) *Raise {
			return a.forbiddenInside(x.expr, a.unplannable)
		},
		func(x judged) *Raise {
			if r := a.forbiddenInside(x.expr, a.forbiddenIn); r != nil {
				return r
			}
			return a.uncallable(x.policy)
		},
	} {
		asked := [][]judged{p.restrictive, p.permissive}
		if open {
			asked = asked[:1]
		}
		for _, list := range asked {
			for _, x := range list {
				if r := ask(x); r != nil {
					return r.by(x.policy)
				}
			}
		}
	}
	return nil
}

// by says which policy raises, unless another one, deeper, does.
func (r *Raise) by(p *catalog.Policy) *Raise { blame(r, p, using); return r }

// forbiddenInside asks of each sub-select that is not a function's own.
func (a *asker) forbiddenInside(e expr.Expr, ask func(*expr.Query) *Raise) *Raise {
	for _, q := range alive(e) {
		if q.Helper == "" {
			if r := ask(q); r != nil {
				return r
			}
		}
	}
	return nil
}

// unplannable is the error of a policy of what the sub-select reads that comes
// up while the query is planned, before any privilege is looked at.
func (a *asker) unplannable(q *expr.Query) *Raise {
	return a.inner(q, func(p *passage) bool { return p.early && p.raise.SQLState != "42501" }, (*asker).unplannable)
}

// forbiddenIn is the error of a role that may not read what the sub-select
// reads.
func (a *asker) forbiddenIn(q *expr.Query) *Raise {
	for _, s := range expr.Sources(q.From) {
		if s.Name != "" && !s.CTE {
			if r := a.denied(catalog.ParseName(s.Name), q); r != nil {
				return r
			}
		}
	}
	return a.inner(q, func(p *passage) bool { return p.early }, (*asker).forbiddenIn)
}

// inner is the error of a passage, of one that fits, to what the sub-select
// reads; again asks of the query of a view, as who reads it.
func (a *asker) inner(q *expr.Query, fits func(*passage) bool, again func(*asker, *expr.Query) *Raise) *Raise {
	for _, s := range expr.Sources(q.From) {
		if s.Name == "" || s.CTE {
			continue
		}
		n := catalog.ParseName(s.Name)
		if t, ok := a.judge.cat.Tables.Get(n); ok {
			if p := a.pass(t, catalog.ForSelect, using); fits(p) {
				return p.raise
			}
			continue
		}
		if v, ok := a.judge.cat.Views.Get(n); ok && !v.Materialized {
			as, ok := a.reading(v)
			if x, isQuery := v.Query.(*expr.Query); ok && isQuery {
				if r := again(&as, x); r != nil {
					return r
				}
			}
		}
	}
	return nil
}

// reading is who reads what a view reads; not ok when that is not known.
func (a *asker) reading(v *catalog.View) (asker, bool) {
	as := *a
	switch {
	case !v.SecurityInvoker.Known, !v.SecurityInvoker.Value && !v.Owner.Known:
		return as, false
	case !v.SecurityInvoker.Value:
		as.role = v.Owner.Value
	}
	return as, true
}

// uncallable is the error of a role that may not execute a function which the
// policy calls.
func (a *asker) uncallable(p *catalog.Policy) *Raise { return a.uncallableOf(p, expr.Calls) }

// uncallableOf is uncallable of some of the calls in its expressions.
func (a *asker) uncallableOf(p *catalog.Policy, calls func(expr.Expr) []*expr.Call) *Raise {
	for _, e := range []expr.Expr{p.Using, p.Check} {
		for _, x := range calls(e) {
			o, ok := a.judge.cat.Functions.Get(catalog.ParseName(x.Name))
			if !ok || len(o.Functions) != 1 || !strings.Contains(x.Name, ".") {
				continue
			}
			if a.judge.cat.MayExecute(a.role, o.Functions[0]).IsNot(true) {
				return &Raise{SQLState: "42501", Message: "permission denied for function " + o.Name.Name + " (role " + a.role + " may not execute it)", Expr: x}
			}
		}
	}
	return nil
}
