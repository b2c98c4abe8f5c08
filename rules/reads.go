package rules

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// A Read is a relation that a policy reads in a sub-select, its helpers'
// included.
type Read struct {
	Name    string // schema-qualified where the schema is known
	Definer bool   // with the rights of a SECURITY DEFINER function's owner, not of whoever asks
	Helper  string // the function that reads it; "" for the policy itself
	Check   bool   // in WITH CHECK
}

type calleesKey struct{ policy *catalog.Policy }

// Reads are the relations that a policy reads, in order of appearance.
func (p *Pass) Reads(pol *catalog.Policy) []Read {
	x := p.indexed()
	if i, ok := x.places[pol]; ok {
		return x.policies[i].reads
	}
	return readsOf(p.Expanded(pol))
}

func readsOf(e catalog.Expanded) []Read {
	var out []Read
	for i, side := range []expr.Expr{e.Using, e.Check} {
		for _, q := range expr.Queries(side) {
			for _, s := range expr.Sources(q.From) {
				if s.Name != "" && !s.CTE {
					out = append(out, Read{s.Name, q.Definer, q.Helper, i == 1})
				}
			}
		}
	}
	return out
}

// ReadsTable yields the tables that a policy reads with the rights of whoever
// asks, its own aside.
func (p *Pass) ReadsTable(pol *catalog.Policy) func(yield func(*catalog.Table) bool) {
	return func(yield func(*catalog.Table) bool) {
		for _, r := range p.Reads(pol) {
			if t, ok := p.Tables.Get(catalog.ParseSource(r.Name)); ok && !r.Definer && t.Name != pol.Table && !yield(t) {
				return
			}
		}
	}
}

// Callees are the project's functions that a policy calls itself, in order of
// appearance. Where a name has several functions, which of them is called is
// not known, and none is listed.
func (p *Pass) Callees(pol *catalog.Policy) []*catalog.Function {
	return p.Memo(calleesKey{pol}, func() any {
		var out []*catalog.Function
		for _, side := range []expr.Expr{pol.Using, pol.Check} {
			for _, c := range expr.Calls(side) {
				o, ok := p.Functions.Get(catalog.ParseName(c.Name))
				if !ok || !strings.Contains(c.Name, ".") || len(o.Functions) != 1 {
					continue
				}
				if f := o.Functions[0]; p.isProjectFunction(f) {
					out = append(out, f)
				}
			}
		}
		return out
	}).([]*catalog.Function)
}

// Ungranted finds a table that a policy reads with the role's own rights, none
// of whose columns the role may select.
func (p *Pass) Ungranted(pol *catalog.Policy, role string) (*catalog.Table, bool) {
	for t := range p.ReadsTable(pol) {
		if p.MayAnyColumn(role, t, catalog.Select).IsNot(true) {
			return t, true
		}
	}
	return nil, false
}

// Uncallable finds a function of the project that a policy calls and the role
// may not execute; nil for none.
func (p *Pass) Uncallable(pol *catalog.Policy, role string) *catalog.Function {
	for _, f := range p.Callees(pol) {
		if p.MayExecute(role, f).IsNot(true) {
			return f
		}
	}
	return nil
}
