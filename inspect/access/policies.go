package access

import (
	"cmp"
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// A side says which expression of a policy counts.
type side int

const (
	using side = iota // rows that are there
	check             // rows as they are about to be
)

type passKey struct {
	table   catalog.Name
	role    string
	command catalog.Command
	side    side
}

// A passage is what the policies of a table come to for one command.
type passage struct {
	outcome
	permissive, restrictive []judged
	bypass                  string // why no policy is asked; "" when they are
	running                 bool   // being worked out: a policy that asks again is recursive
	barred                  bool   // no permissive policy applies
	items                   []item // the conditions, for those of several commands together
	early                   bool   // it ends with an error before any row is looked at
	possible                *Raise // or does so, as the planner pleases
}

// A judged policy is one of those that apply, and what it comes to.
type judged struct {
	policy *catalog.Policy
	expr   expr.Expr
	outcome
}

// pass is what row level security lets the asker's role do with rows of the
// table.
func (a *asker) pass(t *catalog.Table, command catalog.Command, s side) *passage {
	key := passKey{t.Name, a.role, command, s}
	if p, ok := a.subject.passed[key]; ok {
		return p
	}
	p := &passage{running: true}
	a.subject.passed[key] = p
	a.evaluate(p, t, command, s, within{})
	p.running = false
	return p
}

// passIn is what row level security lets the asker's role read of the table in
// a sub-select.
func (a *asker) passIn(t *catalog.Table, in within) *passage {
	p := a.pass(t, catalog.ForSelect, using)
	if p.running || !p.early && p.possible == nil || !in.vague && in.query.Where == nil && !slices.ContainsFunc(in.query.From, func(s expr.Source) bool { return s.Join != nil }) {
		return p
	}
	p = &passage{}
	a.evaluate(p, t, catalog.ForSelect, using, in)
	return p
}

func (a *asker) evaluate(p *passage, t *catalog.Table, command catalog.Command, s side, by within) {
	switch {
	case t.Kind == catalog.Foreign:
		p.bypass = "a foreign table has no row level security"
	case a.judge.cat.BypassesRLS(a.role):
		p.bypass = a.role + " bypasses row level security"
	case t.RLS.Is(false):
		p.bypass = "row level security is off"
	case !t.RLS.Known || t.Assumed:
		p.outcome = outcome{t: Unknown, unknown: "whether row level security is on for " + t.Name.String()}
		return
	case a.owns(t) && t.ForceRLS.Is(false):
		p.bypass = a.role + " owns the table"
	}
	if p.bypass != "" {
		p.outcome = outcome{t: True}
		return
	}
	in := *a
	in.tables = append(append([]*catalog.Table(nil), a.tables...), t)
	m := in.machine()
	on := in.applied(t, command, s)
	p.permissive, p.restrictive = slices.Clone(on.permissive), slices.Clone(on.restrictive)
	r := on.recursive
	if r == nil {
		r = in.forbidden(t, p, s, on.open, by)
	}
	if r != nil && len(p.permissive) > 0 {
		if in.contradicted(t, p, by) {
			r = r.perhaps()
		}
		if !r.Possible {
			p.outcome, p.early = outcome{raise: r}, true
			return
		}
		p.possible = r
	}
	in.weigh(p, m, s, on.open)
	if p.possible != nil {
		p.outcome = p.outcome.doubted("whether PostgreSQL computes what a policy of " + t.Name.String() + " compares while it plans the query")
		p.outcome.raise = cmp.Or(p.outcome.raise, p.possible)
		p.items = []item{{outcome: p.outcome}}
	}
	if on.unsure || t.Unsure.Any(catalog.Policies) {
		p.outcome = p.outcome.doubted("which policies " + t.Name.String() + " has")
		p.items = []item{{outcome: p.outcome}}
	}
	p.outcome.t = p.outcome.t.of(func(o Truth) Truth { return truth(o == True) })
	p.outcome = p.outcome.settle()
}

// weigh works out each policy, and all of them together.
func (a *asker) weigh(p *passage, m *machine, s side, open bool) {
	narrow, alone := outcome{t: True}, m.clause
	if s == check {
		alone = m.conjunction
	}
	for i := range p.restrictive {
		x := &p.restrictive[i]
		x.outcome = alone(x.expr)
		parts := m.items(x.expr, i+1)
		for k := range parts {
			blame(parts[k].raise, x.policy, s)
		}
		blame(x.outcome.raise, x.policy, s)
		p.items = append(p.items, parts...)
		narrow = both(narrow, x.outcome, true)
	}
	wide, level := outcome{t: False}, len(p.restrictive)+1
	whole := item{level: level}
	var parts []item
	for i := range p.permissive {
		x := &p.permissive[i]
		x.outcome = m.cond(x.expr)
		if len(p.permissive) == 1 {
			x.outcome = alone(x.expr)
			parts = m.items(x.expr, level)
			for k := range parts {
				blame(parts[k].raise, x.policy, s)
			}
		}
		blame(x.outcome.raise, x.policy, s)
		wide = either(wide, x.outcome)
		whole.cost += cost(x.expr)
		whole.leaky = whole.leaky || leaky(x.expr)
	}
	if open {
		wide, parts = outcome{t: True}, nil
	}
	if p.barred = len(p.permissive) == 0; p.barred { // PostgreSQL puts a plain false
		p.items = []item{{outcome: outcome{t: False}}}
		p.outcome = outcome{t: False}
		return
	}
	if whole.outcome = wide; parts == nil {
		parts = []item{whole}
	}
	p.items = append(p.items, parts...)
	if s == check {
		p.outcome = both(wide, narrow, true)
	} else {
		p.outcome = inOrder(p.items)
	}
}

// doubted opens an outcome that a policy which is not known could change.
func (o outcome) doubted(why string) outcome {
	o.t |= True | False
	if o.unknown == "" {
		o.unknown = why
	}
	return o
}

// wanted is the expression that counts on that side: WITH CHECK, or USING
// where there is none.
func wanted(e catalog.Expanded, s side) expr.Expr {
	if s == check && e.Check != nil {
		return e.Check
	}
	return e.Using
}

// blame says which policy raised.
func blame(r *Raise, p *catalog.Policy, s side) {
	if r == nil || r.Policy != nil {
		return
	}
	r.Policy, r.Origin = p, p.UsingAt
	if s == check && p.Check != nil || p.Using == nil {
		r.Origin = p.CheckAt
	}
}

// owns reports whether the asker's role has the rights of the table's owner.
func (a *asker) owns(t *catalog.Table) bool {
	if !t.Owner.Known {
		return false
	}
	for _, g := range a.groups() {
		if g == t.Owner.Value {
			return true
		}
	}
	return false
}
