package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// renameConstraint replays ALTER TABLE … RENAME CONSTRAINT.
func (r *replay) renameConstraint(n *pg.RenameStmt) *sqlError {
	rel, err := r.alterable(n.Relation, pg.ObjectType_OBJECT_TABLE, n.MissingOk)
	if err != nil || rel == nil {
		return err
	}
	t, ok := r.cat.Tables.Edit(rel.Name)
	if !ok {
		return errf("42704", "constraint %q for table %q does not exist", n.Subname, n.Relation.Relname)
	}
	kind, ok := constraintKind(t, n.Subname)
	if !ok {
		if t.Assumed || t.Unsure.Any(catalog.Keys) {
			return nil
		}
		return errf("42704", "constraint %q for table %q does not exist", n.Subname, n.Relation.Relname)
	}
	if kind == 'c' && r.inheritedCheck(t, n.Subname) {
		return errf("42P16", "cannot rename inherited constraint %q", n.Subname)
	}
	if kind == 'c' && !n.Relation.Inh && r.inheritedBelow(rel.Name, n.Subname) {
		return errf("42P16", "inherited constraint %q must be renamed in child tables too", n.Subname)
	}
	if kind != 'c' && kind != 'f' {
		if _, taken := r.cat.Relation(catalog.Name{Schema: rel.Name.Schema, Name: n.Newname}); taken {
			return errf("42P07", "relation %q already exists", n.Newname)
		}
		if hasConstraint(t, n.Newname) {
			return errf("42710", "constraint %q for relation %q already exists", n.Newname, rel.Name.Name)
		}
		r.renameIndex(rel.Name, n.Subname, n.Newname)
		return nil
	}
	if hasConstraint(t, n.Newname) {
		return errf("42710", "constraint %q for relation %q already exists", n.Newname, rel.Name.Name)
	}
	r.reconstraint(t, n.Subname, n.Newname)
	if kind == 'c' {
		for _, child := range r.allBelow(rel.Name) {
			c, _ := r.cat.Tables.Edit(child)
			r.reconstraint(c, n.Subname, n.Newname)
		}
	}
	return nil
}

// reconstraint gives a check or foreign key, or a key together with its index,
// another name.
func (r *replay) reconstraint(t *catalog.Table, from, to string) {
	if !hasConstraint(t, from) {
		return
	}
	if t.PrimaryKey != nil && t.PrimaryKey.Name == from {
		t.PrimaryKey.Name = to
	}
	for _, k := range t.Uniques {
		if k.Name == from {
			k.Name = to
		}
	}
	if i := slices.Index(t.Excludes, from); i >= 0 {
		t.Excludes[i] = to
		slices.Sort(t.Excludes)
	}
	for _, k := range t.Checks {
		if k.Name == from {
			k.Name = to
		}
	}
	for _, k := range t.ForeignKeys {
		if k.Name == from {
			k.Name = to
		}
	}
	slices.SortFunc(t.Uniques, func(a, b *catalog.Key) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(t.Checks, func(a, b *catalog.Check) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(t.ForeignKeys, func(a, b *catalog.ForeignKey) int { return strings.Compare(a.Name, b.Name) })
	r.countConstraint(t.Name.Schema, from, -1)
	r.countConstraint(t.Name.Schema, to, 1)
	old, renamed := object{aConstraint, t.Name, from}, object{aConstraint, t.Name, to}
	r.rewrite(func(o object) object {
		if o == old {
			return renamed
		}
		return o
	})
}

// renameOfRelation replays ALTER POLICY and TRIGGER … RENAME.
func (r *replay) renameOfRelation(n *pg.RenameStmt) *sqlError {
	if _, _, ok := r.relation(n.Relation); !ok && n.MissingOk {
		return notice()
	}
	rel, err := r.open(n.Relation)
	if err != nil {
		return err
	}
	t, isTable := r.cat.Tables.Edit(rel.Name)
	unsure := isTable && (t.Assumed || t.Unsure.Any(catalog.Policies))
	if n.RenameType == pg.ObjectType_OBJECT_POLICY {
		switch {
		case isTable && !r.ownsPolicies(t.Owner):
			return errf("42501", "must be owner of table %s", n.Relation.Relname)
		case !isTable:
			return errf("42809", "%q is not a table", n.Relation.Relname)
		}
		if _, ok := t.Policy(n.Newname); ok {
			return errf("42710", "policy %q for table %q already exists", n.Newname, n.Relation.Relname)
		}
		p, ok := t.Policy(n.Subname)
		if !ok {
			if unsure {
				return nil
			}
			return errf("42704", "policy %q for table %q does not exist", n.Subname, n.Relation.Relname)
		}
		q := *p
		q.Name = n.Newname
		t.DeletePolicy(n.Subname)
		t.PutPolicy(&q)
		r.moveObject(object{aPolicy, rel.Name, n.Subname}, object{aPolicy, rel.Name, n.Newname})
		r.change(q.Ref(), catalog.WhatRenamed, n.Subname, n.Newname)
		return nil
	}
	if err := r.mustOwn(r.relationOwner(rel), string(r.kindOf(rel)), n.Relation.Relname); err != nil {
		return err
	}
	g, ok := r.findTrigger(rel.Name, n.Subname)
	switch {
	case !ok && unsure:
		return nil
	case !ok:
		return errf("42704", "trigger %q for table %q does not exist", n.Subname, n.Relation.Relname)
	case g.Inherited:
		return errf("XX000", "cannot rename trigger %q on table %q", n.Subname, n.Relation.Relname)
	}
	if n.Newname == n.Subname {
		return nil
	}
	on := append(r.allBelow(rel.Name), rel.Name)
	for _, name := range on {
		if _, taken := r.findTrigger(name, n.Newname); taken {
			return errf("42710", "trigger %q for relation %q already exists", n.Newname, name.Name)
		}
	}
	for _, name := range on {
		r.retrigger(name, n.Subname, n.Newname)
	}
	return nil
}

// retrigger gives a trigger another name.
func (r *replay) retrigger(on catalog.Name, from, to string) {
	list := []*catalog.Trigger(nil)
	if t, ok := r.cat.Tables.Edit(on); ok {
		list = t.Triggers
	} else if v, ok := r.cat.Views.Edit(on); ok {
		list = v.Triggers
	}
	for _, g := range list {
		if g.Name == from {
			g.Name = to
		}
	}
	slices.SortFunc(list, func(a, b *catalog.Trigger) int { return strings.Compare(a.Name, b.Name) })
	r.moveObject(object{aTrigger, on, from}, object{aTrigger, on, to})
}

// moveObject gives an object another name in the graph of dependencies.
func (r *replay) moveObject(from, to object) {
	r.rewrite(func(o object) object {
		if o == from {
			return to
		}
		return o
	})
}

// inheritedBelow reports whether a table below has the check: one with NO
// INHERIT stays alone.
func (r *replay) inheritedBelow(n catalog.Name, check string) bool {
	return slices.ContainsFunc(r.children(n), func(child catalog.Name) bool {
		t, ok := r.cat.Tables.Get(child)
		return ok && hasConstraint(t, check)
	})
}
