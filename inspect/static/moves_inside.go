package static

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// renameInTable renames what a table says of itself and of others: columns,
// types, expressions, references. The table keeps its own name.
func (r *replay) renameInTable(m *moves, n catalog.Name) {
	t, _ := r.cat.Tables.Get(n)
	if !m.touchesTable(r, t) {
		return
	}
	t, _ = r.cat.Tables.Edit(n)
	for _, c := range t.Columns {
		typ := c.Type
		c.Name, c.Type = m.column(n, c.Name), m.printed(typ)
		c.Default = m.expr(r, c.Default, n, typ)
	}
	own := func(k *catalog.Key) {
		if k != nil {
			k.Columns = m.columnList(n, k.Columns)
		}
	}
	own(t.PrimaryKey)
	for _, k := range t.Uniques {
		own(k)
	}
	for _, c := range t.Checks {
		c.Expr = m.expr(r, c.Expr, n, "")
	}
	for _, f := range t.ForeignKeys {
		f.Columns, f.RefColumns = m.columnList(n, f.Columns), m.columnList(f.References, f.RefColumns)
		f.References = m.relation(f.References)
	}
	r.renameInIndexes(m, n, t.Indexes)
	r.renameInTriggers(m, n, t.Triggers)
	t.PartitionOf, t.Inherits = m.relation(t.PartitionOf), m.relationList(t.Inherits)
	if t.Partitioned != "" {
		t.Partitioned = r.partitionText(m, n, t.Partitioned)
	}
	for _, p := range slices.Collect(t.Policies()) {
		q := *p
		q.Using, q.Check = m.expr(r, p.Using, n, ""), m.expr(r, p.Check, n, "")
		t.PutPolicy(&q)
	}
}

// renameInView does the same for a view. What it calls its own columns stays
// when a column that it reads is renamed.
func (r *replay) renameInView(m *moves, n catalog.Name) {
	v, _ := r.cat.Views.Get(n)
	if !m.touchesView(r, v) {
		return
	}
	v, _ = r.cat.Views.Edit(n)
	for i := range v.Columns {
		v.Columns[i].Name, v.Columns[i].Type = m.column(n, v.Columns[i].Name), m.printed(v.Columns[i].Type)
	}
	v.Query = m.expr(r, v.Query, catalog.Name{}, "")
	if q, ok := v.Query.(*expr.Query); ok && len(q.Names) == len(v.Columns) {
		c := *q
		c.Names = m.columnList(n, q.Names)
		v.Query = &c
	}
	v.Reads = m.relationList(v.Reads)
	slices.SortFunc(v.Reads, compareRelations)
	var calls []catalog.Name
	for _, f := range v.Calls {
		calls = append(calls, m.functionNamed(r, f, -1))
	}
	v.Calls = calls
	slices.SortFunc(v.Calls, compareRelations)
	r.renameInIndexes(m, n, v.Indexes)
	r.renameInTriggers(m, n, v.Triggers)
}

func compareRelations(a, b catalog.Name) int {
	return compareObjects(object{name: a}, object{name: b})
}

func (r *replay) renameInIndexes(m *moves, n catalog.Name, list []*catalog.Index) {
	for _, x := range list {
		called := append(slices.Clone(x.Columns), x.Include...)
		columns := slices.Clone(x.Columns)
		for i, c := range columns {
			if c != "" {
				columns[i] = m.column(n, c)
			}
		}
		x.Columns = columns
		x.Include = m.columnList(n, x.Include)
		if x.Called == nil && !slices.Equal(called, append(slices.Clone(x.Columns), x.Include...)) {
			x.Called = called
		}
		exprs := slices.Clone(x.Exprs)
		for i, e := range exprs {
			exprs[i] = m.expr(r, e, n, "")
		}
		x.Exprs, x.Where = exprs, m.expr(r, x.Where, n, "")
	}
}

func (r *replay) renameInTriggers(m *moves, n catalog.Name, list []*catalog.Trigger) {
	for i, g := range list {
		c := *g
		c.Columns = m.columnList(n, g.Columns)
		c.When = m.expr(r, g.When, n, "")
		c.Function = m.functionNamed(r, g.Function, 0)
		list[i] = &c
	}
}

// partitionText renames in a partition key as it was written.
func (r *replay) partitionText(m *moves, n catalog.Name, key string) string {
	strategy, rest, ok := strings.Cut(key, "(")
	list, ok2 := strings.CutSuffix(rest, ")")
	if !ok || !ok2 || strings.ContainsAny(list, "()'") {
		return key
	}
	parts := strings.Split(list, ",")
	for i, p := range parts {
		name := strings.TrimSpace(p)
		plain := strings.ReplaceAll(strings.Trim(name, `"`), `""`, `"`)
		if to := m.column(n, plain); to != plain {
			parts[i] = strings.Replace(p, name, catalog.Quote(to), 1)
		}
	}
	return strategy + "(" + strings.Join(parts, ",") + ")"
}

func (r *replay) renameInPublication(m *moves, name string) {
	p, _ := r.cat.Publications.Get(name)
	if !slices.ContainsFunc(p.Members, func(x *catalog.Member) bool {
		return m.relation(x.Table) != x.Table || m.columnsOf(x.Table) || m.changes(r, x.Where, x.Table)
	}) {
		return
	}
	p, _ = r.cat.Publications.Edit(name)
	members := p.Members
	p.Members = nil
	for _, x := range members {
		c := *x
		if x.Columns != nil {
			c.Columns = m.columnList(x.Table, x.Columns)
		}
		c.Where = m.expr(r, x.Where, x.Table, "")
		c.Table = m.relation(x.Table)
		p.PutMember(&c)
	}
}

// doubtBodies marks the SQL-standard bodies that mention what is renamed: they
// follow on the server, and the text that is kept of them does not.
func (r *replay) doubtBodies(m *moves) {
	users := r.users(func(o object) bool {
		return m.object(o) != o || m.label != nil && o == object{aType, m.label.enum, ""}
	})
	for _, u := range users {
		if u.class != aFunction {
			continue
		}
		if f, ok := r.cat.EditFunction(u.name, u.sub); ok && f.StandardBody {
			f.Body, f.Unsure = catalog.Unknown[string](r.at), f.Unsure|catalog.Body
		}
	}
}
