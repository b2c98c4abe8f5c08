package hook

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// start does what the server does before a statement runs: it refuses names
// that lead nowhere and what the role may not touch.
func (m *machine) start(p *prepared) {
	for _, c := range p.calls {
		m.out.calls = keep(m.out.calls, Call{Function: c, At: m.here()})
	}
	for _, u := range p.uses {
		m.note(u)
	}
	if p.fault != nil {
		f := *p.fault
		f.at = m.here()
		panic(&f)
	}
	for _, u := range p.uses {
		m.permit(u)
	}
	if p.stmt != nil && len(p.stmt.Writes) > 0 && m.frame.readOnly && !m.in.opts.Granted {
		m.fail("0A000", upper(p.stmt.Writes[0].Kind)+" is not allowed in a non-volatile function")
	}
}

// note remembers an access.
func (m *machine) note(u use) {
	n, ok := qualified(u.relation)
	if !ok {
		return
	}
	a := Access{Relation: n, Privilege: u.privilege, Columns: u.columns, Role: m.role, In: m.frame.fn, ReadOnly: m.frame.readOnly, Looped: m.frame.loops > 0, At: m.here()}
	list := &m.out.reads
	if u.privilege != catalog.Select {
		list = &m.out.writes
	}
	if !slices.ContainsFunc(*list, a.same) {
		*list = append(*list, a)
	}
}

func (a Access) same(b Access) bool {
	return a.Relation == b.Relation && a.Privilege == b.Privilege && a.Role == b.Role && a.At == b.At && slices.Equal(a.Columns, b.Columns)
}

// permit raises what the server raises for want of a privilege.
func (m *machine) permit(u use) {
	n, ok := qualified(u.relation)
	if !ok || m.in.opts.Granted {
		return
	}
	t, isTable := m.in.cat.Tables.Get(n)
	v, isView := m.in.cat.Views.Get(n)
	if !isTable && !isView {
		return
	}
	m.maySchema(n.Schema)
	switch {
	case isTable && !m.mayTable(t, u):
		m.fail("42501", "permission denied for table "+n.Name)
	case isView && m.in.cat.Allows(&v.Grants, m.role, u.privilege).Is(false):
		m.fail("42501", "permission denied for view "+n.Name)
	}
}

func (m *machine) mayTable(t *catalog.Table, u use) bool {
	if len(u.columns) == 0 || u.privilege == catalog.Delete || u.privilege == catalog.Truncate {
		return !m.in.cat.MayAnyColumn(m.role, t, u.privilege).Is(false)
	}
	for _, c := range u.columns {
		if m.in.cat.MayColumn(m.role, t, c, u.privilege).Is(false) {
			return false
		}
	}
	return true
}

// guarded reports whether row level security decides which rows of the table
// the present role sees (PostgreSQL docs 5.8).
func (m *machine) guarded(t *catalog.Table) bool {
	if m.in.opts.Granted || t.RLS.Is(false) || m.in.cat.BypassesRLS(m.role) {
		return false
	}
	if t.Owner.Known && slices.Contains(m.in.cat.Groups(m.role, true), t.Owner.Value) && !t.ForceRLS.Is(true) {
		return false
	}
	if !t.RLS.Known {
		m.unknown("whether row level security is on for " + t.Name.String() + " is not known")
		return m.choose(2) == 1
	}
	return true
}

// policies lists what a row must pass: one of the first, all of the second.
// The flag tells that the list may be incomplete.
func (m *machine) policies(t *catalog.Table, c catalog.Command) (permissive, restrictive []*catalog.Policy, unsure bool) {
	roles := m.in.cat.Groups(m.role, true)
	for p := range t.Policies() {
		if !p.Command.Covers(c) || !p.AppliesTo(roles...) {
			continue
		}
		if p.Unsure.Any(catalog.Existence) {
			unsure = true
			continue
		}
		if p.Permissive {
			permissive = append(permissive, p)
		} else {
			restrictive = append(restrictive, p)
		}
	}
	return permissive, restrictive, unsure || t.Unsure.Any(catalog.Policies)
}

// visible reports whether the policies show a row.
func (m *machine) shows(t *catalog.Table, r *row) bool {
	permissive, restrictive, unsure := m.policies(t, catalog.ForSelect)
	if unsure {
		m.unknown("the policies of " + t.Name.String() + " are not all known")
		return m.choose(2) == 0
	}
	shown := false
	for _, p := range permissive {
		if m.passes(p.Using, r) {
			shown = true
			break
		}
	}
	for _, p := range restrictive {
		shown = shown && m.passes(p.Using, r)
	}
	return shown
}

// passes evaluates a policy's expression on a row.
func (m *machine) passes(e expr.Expr, r *row) bool {
	if e == nil {
		return false
	}
	return m.truth(m.eval(&env{base: r, rows: map[string]*row{}}, e))
}

// Hides reports whether row level security hides all rows of the table from a
// role that has no token, whatever is in them.
func Hides(c *catalog.Catalog, role string, t *catalog.Table) bool {
	type key struct {
		role  string
		table *catalog.Table
	}
	return c.Memo(key{role, t}, func() any {
		in := newInterp(c, Options{})
		var o oracle
		for range maxRuns {
			if in.reveals(role, t, &o) {
				return false
			}
			if !o.next() {
				return true
			}
		}
		return false
	}).(bool)
}

// reveals takes one way through the policies, and reports whether a row may be
// seen at its end.
func (in *interp) reveals(role string, t *catalog.Table, o *oracle) (seen bool) {
	m := &machine{in: in, oracle: o, role: role, out: &outcome{}}
	m.frame = &frame{fn: &catalog.Function{}, path: in.rolePath(role)}
	defer func() {
		switch e := recover().(type) {
		case nil, infeasible:
		case *raise, lost:
			seen = true // not hidden: another rule's business
		default:
			panic(e)
		}
	}()
	return !m.guarded(t) || m.shows(t, m.tableRow(t))
}

// writable raises what the server raises for a new row that no policy allows.
func (m *machine) writable(u use) {
	n, ok := qualified(u.relation)
	t, has := m.in.cat.Tables.Get(n)
	if !ok || !has || !m.guarded(t) || u.privilege != catalog.Insert {
		return
	}
	permissive, _, unsure := m.policies(t, catalog.ForInsert)
	if len(permissive) == 0 && !unsure {
		m.fail("42501", `new row violates row-level security policy for table "`+n.Name+`"`)
	}
	for _, p := range permissive {
		if c, ok := p.CheckOrUsing().(*expr.Const); ok && c.IsBool() && c.Text == "true" {
			return
		}
	}
	m.mayFail("42501", `new row violates row-level security policy for table "`+n.Name+`"`)
}
