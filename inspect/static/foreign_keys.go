package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/builtin"
)

var deleteActions = map[string]string{"a": "no action", "r": "restrict", "c": "cascade", "n": "set null", "d": "set default", "": "no action"}

// addForeignKey adds a foreign key to a table.
func (r *replay) addForeignKey(table catalog.Name, c *pg.Constraint, columns []string) *sqlError {
	t, _ := r.cat.Tables.Edit(table)
	if c.Conname != "" && hasConstraint(t, c.Conname) {
		return errf("42710", "constraint %q for relation %q already exists", c.Conname, table.Name)
	}
	to, err := r.referenced(c.Pktable)
	if err != nil {
		return err
	}
	if t.Kind == catalog.Partitioned && c.SkipValidation && !c.InitiallyValid {
		return errf("42809", "cannot add NOT VALID foreign key on partitioned table %q referencing relation %q", table.Name, to.Name.Name)
	}
	if err := persistent(t, to); err != nil {
		return err
	}
	if err := foreignColumns(t, columns); err != nil {
		return err
	}
	if err := deleteColumns(t, columns, c); err != nil {
		return err
	}
	key, err := r.referencedColumns(to, names(c.PkAttrs))
	if err != nil {
		return err
	}
	if err := r.mayReference(to, key); err != nil {
		return err
	}
	if key != nil && len(columns) != len(key) {
		return errf("42830", "number of referencing and referenced columns for foreign key disagree")
	}
	name := c.Conname
	if name == "" {
		name = r.constraintName(table.Schema, table.Name, columnsLabel(columns), "fkey", nil)
	}
	for i := range key {
		if err := r.comparable(t, columns[i], to, key[i], name); err != nil {
			return err
		}
	}
	if hasConstraint(t, name) {
		return errf("42710", "constraint %q for relation %q already exists", name, table.Name)
	}
	r.putForeignKey(t, &catalog.ForeignKey{
		Name: name, Columns: columns, References: to.Name, RefColumns: key,
		OnDelete: deleteActions[c.FkDelAction], Origin: r.at,
	})
	return nil
}

// putForeignKey adds a foreign key, to the partitions too, and keeps the list
// in order of name.
func (r *replay) putForeignKey(t *catalog.Table, f *catalog.ForeignKey) {
	t.ForeignKeys = append(t.ForeignKeys, f)
	slices.SortFunc(t.ForeignKeys, func(a, b *catalog.ForeignKey) int { return strings.Compare(a.Name, b.Name) })
	r.countConstraint(t.Name.Schema, f.Name, 1)
	if t.Kind != catalog.Partitioned {
		return
	}
	for _, child := range r.children(t.Name) {
		r.cloneForeignKey(child, f)
	}
}

// cloneForeignKey gives a partition a foreign key of the table above.
func (r *replay) cloneForeignKey(child catalog.Name, f *catalog.ForeignKey) {
	t, ok := r.cat.Tables.Edit(child)
	if !ok {
		return
	}
	for _, x := range t.ForeignKeys { // an equal one is taken over
		if x.References == f.References && slices.Equal(x.Columns, f.Columns) && slices.Equal(x.RefColumns, f.RefColumns) && x.OnDelete == f.OnDelete {
			return
		}
	}
	clone := *f
	clone.Columns, clone.RefColumns = slices.Clone(f.Columns), slices.Clone(f.RefColumns)
	if hasConstraint(t, clone.Name) {
		clone.Name = r.constraintName(child.Schema, child.Name, columnsLabel(clone.Columns), "fkey", nil)
	}
	r.putForeignKey(t, &clone)
}

// referenced finds the table that a foreign key points to.
func (r *replay) referenced(v *pg.RangeVar) (*catalog.Table, *sqlError) {
	if r.isSystemRelation(v) {
		return nil, errf("42501", "permission denied: %q is a system catalog", v.Relname)
	}
	rel, err := r.open(v)
	if err != nil {
		return nil, err
	}
	t, ok := r.cat.Tables.Get(rel.Name)
	if !ok || t.Kind == catalog.Foreign {
		return nil, errf("42809", "referenced relation %q is not a table", v.Relname)
	}
	return t, nil
}

// persistent refuses a foreign key from what lasts to what does not.
func persistent(from, to *catalog.Table) *sqlError {
	if !from.Persistence.Known || !to.Persistence.Known || to.Assumed {
		return nil
	}
	switch from.Persistence.Value {
	case catalog.Permanent:
		if to.Persistence.Value != catalog.Permanent {
			return errf("42P16", "constraints on permanent tables may reference only permanent tables")
		}
	case catalog.Unlogged:
		if to.Persistence.Value == catalog.Temporary {
			return errf("42P16", "constraints on unlogged tables may reference only permanent or unlogged tables")
		}
	case catalog.Temporary:
		if to.Persistence.Value != catalog.Temporary {
			return errf("42P16", "constraints on temporary tables may reference only temporary tables")
		}
	}
	return nil
}

// deleteColumns refuses columns that ON DELETE SET NULL or SET DEFAULT names
// but that are not of the key.
func deleteColumns(t *catalog.Table, columns []string, c *pg.Constraint) *sqlError {
	list := names(c.FkDelSetCols)
	if err := foreignColumns(t, list); err != nil {
		return err
	}
	for _, name := range list {
		if !slices.Contains(columns, name) {
			return errf("42P10", "column %q referenced in ON DELETE SET action must be part of foreign key", name)
		}
	}
	return nil
}

// foreignColumns refuses columns that a table does not have.
func foreignColumns(t *catalog.Table, columns []string) *sqlError {
	if t.Assumed || t.Unsure.Any(catalog.Columns) {
		return nil
	}
	for _, name := range columns {
		if _, ok := t.Column(name); ok {
			continue
		}
		if _, ok := systemColumns[name]; ok {
			return errf("0A000", "system columns cannot be used in foreign keys")
		}
		return errf("42703", "column %q referenced in foreign key constraint does not exist", name)
	}
	return nil
}

// referencedColumns is the key that a foreign key points to: the primary key
// unless columns are named, which a unique index must cover. It is nil when
// the table is not known well enough.
func (r *replay) referencedColumns(t *catalog.Table, columns []string) ([]string, *sqlError) {
	unsure := t.Assumed || t.Unsure.Any(catalog.Keys)
	if len(columns) == 0 {
		switch {
		case t.PrimaryKey == nil && unsure:
			return nil, nil
		case t.PrimaryKey == nil:
			return nil, errf("42704", "there is no primary key for referenced table %q", t.Name.Name)
		case t.PrimaryKey.Deferrable:
			return nil, errf("55000", "cannot use a deferrable primary key for referenced table %q", t.Name.Name)
		}
		return slices.Clone(t.PrimaryKey.Columns), nil
	}
	if err := foreignColumns(t, columns); err != nil {
		return nil, err
	}
	for i, c := range columns {
		if slices.Contains(columns[:i], c) {
			return nil, errf("42830", "foreign key referenced-columns list must not contain duplicates")
		}
	}
	deferrable := false
	for _, x := range t.Indexes {
		if !x.Unique || x.Where != nil || len(x.Exprs) > 0 || !sameSet(x.Columns, columns) {
			continue
		}
		if x.Immediate {
			return slices.Clone(columns), nil
		}
		deferrable = true
	}
	switch {
	case unsure:
		return slices.Clone(columns), nil
	case deferrable:
		return nil, errf("55000", "cannot use a deferrable unique constraint for referenced table %q", t.Name.Name)
	}
	return nil, errf("42830", "there is no unique constraint matching given keys for referenced table %q", t.Name.Name)
}

func sameSet(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for _, x := range a {
		if !slices.Contains(b, x) {
			return false
		}
	}
	return true
}

// mayReference is the refusal to point at columns without the privilege to.
func (r *replay) mayReference(t *catalog.Table, columns []string) *sqlError {
	if t.Assumed || t.Unsure.Any(catalog.Grants) || r.allowed(&t.Grants, catalog.References) {
		return nil
	}
	for _, name := range columns {
		c, ok := t.Column(name)
		if !ok || !r.allowed(&c.Grants, catalog.References) {
			return errf("42501", "permission denied for table %s", t.Name.Name).about(t.Ref())
		}
	}
	return nil
}

// comparable refuses columns that no operator compares by the key's index.
func (r *replay) comparable(t *catalog.Table, column string, to *catalog.Table, key, name string) *sqlError {
	a, ok1 := t.Column(column)
	b, ok2 := to.Column(key)
	if !ok1 || !ok2 {
		return nil
	}
	from, want := r.baseType(bareType(a.Type)), r.baseType(bareType(b.Type))
	if from == want || !r.solid(from) || !r.solid(want) || r.converts(from, want, implicit) {
		return nil
	}
	for _, o := range builtin.Operators("=") {
		if o.Left == want && o.Right == from {
			return nil
		}
	}
	return errf("42804", "foreign key constraint %q cannot be implemented", name)
}
