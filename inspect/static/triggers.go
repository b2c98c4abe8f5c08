package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// Bits of CreateTrigStmt (PostgreSQL: catalog/pg_trigger.h).
const (
	triggerBefore   = 1 << 1
	triggerInsert   = 1 << 2
	triggerDelete   = 1 << 3
	triggerUpdate   = 1 << 4
	triggerTruncate = 1 << 5
	triggerInstead  = 1 << 6
)

// createTrigger replays CREATE TRIGGER. Its checks come in PostgreSQL's order.
func (r *replay) createTrigger(n *pg.CreateTrigStmt) *sqlError {
	if r.isSystemRelation(n.Relation) {
		return errf("42501", "permission denied: %q is a system catalog", n.Relation.Relname)
	}
	rel, err := r.open(n.Relation)
	if err != nil {
		return err
	}
	g := &catalog.Trigger{Name: n.Trigname, ForEachRow: n.Row, Constraint: n.Isconstraint, Enabled: true, Origin: r.at, Timing: "after",
		Transition: len(n.TransitionRels) > 0}
	switch {
	case n.Timing&triggerBefore != 0:
		g.Timing = "before"
	case n.Timing&triggerInstead != 0:
		g.Timing = "instead of"
	}
	for _, e := range []struct {
		bit  int32
		name string
	}{{triggerInsert, "insert"}, {triggerUpdate, "update"}, {triggerDelete, "delete"}, {triggerTruncate, "truncate"}} {
		if n.Events&e.bit != 0 {
			g.Events = append(g.Events, e.name)
		}
	}
	if err := r.triggerPlace(g, n, rel); err != nil {
		return err
	}
	refs, err := r.triggerWhen(g, n, rel.Name)
	if err != nil {
		return err
	}
	f, err := r.triggerFunction(names(n.Funcname))
	if err != nil {
		return err
	}
	if f != nil {
		g.Function = f.name
		refs = append(refs, object{class: aFunction, name: f.name, sub: signature(f)})
	} else {
		g.Function = catalog.Name{Name: written(names(n.Funcname))}
	}
	if err := r.replaceTrigger(g, n, rel); err != nil {
		return err
	}
	cols, err := r.triggerColumns(n, rel.Name)
	if err != nil {
		return err
	}
	g.Columns = cols
	for _, c := range cols {
		refs = append(refs, object{class: aRelation, name: rel.Name, sub: c})
	}
	return r.putTrigger(g, n, rel, union(refs))
}

// signature is the identity of a function that was found.
func signature(f *routine) string {
	if f.fn != nil {
		return f.fn.Signature()
	}
	return ""
}

// triggerColumns is the columns of UPDATE OF.
func (r *replay) triggerColumns(n *pg.CreateTrigStmt, on catalog.Name) ([]string, *sqlError) {
	w := r.rowOf(on)
	var cols []string
	for _, c := range names(n.Columns) {
		if _, ok := w.column(c); !ok && w.complete {
			return nil, errf("42703", "column %q of relation %q does not exist", c, on.Name)
		}
		if slices.Contains(cols, c) {
			return nil, errf("42701", "column %q specified more than once", c)
		}
		cols = append(cols, c)
	}
	return cols, nil
}

// triggerFunction finds the function of a trigger; nil for one that the
// catalog does not list.
func (r *replay) triggerFunction(parts []string) (*routine, *sqlError) {
	if err := r.missingSchema(parts); err != nil {
		return nil, err
	}
	list, certain := r.routines(parts)
	for _, f := range list {
		if len(f.args) != 0 || f.kind == catalog.Procedure {
			continue
		}
		if f.fn != nil && !r.allowed(&f.fn.Grants, catalog.Execute) {
			return nil, errf("42501", "permission denied for function %s", f.name.Name)
		}
		if f.returns != "trigger" {
			return nil, errf("42P17", "function %s must return type %s", written(parts), "trigger")
		}
		return f, nil
	}
	if !certain {
		return nil, nil
	}
	return nil, errf("42883", "function %s() does not exist", written(parts))
}

// replaceTrigger refuses a name that is taken, or frees it.
func (r *replay) replaceTrigger(g *catalog.Trigger, n *pg.CreateTrigStmt, rel *catalog.Relation) *sqlError {
	old, ok := r.findTrigger(rel.Name, g.Name)
	switch {
	case !ok:
		return nil
	case !n.Replace:
		return errf("42710", "trigger %q for relation %q already exists", g.Name, rel.Name.Name)
	case old.Inherited:
		return errf("42710", "trigger %q for relation %q is an internal or a child trigger", g.Name, rel.Name.Name)
	case old.Constraint:
		return errf("42710", "trigger %q for relation %q is a constraint trigger", g.Name, rel.Name.Name)
	}
	return nil
}

func (r *replay) findTrigger(on catalog.Name, name string) (*catalog.Trigger, bool) {
	if t, ok := r.cat.Tables.Get(on); ok {
		return t.Trigger(name)
	}
	if v, ok := r.cat.Views.Get(on); ok {
		for _, g := range v.Triggers {
			if g.Name == name {
				return g, true
			}
		}
	}
	return nil, false
}

// putTrigger enters a trigger; a row trigger of a partitioned table goes onto
// its partitions too.
func (r *replay) putTrigger(g *catalog.Trigger, n *pg.CreateTrigStmt, rel *catalog.Relation, refs []object) *sqlError {
	if v, ok := r.cat.Views.Edit(rel.Name); ok {
		v.Triggers = slices.DeleteFunc(v.Triggers, func(x *catalog.Trigger) bool { return x.Name == g.Name })
		v.Triggers = append(v.Triggers, g)
		slices.SortFunc(v.Triggers, func(a, b *catalog.Trigger) int { return strings.Compare(a.Name, b.Name) })
	} else if t, ok := r.cat.EditTable(rel.Name); ok {
		t.PutTrigger(g)
	}
	r.depend(object{class: aTrigger, name: rel.Name, sub: g.Name}, refs)
	r.change(catalog.Ref{Kind: "trigger", Name: rel.Name.String() + "/" + g.Name}, catalog.WhatCreated, "", "")
	if t, ok := r.cat.Tables.Get(rel.Name); ok && t.Kind == catalog.Partitioned {
		for _, child := range r.children(rel.Name) {
			if err := r.cloneOver(child, rel.Name, g, n.Replace); err != nil {
				return err
			}
		}
	}
	return nil
}

// cloneTrigger gives a partition, and those below it, a row trigger of the
// table above.
func (r *replay) cloneTrigger(child, parent catalog.Name, g *catalog.Trigger) *sqlError {
	return r.cloneOver(child, parent, g, false)
}

// cloneOver is cloneTrigger that, with replace, takes the place of another
// trigger of the same name.
func (r *replay) cloneOver(child, parent catalog.Name, g *catalog.Trigger, replace bool) *sqlError {
	if !g.ForEachRow {
		return nil
	}
	t, ok := r.cat.Tables.Edit(child)
	if !ok {
		return nil
	}
	if old, ok := t.Trigger(g.Name); ok && !old.Inherited && !replace {
		return errf("42710", "trigger %q for relation %q already exists", g.Name, child.Name)
	}
	c := *g
	c.Columns, c.Events, c.Inherited = slices.Clone(g.Columns), slices.Clone(g.Events), true
	t.PutTrigger(&c)
	r.depend(object{class: aTrigger, name: child, sub: g.Name}, r.deps.uses[object{class: aTrigger, name: parent, sub: g.Name}])
	for _, below := range r.children(child) {
		if err := r.cloneOver(below, child, g, replace); err != nil {
			return err
		}
	}
	return nil
}
