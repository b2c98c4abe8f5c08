package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// addKeys adds the primary key, unique and exclusion constraints of a draft:
// the primary key first, and one index for constraints that say the same.
func (d *draft) addKeys() *sqlError {
	t, _ := d.r.cat.Tables.Get(d.t.Name)
	primary, err := d.checkKeys(t)
	if err != nil {
		return err
	}
	slices.SortStableFunc(d.keys, func(a, b key) int { return boolInt(b.c == primary) - boolInt(a.c == primary) })
	var kept []key
	for _, k := range d.keys {
		same := slices.IndexFunc(kept, func(x key) bool { return sameKey(x, k) })
		if same < 0 {
			kept = append(kept, k)
		} else if kept[same].name == "" {
			kept[same].name = k.name
		}
	}
	for _, k := range kept {
		if err := d.r.addKey(d.t.Name, k); err != nil {
			return err
		}
	}
	return nil
}

// checkKeys refuses keys of missing columns and a second primary key, and
// returns the first.
func (d *draft) checkKeys(t *catalog.Table) (primary *pg.Constraint, err *sqlError) {
	for _, k := range d.keys {
		if k.c.Contype == pg.ConstrType_CONSTR_PRIMARY {
			if primary != nil || t.PrimaryKey != nil {
				return nil, errf("42P16", "multiple primary keys for table %q are not allowed", t.Name.Name)
			}
			primary = k.c
		}
		if err := d.r.keyColumns(t, k); err != nil {
			return nil, err
		}
	}
	return primary, nil
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func sameKey(a, b key) bool {
	return a.c.Contype != pg.ConstrType_CONSTR_EXCLUSION && b.c.Contype != pg.ConstrType_CONSTR_EXCLUSION &&
		slices.Equal(a.columns, b.columns) && a.c.Deferrable == b.c.Deferrable && a.c.Initdeferred == b.c.Initdeferred &&
		a.c.NullsNotDistinct == b.c.NullsNotDistinct && slices.Equal(names(a.c.Including), names(b.c.Including))
}

// earlyKeys refuses keys that the table cannot have, while the statement is
// still being read. Columns may come from parents as well.
func (d *draft) earlyKeys(parents []*pg.Node) *sqlError {
	t := *d.t
	t.Columns = slices.Clone(t.Columns)
	for _, p := range parents {
		rel, _, ok := d.r.relation(p.GetRangeVar())
		if !ok {
			t.Unsure |= catalog.Columns
			continue
		}
		parent, ok := d.r.cat.Tables.Get(rel.Name)
		if !ok || parent.Assumed {
			t.Unsure |= catalog.Columns
			continue
		}
		t.Columns = append(t.Columns, parent.Columns...)
		t.Unsure |= parent.Unsure & catalog.Columns
	}
	_, err := d.checkKeys(&t)
	return err
}

// keyWord is what messages call a key.
func keyWord(c *pg.Constraint) string {
	switch c.Contype {
	case pg.ConstrType_CONSTR_PRIMARY:
		return "primary key"
	case pg.ConstrType_CONSTR_EXCLUSION:
		return "exclusion"
	}
	return "unique"
}

// keyColumns refuses columns that are missing or named twice.
func (r *replay) keyColumns(t *catalog.Table, k key) *sqlError {
	sure := !t.Assumed && !t.Unsure.Any(catalog.Columns)
	for i, name := range k.columns {
		if _, ok := t.Column(name); !ok && sure {
			if _, system := systemColumns[name]; system {
				return errf("0A000", "index creation on system columns is not supported")
			}
			return errf("42703", "column %q named in key does not exist", name)
		}
		if err := k.twice(i); err != nil {
			return err
		}
	}
	for _, name := range names(k.c.Including) {
		if _, ok := t.Column(name); !ok && sure {
			return errf("42703", "column %q named in key does not exist", name)
		}
	}
	return nil
}

// twice refuses the column at i when one before is the same.
func (k key) twice(i int) *sqlError {
	if slices.Contains(k.columns[:i], k.columns[i]) {
		return errf("42701", "column %q appears twice in %s constraint", k.columns[i], keyWord(k.c))
	}
	return nil
}

// addKey adds a primary key, unique or exclusion constraint with its index.
func (r *replay) addKey(table catalog.Name, k key) *sqlError {
	t, _ := r.cat.Tables.Edit(table)
	c := k.c
	for i := range k.columns { // in ALTER TABLE, the text alone is looked at first
		if err := k.twice(i); err != nil {
			return err
		}
	}
	if err := r.mayCreateIn(table.Schema); err != nil && table.Schema != "pg_temp" {
		return err
	}
	if err := r.keyColumns(t, k); err != nil {
		return err
	}
	if c.Contype == pg.ConstrType_CONSTR_PRIMARY && t.PrimaryKey != nil {
		return errf("42P16", "multiple primary keys for table %q are not allowed", table.Name)
	}
	x := &catalog.Index{
		Columns: k.columns, Include: names(c.Including), Method: "btree", Unique: c.Contype != pg.ConstrType_CONSTR_EXCLUSION,
		Primary: c.Contype == pg.ConstrType_CONSTR_PRIMARY, Valid: true, Immediate: !c.Deferrable,
		NullsNotDistinct: c.NullsNotDistinct, Origin: r.at,
	}
	labels := k.columns
	if c.Contype == pg.ConstrType_CONSTR_EXCLUSION {
		refs, columns, err := r.exclusion(t, c, x)
		if err != nil {
			return err
		}
		labels = columns
		if len(refs) > 0 {
			defer func() { r.depend(object{aRelation, catalog.Name{Schema: table.Schema, Name: x.Name}, ""}, refs) }()
		}
	}
	if err := r.partitionKeyCovered(t, x); err != nil {
		return err
	}
	if x.Method == "btree" {
		for _, name := range k.columns {
			if col, ok := t.Column(name); ok {
				if err := r.defaultOpclass("btree", col.Type); err != nil {
					return err
				}
			}
		}
	}
	x.Name = k.name
	if x.Name == "" {
		x.Name = r.keyName(table, c, append(slices.Clone(labels), x.Include...))
	} else if _, ok := r.cat.Relation(catalog.Name{Schema: table.Schema, Name: x.Name}); ok {
		return errf("42P07", "relation %q already exists", x.Name)
	} else if hasConstraint(t, x.Name) {
		return errf("42710", "constraint %q for relation %q already exists", x.Name, table.Name)
	}
	x.Constraint = x.Name
	if x.Primary && k.only && t.Kind == catalog.Partitioned && !r.allNotNull(t, x.Columns) {
		return errf("42P16", "constraint must be added to child tables too")
	}
	r.putKey(t, x, c.Contype == pg.ConstrType_CONSTR_EXCLUSION)
	if k.only {
		return r.onlyIndex(table, x)
	}
	return r.indexChildren(table, x)
}

// allNotNull reports whether columns that are to be NOT NULL are so on the
// partitions already.
func (r *replay) allNotNull(t *catalog.Table, columns []string) bool {
	for _, name := range columns {
		if c, ok := t.Column(name); !ok || c.NotNull {
			continue
		}
		for _, child := range r.allBelow(t.Name) {
			below, _ := r.cat.Tables.Get(child)
			if c, ok := below.Column(name); ok && !c.NotNull {
				return false
			}
		}
	}
	return true
}

// keyName makes up the name of a key's index.
func (r *replay) keyName(table catalog.Name, c *pg.Constraint, columns []string) string {
	switch c.Contype {
	case pg.ConstrType_CONSTR_PRIMARY:
		return r.relationName(table.Schema, table.Name, "", "pkey", true)
	case pg.ConstrType_CONSTR_EXCLUSION:
		return r.relationName(table.Schema, table.Name, columnsLabel(indexColumnNames(columns)), "excl", true)
	}
	return r.relationName(table.Schema, table.Name, columnsLabel(indexColumnNames(columns)), "key", true)
}

// putKey adds the constraint that an index serves, and the index.
func (r *replay) putKey(t *catalog.Table, x *catalog.Index, exclusion bool) {
	k := &catalog.Key{Name: x.Constraint, Columns: x.Columns, Deferrable: !x.Immediate, Origin: r.at}
	switch {
	case x.Primary:
		t.PrimaryKey = k
		r.notNull(t.Name, x.Columns)
	case exclusion:
		t.Excludes = append(t.Excludes, k.Name)
		slices.Sort(t.Excludes)
	default:
		t.Uniques = append(t.Uniques, k)
		slices.SortFunc(t.Uniques, func(a, b *catalog.Key) int { return strings.Compare(a.Name, b.Name) })
	}
	r.countConstraint(t.Name.Schema, k.Name, 1)
	r.cat.PutIndex(t.Name, x)
}

// notNull marks columns NOT NULL, on the tables below too.
func (r *replay) notNull(table catalog.Name, columns []string) {
	t, ok := r.cat.Tables.Edit(table)
	if !ok {
		return
	}
	for _, name := range columns {
		if c, ok := t.Column(name); ok {
			c.NotNull = true
		}
	}
	for _, child := range r.children(table) {
		r.notNull(child, columns)
	}
}

// exclusion reads the elements of an exclusion constraint into its index.
func (r *replay) exclusion(t *catalog.Table, c *pg.Constraint, x *catalog.Index) (refs []object, labels []string, err *sqlError) {
	x.Method = c.AccessMethod
	if x.Method == "" {
		x.Method = "btree"
	}
	x.Columns = nil
	var elems []*pg.Node
	for _, e := range c.Exclusions {
		elems = append(elems, e.GetList().GetItems()[0])
	}
	refs, labels, err = r.indexElements(t.Name, elems, x)
	if err != nil {
		return nil, nil, err
	}
	where, err := r.rowExpr(c.WhereClause, inPredicate, "WHERE", t.Name)
	if err != nil {
		return nil, nil, err
	}
	x.Where = r.normal(c.WhereClause, t.Name)
	return union(refs, where), labels, nil
}
