package access

import (
	"cmp"
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// forbidden is the error with which PostgreSQL ends a query before it looks at
// any row: a policy reads a relation or calls a function that the role may
// not, or needs itself to be decided. With open, one of the permissive ones is
// plainly true. It is a possible one where that is the planner's choice.
func (a *asker) forbidden(t *catalog.Table, p *passage, s side, open bool, in within) *Raise {
	by := &equations{table: t, passage: p, in: in}
	var possible *Raise
	for _, ask := range []func(judged) *Raise{
		func(x judged) *Raise {
			if s == check {
				return nil // nothing is estimated
			}
			return a.machine().planned(x.expr, by)
		},
		func(x judged) *Raise {
			return a.forbiddenInside(x.expr, a.unplannable)
		},
		func(x judged) *Raise {
			if possible != nil {
				return nil
			}
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
				r := ask(x)
				if r != nil && !r.Possible {
					return r.by(x.policy)
				}
				if r != nil && possible == nil {
					possible = r.by(x.policy)
				}
			}
		}
	}
	return possible
}

// by says which policy raises, unless another one, deeper, does.
func (r *Raise) by(p *catalog.Policy) *Raise { blame(r, p, using); return r }

// forbiddenInside asks of each sub-select that is not a function's own.
func (a *asker) forbiddenInside(e expr.Expr, ask func(*expr.Query, within) *Raise) *Raise {
	var possible *Raise
	for _, q := range alive(e) {
		if q.Helper != "" {
			continue
		}
		r := ask(q, within{root: e})
		if r != nil && !r.Possible {
			return r
		}
		possible = cmp.Or(possible, r)
	}
	return possible
}

// unplannable is the error of a policy of what the sub-select reads that comes
// up while the query is planned, before any privilege is looked at.
func (a *asker) unplannable(q *expr.Query, in within) *Raise {
	var possible *Raise
	r := a.inner(q, in, func(t *catalog.Table, in within) *Raise {
		p := a.passIn(t, in)
		if p.early && p.raise.SQLState != "42501" {
			return p.raise
		}
		possible = cmp.Or(possible, p.possible)
		return nil
	}, (*asker).unplannable)
	return cmp.Or(r, possible)
}

// forbiddenIn is the error of a role that may not read what the sub-select
// reads.
func (a *asker) forbiddenIn(q *expr.Query, in within) *Raise {
	for _, s := range expr.Sources(q.From) {
		if s.Name != "" && !s.CTE {
			if r := a.denied(catalog.ParseSource(s.Name), q); r != nil {
				return r
			}
		}
	}
	return a.inner(q, in, func(t *catalog.Table, in within) *Raise {
		if p := a.passIn(t, in); p.early {
			return p.raise
		}
		return nil
	}, (*asker).forbiddenIn)
}

// inner asks of each table that the sub-select reads; again asks of the query
// of a view, as who reads it.
func (a *asker) inner(q *expr.Query, in within, ask func(*catalog.Table, within) *Raise, again func(*asker, *expr.Query, within) *Raise) *Raise {
	in.query = q
	for _, s := range expr.Sources(q.From) {
		if s.Name == "" || s.CTE {
			continue
		}
		n := catalog.ParseSource(s.Name)
		if t, ok := a.judge.cat.Tables.Get(n); ok {
			in.alias = s.Alias
			if r := ask(t, in); r != nil {
				return r
			}
			continue
		}
		if v, ok := a.judge.cat.Views.Get(n); ok && !v.Materialized {
			as, ok := a.reading(v)
			if x, isQuery := v.Query.(*expr.Query); ok && isQuery {
				if r := again(&as, x, within{view: true, vague: in.vague || equates(q, s.Alias)}); r != nil {
					return r
				}
			}
		}
	}
	return nil
}

// equates reports whether a sub-select equates something with a column of what
// it reads.
func equates(q *expr.Query, alias string) bool {
	return slices.ContainsFunc(spread(q.Where), func(x expr.Expr) bool {
		c, ok := x.(*expr.Compare)
		return ok && c.Op == "=" && slices.ContainsFunc(expr.Columns(c), func(c *expr.Column) bool { return c.Table == alias })
	})
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
