package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// tableConstraint reads a constraint of CREATE TABLE that is not written at a
// column.
func (d *draft) tableConstraint(c *pg.Constraint) *sqlError {
	foreignTable := d.t.Kind == catalog.Foreign
	switch c.GetContype() {
	case pg.ConstrType_CONSTR_PRIMARY, pg.ConstrType_CONSTR_UNIQUE, pg.ConstrType_CONSTR_EXCLUSION:
		if foreignTable {
			word := map[pg.ConstrType]string{pg.ConstrType_CONSTR_PRIMARY: "primary key", pg.ConstrType_CONSTR_UNIQUE: "unique", pg.ConstrType_CONSTR_EXCLUSION: "exclusion"}[c.Contype]
			return errf("0A000", "%s constraints are not supported on foreign tables", word)
		}
		if c.Contype == pg.ConstrType_CONSTR_EXCLUSION && d.t.Kind == catalog.Partitioned {
			return errf("0A000", "exclusion constraints are not supported on partitioned tables")
		}
		d.keys = append(d.keys, key{c: c, columns: names(c.Keys), name: c.Conname})
	case pg.ConstrType_CONSTR_CHECK:
		d.checks, d.checkOf = append(d.checks, c), append(d.checkOf, "")
	case pg.ConstrType_CONSTR_FOREIGN:
		if foreignTable {
			return errf("0A000", "foreign key constraints are not supported on foreign tables")
		}
		d.foreign = append(d.foreign, foreign{c, names(c.FkAttrs)})
	}
	return nil
}

// hasConstraint reports whether the table has a constraint of that name.
func hasConstraint(t *catalog.Table, name string) bool {
	_, ok := constraintKind(t, name)
	return ok
}

// constraintKind finds out what a constraint is: 'p', 'u', 'x', 'c' or 'f', as
// pg_constraint.contype.
func constraintKind(t *catalog.Table, name string) (byte, bool) {
	switch {
	case t.PrimaryKey != nil && t.PrimaryKey.Name == name:
		return 'p', true
	case slices.ContainsFunc(t.Uniques, func(k *catalog.Key) bool { return k.Name == name }):
		return 'u', true
	case slices.Contains(t.Excludes, name):
		return 'x', true
	case slices.ContainsFunc(t.Checks, func(k *catalog.Check) bool { return k.Name == name }):
		return 'c', true
	case slices.ContainsFunc(t.ForeignKeys, func(k *catalog.ForeignKey) bool { return k.Name == name }):
		return 'f', true
	}
	return 0, false
}

// constraintNames lists the names of all constraints of a table.
func constraintNames(t *catalog.Table) []string {
	var out []string
	if t.PrimaryKey != nil {
		out = append(out, t.PrimaryKey.Name)
	}
	for _, k := range t.Uniques {
		out = append(out, k.Name)
	}
	out = append(out, t.Excludes...)
	for _, k := range t.Checks {
		out = append(out, k.Name)
	}
	for _, k := range t.ForeignKeys {
		out = append(out, k.Name)
	}
	return out
}

// addChecks adds the checks of a draft. Those without a name get one in the
// order of the text, around the names that are written.
func (d *draft) addChecks() *sqlError {
	var written []string
	for _, c := range d.checks {
		if c.Conname != "" {
			written = append(written, c.Conname)
		}
	}
	for i, c := range d.checks {
		if err := d.r.addCheck(d.t.Name, c, d.checkOf[i], written, d.creating); err != nil {
			return err
		}
	}
	return nil
}

// addCheck adds a CHECK constraint to a table; merge lets it be one that the
// table has from above.
func (r *replay) addCheck(table catalog.Name, c *pg.Constraint, column string, others []string, merge bool) *sqlError {
	refs, err := r.rowExpr(c.RawExpr, inCheck, "CHECK", table)
	if err != nil {
		return err
	}
	t, _ := r.cat.Tables.Edit(table)
	if c.IsNoInherit && t.Kind == catalog.Partitioned {
		return errf("42P16", "cannot add NO INHERIT constraint to partitioned table %q", table.Name)
	}
	name := c.Conname
	k := &catalog.Check{Name: name, Expr: r.normal(c.RawExpr, table), Origin: r.at, Local: true, NoInherit: c.IsNoInherit,
		NotValid: c.SkipValidation && !c.InitiallyValid && !merge}
	if name == "" {
		name = r.constraintName(table.Schema, table.Name, onlyColumn(refs, table), "check", others)
		k.Name = name
	} else if old := checkNamed(t, name); old != nil && r.inheritedCheck(t, name) && (merge || !old.Local && t.PartitionOf == (catalog.Name{})) {
		if err := mergeCheck(t, k); err != nil {
			return err
		}
		old.Local = true // declared again on a child
		return nil
	} else if hasConstraint(t, name) {
		return errf("42710", "constraint %q for relation %q already exists", name, table.Name)
	}
	r.putCheck(t, k, refs)
	return nil
}

// putCheck adds a check and keeps the list in order of name.
func (r *replay) putCheck(t *catalog.Table, c *catalog.Check, refs []object) {
	t.Checks = append(t.Checks, c)
	slices.SortFunc(t.Checks, func(a, b *catalog.Check) int { return strings.Compare(a.Name, b.Name) })
	r.countConstraint(t.Name.Schema, c.Name, 1)
	r.depend(object{aConstraint, t.Name, c.Name}, refs)
}

// onlyColumn is the one column of the table that an expression refers to, ""
// if there are none or several.
func onlyColumn(refs []object, table catalog.Name) string {
	out := ""
	for _, o := range refs {
		if o.class != aRelation || o.name != table || o.sub == "" {
			continue
		}
		if out != "" {
			return ""
		}
		out = o.sub
	}
	return out
}
