package catalog

import (
	"reflect"
	"slices"
)

// meet is what is left of a fact where it may be either of two. It reports
// whether they differ.
func meet[T comparable](f *Fact[T], other Fact[T], at Origin) bool {
	if f.Known == other.Known && (!f.Known || f.Value == other.Value) {
		return false
	}
	*f = Unknown[T](at)
	return true
}

// join keeps the entries of both lists, and marks the list when they differ.
func (a *ACL) join(other ACL) bool {
	if a.Unsure == other.Unsure && reflect.DeepEqual(plain(a.Grants()), plain(other.Grants())) {
		return false
	}
	for _, g := range other.grants {
		a.Add(other.entry(g))
	}
	a.Unsure = true
	return true
}

// plain leaves out where a grant comes from.
func plain(list []Grant) []Grant {
	for i := range list {
		list[i].Origin, list[i].Default = Origin{}, false
	}
	return list
}

// union adds what only the other list has, and reports whether the lists
// differ.
func union[T any](list []*T, other []*T, name func(*T) string) ([]*T, bool) {
	differ := !reflect.DeepEqual(list, other)
	for _, x := range other {
		if !slices.ContainsFunc(list, func(y *T) bool { return name(x) == name(y) }) {
			list = append(list, x)
		}
	}
	return list, differ
}

// mark adds an aspect to those in doubt if there is one.
func mark(unsure *Aspect, a Aspect, differ bool) {
	if differ {
		*unsure |= a
	}
}

func (t *Table) doubt() { t.Unsure |= Existence }

func (t *Table) join(o *Table, at Origin) bool {
	before := t.Unsure
	t.Unsure |= o.Unsure
	differ := t.Unsure != before || o.Unsure != before
	for _, d := range []bool{
		meet(&t.Persistence, o.Persistence, at), meet(&t.Owner, o.Owner, at), meet(&t.RLS, o.RLS, at),
		meet(&t.ForceRLS, o.ForceRLS, at), meet(&t.Identity, o.Identity, at), t.Grants.join(o.Grants),
	} {
		differ = differ || d
	}
	var columns, indexes, triggers, keys bool
	t.Columns, columns = union(t.Columns, o.Columns, func(c *Column) string { return c.Name })
	t.Indexes, indexes = union(t.Indexes, o.Indexes, func(i *Index) string { return i.Name })
	t.Triggers, triggers = union(t.Triggers, o.Triggers, func(g *Trigger) string { return g.Name })
	keys = !reflect.DeepEqual([]any{t.PrimaryKey, t.Uniques, t.Checks, t.Excludes, t.ForeignKeys}, []any{o.PrimaryKey, o.Uniques, o.Checks, o.Excludes, o.ForeignKeys})
	if keys {
		t.joinKeys(o)
	}
	policies := t.joinPolicies(o)
	mark(&t.Unsure, Columns, columns)
	mark(&t.Unsure, Keys, indexes || triggers || keys)
	mark(&t.Unsure, Policies, policies)
	if t.PartitionOf != o.PartitionOf || t.Kind != o.Kind || !reflect.DeepEqual(t.Inherits, o.Inherits) {
		t.Unsure |= Everything
		differ = true
	}
	t.Assumed = t.Assumed || o.Assumed
	return differ || columns || indexes || triggers || keys || policies
}

func (t *Table) joinKeys(o *Table) {
	if t.PrimaryKey == nil {
		t.PrimaryKey = o.PrimaryKey
	}
	t.Uniques, _ = union(t.Uniques, o.Uniques, func(k *Key) string { return k.Name })
	t.Checks, _ = union(t.Checks, o.Checks, func(c *Check) string { return c.Name })
	t.ForeignKeys, _ = union(t.ForeignKeys, o.ForeignKeys, func(f *ForeignKey) string { return f.Name })
	for _, x := range o.Excludes {
		if !slices.Contains(t.Excludes, x) {
			t.Excludes = append(t.Excludes, x)
		}
	}
}

func (t *Table) joinPolicies(o *Table) bool {
	differ := false
	for p := range t.Policies() {
		if _, both := o.Policy(p.Name); !both {
			p.Unsure |= Existence
			differ = true
		}
	}
	for p := range o.Policies() {
		mine, both := t.Policy(p.Name)
		switch {
		case !both:
			c := *p
			c.Unsure |= Existence
			t.PutPolicy(&c)
			differ = true
		case !reflect.DeepEqual(mine, p):
			mine.Unsure = Everything
			differ = true
		}
	}
	return differ
}

func (v *View) doubt() { v.Unsure |= Existence }

func (v *View) join(o *View, at Origin) bool {
	differ := meet(&v.Owner, o.Owner, at)
	differ = meet(&v.SecurityInvoker, o.SecurityInvoker, at) || differ
	differ = meet(&v.SecurityBarrier, o.SecurityBarrier, at) || differ
	differ = v.Grants.join(o.Grants) || differ
	if !reflect.DeepEqual([]any{v.Materialized, v.Query, v.Reads, v.Calls, v.Columns}, []any{o.Materialized, o.Query, o.Reads, o.Calls, o.Columns}) {
		v.Query, v.Columns = nil, nil
		v.Unsure |= Body | Columns
		differ = true
	}
	var indexes, triggers bool
	v.Indexes, indexes = union(v.Indexes, o.Indexes, func(i *Index) string { return i.Name })
	v.Triggers, triggers = union(v.Triggers, o.Triggers, func(g *Trigger) string { return g.Name })
	mark(&v.Unsure, Keys, indexes || triggers)
	differ = differ || indexes || triggers || v.Unsure != o.Unsure
	v.Unsure |= o.Unsure
	return differ
}

func (p *Publication) doubt() { p.Unsure |= Existence }

func (p *Publication) join(o *Publication, at Origin) bool {
	differ := meet(&p.Owner, o.Owner, at)
	differ = meet(&p.AllTables, o.AllTables, at) || differ
	differ = meet(&p.Publish, o.Publish, at) || differ
	differ = meet(&p.ViaRoot, o.ViaRoot, at) || differ
	var members bool
	p.Members, members = union(p.Members, o.Members, func(m *Member) string { return m.Table.String() })
	for _, s := range o.Schemas {
		if !p.HasSchema(s.Schema) {
			p.Schemas = append(p.Schemas, s)
			members = true
		}
	}
	members = members || len(p.Schemas) != len(o.Schemas)
	mark(&p.Unsure, Members, members)
	slices.SortFunc(p.Members, func(a, b *Member) int { return compareNames(a.Table, b.Table) })
	differ = differ || members || p.Unsure != o.Unsure
	p.Unsure |= o.Unsure
	return differ
}
