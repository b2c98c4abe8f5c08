package access

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// dataRows: there may be rows, or none.
var dataRows = outcome{t: True | False, row: true}

// relation is whether the asker finds any row in a table or view that a
// sub-select of a policy reads.
func (a *asker) relation(n catalog.Name, q *expr.Query) outcome {
	as := *a
	if q.Definer {
		owner, ok := a.definer(q.Helper)
		if !ok {
			return outcome{t: True | False, unknown: "whose rights function " + q.Helper + " has"}
		}
		as.role = owner
	}
	if r := as.denied(n, q); r != nil {
		return outcome{raise: r}
	}
	if t, ok := a.judge.cat.Tables.Get(n); ok {
		return as.tableRows(t)
	}
	if v, ok := a.judge.cat.Views.Get(n); ok {
		return as.viewRows(v)
	}
	return outcome{t: True | False, unknown: "what " + n.String() + " is"}
}

// tableRows is whether the asker can see any row of the table.
func (a *asker) tableRows(t *catalog.Table) outcome {
	p := a.pass(t, catalog.ForSelect, using)
	switch {
	case p.running:
		return outcome{raise: &Raise{SQLState: "42P17", Message: "infinite recursion detected in policy for relation " + quoted(t.Name.Name)}}
	case p.sure():
		return outcome{raise: p.raise}
	case !p.t.Can(True):
		return outcome{t: False, raise: p.raise}
	case p.t == True || p.row || p.unknown == "":
		out := dataRows
		out.raise = p.raise
		return out
	}
	return outcome{t: True | False, unknown: p.unknown, raise: p.raise}
}

// viewRows is whether the asker can see any row of the view.
func (a *asker) viewRows(v *catalog.View) outcome {
	q, ok := v.Query.(*expr.Query)
	if v.Materialized || !ok {
		return dataRows
	}
	as := *a
	switch {
	case !v.SecurityInvoker.Known:
		return outcome{t: True | False, unknown: "with whose rights " + v.Name.String() + " reads"}
	case !v.SecurityInvoker.Value && !v.Owner.Known:
		return outcome{t: True | False, unknown: "who owns " + v.Name.String()}
	case !v.SecurityInvoker.Value:
		as.role = v.Owner.Value
	}
	return as.machine().rows(q)
}

// definer is the owner of a SECURITY DEFINER function.
func (a *asker) definer(helper string) (string, bool) {
	o, ok := a.judge.cat.Functions.Get(catalog.ParseName(helper))
	if !ok {
		return "", false
	}
	owner := ""
	for _, f := range o.Functions {
		if !f.Owner.Known || owner != "" && owner != f.Owner.Value {
			return "", false
		}
		owner = f.Owner.Value
	}
	return owner, owner != ""
}

// denied is the error of a role that may not read the relation; nil when it
// may, or when that is not known.
func (a *asker) denied(n catalog.Name, q *expr.Query) *Raise {
	c := a.judge.cat
	no := &Raise{SQLState: "42501", Message: "permission denied for table " + n.Name + " (role " + a.role + " may not select from it)"}
	if t, ok := c.Tables.Get(n); ok {
		whole := c.MayTable(a.role, t, catalog.Select)
		if !whole.Known || whole.Value {
			return nil
		}
		if c.MayAnyColumn(a.role, t, catalog.Select).IsNot(true) {
			no.Origin = whole.Origin
			return no
		}
		for _, col := range columnsOf(q, n) {
			if f := c.MayColumn(a.role, t, col, catalog.Select); f.IsNot(true) {
				return no
			}
		}
		return nil
	}
	if v, ok := c.Views.Get(n); ok && !v.Unsure.Any(catalog.Grants) {
		if c.Allows(&v.Grants, a.role, catalog.Select).IsNot(true) {
			no.Message = "permission denied for view " + n.Name
			return no
		}
	}
	return nil
}

// columnsOf are the columns that the query reads of one of its sources.
func columnsOf(q *expr.Query, n catalog.Name) []string {
	var out []string
	for _, s := range expr.Sources(q.From) {
		if s.Name == "" || catalog.ParseName(s.Name) != n {
			continue
		}
		for _, c := range expr.Columns(q) {
			if c.Table == s.Alias && c.Name != "*" {
				out = append(out, c.Name)
			}
		}
	}
	return out
}

// forbidden is the error with which PostgreSQL ends a query before it looks at
// any row: a policy reads a relation or calls a function that the role may
// not, or needs itself to be decided. With open, one of the permissive ones is
// plainly true.
func (a *asker) forbidden(p *passage, open bool) *Raise {
	for _, list := range [][]judged{p.restrictive, p.permissive} {
		for _, x := range list {
			for _, q := range expr.Queries(x.expr) {
				if q.Helper != "" {
					continue // read when the function is called
				}
				if r := a.recursive(q); r != nil {
					return r.by(x.policy)
				}
			}
		}
	}
	for _, ask := range []func(judged) *Raise{
		func(x judged) *Raise { return a.machine().planned(x.expr) },
		func(x judged) *Raise {
			for _, q := range expr.Queries(x.expr) {
				if q.Helper == "" {
					if r := a.forbiddenIn(q); r != nil {
						return r
					}
				}
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

// recursive is the error of a policy that needs itself to be decided.
func (a *asker) recursive(q *expr.Query) *Raise {
	for _, s := range expr.Sources(q.From) {
		if s.Name == "" || s.CTE {
			continue
		}
		t, ok := a.judge.cat.Tables.Get(catalog.ParseName(s.Name))
		if !ok {
			continue
		}
		inner := a.pass(t, catalog.ForSelect, using)
		switch {
		case inner.running:
			return &Raise{SQLState: "42P17", Message: "infinite recursion detected in policy for relation " + quoted(t.Name.Name)}
		case inner.sure() && inner.raise.SQLState == "42P17":
			return inner.raise
		}
	}
	return nil
}

// planned is the error that the planner already meets: to estimate how many
// rows pass, it computes what a column is compared with.
func (m *machine) planned(e expr.Expr) *Raise {
	var list []expr.Expr
	switch x := e.(type) {
	case *expr.And:
		list = x.Args
	case *expr.Or:
		list = x.Args
	case *expr.Not:
		list = []expr.Expr{x.X}
	case *expr.BoolTest:
		list = []expr.Expr{x.X}
	case *expr.Compare:
		for _, side := range [][2]expr.Expr{{x.L, x.R}, {x.R, x.L}} {
			if len(expr.Columns(side[0])) > 0 && len(expr.Queries(side[0])) == 0 && early(side[1]) {
				if v := m.value(side[1]); v.sure {
					return v.raise
				}
			}
		}
	}
	for _, a := range list {
		if r := m.planned(a); r != nil {
			return r
		}
	}
	return nil
}

// early reports whether an expression can be computed before any row is read:
// no column, and no sub-select, which is computed when it is first needed.
func early(e expr.Expr) bool {
	if len(expr.Columns(e)) > 0 || len(expr.Queries(e)) > 0 {
		return false
	}
	return !slices.ContainsFunc(expr.Claims(e), func(c *expr.Claim) bool { return c.Cached }) &&
		!slices.ContainsFunc(expr.Calls(e), func(c *expr.Call) bool { return c.Cached || slices.Contains(clocks, c.Name) })
}

func (a *asker) forbiddenIn(q *expr.Query) *Raise {
	for _, s := range expr.Sources(q.From) {
		if s.Name == "" || s.CTE {
			continue
		}
		n := catalog.ParseName(s.Name)
		if r := a.denied(n, q); r != nil {
			return r
		}
		t, ok := a.judge.cat.Tables.Get(n)
		if !ok {
			continue
		}
		if inner := a.pass(t, catalog.ForSelect, using); inner.sure() && inner.raise.SQLState == "42501" {
			return inner.raise
		}
	}
	return nil
}

// uncallable is the error of a role that may not execute a function which the
// policy calls.
func (a *asker) uncallable(p *catalog.Policy) *Raise {
	for _, e := range []expr.Expr{p.Using, p.Check} {
		for _, x := range expr.Calls(e) {
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
