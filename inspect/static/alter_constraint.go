package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// addConstraint carries out ADD CONSTRAINT.
func (a *alteration) addConstraint(c *pg.Constraint) *sqlError {
	t := a.table()
	d := &draft{r: a.r, t: t}
	if c.Indexname != "" {
		return a.r.promote(t, c.Indexname, c.Conname, c.Contype == pg.ConstrType_CONSTR_PRIMARY, c.Deferrable)
	}
	if c.Contype == pg.ConstrType_CONSTR_CHECK {
		had := constraintNames(t)
		if err := a.r.addCheck(a.name, c, "", nil, false); err != nil || c.IsNoInherit {
			return err
		}
		for _, k := range a.table().Checks {
			if slices.Contains(had, k.Name) {
				continue
			}
			if !a.recurse && len(a.r.children(a.name)) > 0 {
				return errf("42P16", "constraint must be added to child tables too")
			}
			return a.spreadCheck(k.Name)
		}
		return nil
	}
	if err := d.tableConstraint(c); err != nil {
		return err
	}
	if len(d.foreign) > 0 && t.Kind == catalog.Partitioned && !a.recurse {
		if _, err := a.r.referenced(c.Pktable); err != nil {
			return err
		}
		return errf("42809", "cannot use ONLY for foreign key on partitioned table %q referencing relation %q", a.name.Name, c.Pktable.Relname)
	}
	if len(d.keys) == 1 {
		k := d.keys[0]
		k.only = !a.recurse
		return a.r.addKey(a.name, k)
	}
	return d.finish()
}

// spreadCheck gives the tables below a check of this one.
func (a *alteration) spreadCheck(name string) *sqlError {
	t := a.table()
	at := slices.IndexFunc(t.Checks, func(k *catalog.Check) bool { return k.Name == name })
	if at < 0 {
		return nil
	}
	check := *t.Checks[at]
	refs := a.r.deps.uses[object{aConstraint, a.name, name}]
	return a.below(func(child *alteration) *sqlError {
		ct := child.table()
		if hasConstraint(ct, name) {
			return mergeCheck(ct, &check)
		}
		clone := check
		clone.Local = false
		a.r.putCheck(ct, &clone, onTable(refs, a.name, child.name))
		return child.spreadCheck(name)
	})
}

// promote makes an index the one of a constraint.
func (r *replay) promote(t *catalog.Table, index, name string, primary, deferrable bool) *sqlError {
	x, ok := t.Index(index)
	if !ok {
		if t.Assumed || t.Unsure.Any(catalog.Keys) {
			return nil
		}
		if rel, taken := r.cat.Relation(catalog.Name{Schema: t.Name.Schema, Name: index}); taken && rel.Kind == catalog.IndexRelation {
			return errf("55000", "index %q does not belong to table %q", index, t.Name.Name)
		}
		return errf("42704", "index %q does not exist", index)
	}
	switch {
	case primary && t.PrimaryKey != nil:
		return errf("42P16", "multiple primary keys for table %q are not allowed", t.Name.Name)
	case x.Constraint != "":
		return errf("55000", "index %q is already associated with a constraint", index)
	case !x.Unique:
		return errf("42809", "%q is not a unique index", index)
	case len(x.Exprs) > 0:
		return errf("42809", "index %q contains expressions", index)
	case x.Where != nil:
		return errf("42809", "%q is a partial index", index)
	case t.Kind == catalog.Partitioned:
		return errf("0A000", "ALTER TABLE / ADD CONSTRAINT USING INDEX is not supported on partitioned tables")
	case x.Options != nil:
		return errf("42809", "index %q does not have default sorting behavior", index)
	}
	if name == "" {
		name = index
	}
	if hasConstraint(t, name) {
		return errf("42710", "constraint %q for relation %q already exists", name, t.Name.Name)
	}
	if name != index {
		if _, taken := r.cat.Relation(catalog.Name{Schema: t.Name.Schema, Name: name}); taken {
			return errf("42P07", "relation %q already exists", name)
		}
		r.renameIndex(t.Name, index, name)
		t, _ = r.cat.Tables.Edit(t.Name)
		x, _ = t.Index(name)
	}
	x.Constraint, x.Primary, x.Immediate = name, primary, !deferrable
	r.putKey(t, x, false)
	return nil
}

// dropConstraint carries out DROP CONSTRAINT.
func (a *alteration) dropConstraint(c *pg.AlterTableCmd) *sqlError {
	t := a.table()
	kind, ok := constraintKind(t, c.Name)
	if !ok {
		if c.MissingOk || t.Assumed || t.Unsure.Any(catalog.Keys) {
			return notice()
		}
		return errf("42704", "constraint %q of relation %q does not exist", c.Name, a.name.Name)
	}
	if a.inherits(t, kind, c.Name) {
		return errf("42P16", "cannot drop inherited constraint %q of relation %q", c.Name, a.name.Name)
	}
	if kind != 'c' && kind != 'f' && a.r.attached(a.name, c.Name) {
		return errf("2BP01", "cannot drop index %s because another index requires it", c.Name)
	}
	if children := a.r.children(a.name); kind == 'c' && !a.recurse && len(children) > 0 && !checkNamed(t, c.Name).NoInherit {
		if t.Kind == catalog.Partitioned {
			return errf("42P16", "cannot remove constraint from only the partitioned table when partitions exist")
		}
		for _, child := range children {
			below, _ := a.r.cat.Tables.Edit(child)
			if k := checkNamed(below, c.Name); k != nil {
				k.Local = true
			}
		}
	}
	return a.r.remove([]object{{aConstraint, a.name, c.Name}}, c.Behavior == pg.DropBehavior_DROP_CASCADE)
}

// inherits reports whether a constraint came from a table above.
func (a *alteration) inherits(t *catalog.Table, kind byte, name string) bool {
	if kind == 'c' {
		return a.r.inheritedCheck(t, name)
	}
	parent, ok := a.r.cat.Tables.Get(t.PartitionOf)
	if !ok {
		return false
	}
	switch kind {
	case 'f':
		at := slices.IndexFunc(t.ForeignKeys, func(f *catalog.ForeignKey) bool { return f.Name == name })
		f := t.ForeignKeys[at]
		return slices.ContainsFunc(parent.ForeignKeys, func(p *catalog.ForeignKey) bool {
			return p.References == f.References && slices.Equal(p.Columns, f.Columns)
		})
	case 'p':
		return parent.PrimaryKey != nil
	case 'u':
		at := slices.IndexFunc(t.Uniques, func(k *catalog.Key) bool { return k.Name == name })
		return slices.ContainsFunc(parent.Uniques, func(k *catalog.Key) bool { return slices.Equal(k.Columns, t.Uniques[at].Columns) })
	}
	return false
}

// alterConstraint carries out VALIDATE CONSTRAINT and ALTER CONSTRAINT, which
// change nothing that is kept.
func (a *alteration) alterConstraint(c *pg.AlterTableCmd) *sqlError {
	name := c.Name
	validate := c.Subtype == pg.AlterTableType_AT_ValidateConstraint
	if !validate {
		name = c.Def.GetConstraint().GetConname()
	}
	t := a.table()
	kind, ok := constraintKind(t, name)
	switch {
	case !ok && (t.Assumed || t.Unsure.Any(catalog.Keys)):
	case !ok:
		return errf("42704", "constraint %q of relation %q does not exist", name, a.name.Name)
	case validate && kind != 'f' && kind != 'c':
		return errf("42809", "constraint %q of relation %q is not a foreign key or check constraint", name, a.name.Name)
	case !validate && kind != 'f':
		return errf("42809", "constraint %q of relation %q is not a foreign key constraint", name, a.name.Name)
	case kind == 'c':
		return a.validateCheck(checkNamed(t, name))
	}
	return nil
}

// validateCheck carries out VALIDATE CONSTRAINT of a check, on the tables below
// too.
func (a *alteration) validateCheck(k *catalog.Check) *sqlError {
	if !k.NotValid {
		return nil
	}
	children := a.r.children(a.name)
	if !a.recurse && len(children) > 0 && !k.NoInherit {
		return errf("42P16", "constraint must be validated on child tables too")
	}
	k.NotValid = false
	if k.NoInherit {
		return nil
	}
	for _, child := range a.r.allBelow(a.name) {
		t, _ := a.r.cat.Tables.Edit(child)
		if below := checkNamed(t, k.Name); below != nil {
			below.NotValid = false
		}
	}
	return nil
}
