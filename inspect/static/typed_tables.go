package static

import (
	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// typed refuses what a table of a composite type cannot have done to it by
// itself.
func (a *alteration) typed(c *pg.AlterTableCmd) *sqlError {
	t, ok := a.r.cat.Tables.Get(a.name)
	if !ok || t.OfType == (catalog.Name{}) {
		return nil
	}
	switch c.Subtype {
	case pg.AlterTableType_AT_AddColumn:
		return errf("42809", "cannot add column to typed table")
	case pg.AlterTableType_AT_DropColumn:
		return errf("42809", "cannot drop column from typed table")
	case pg.AlterTableType_AT_AlterColumnType:
		return errf("42809", "cannot alter column type of typed table")
	case pg.AlterTableType_AT_AddInherit:
		return errf("42809", "cannot change inheritance of typed table")
	}
	return nil
}

// compositeType finds the type that a table is to be of.
func (r *replay) compositeType(t *pg.TypeName) (*catalog.Type, *sqlError) {
	typ, err := r.typeName(t)
	if err != nil {
		return nil, err
	}
	n, ok := unprinted(typ)
	ct, found := r.cat.Types.Get(n)
	if !ok || !found || ct.Kind != catalog.Composite {
		return nil, errf("42809", "type %s is not a composite type", typ)
	}
	return ct, nil
}

// addOf carries out OF: the table has just the columns of the type, in order.
func (a *alteration) addOf(n *pg.TypeName) *sqlError {
	ct, err := a.r.compositeType(n)
	if err != nil {
		return err
	}
	t := a.table()
	if len(ancestors(t)) > 0 {
		return errf("42809", "typed tables cannot inherit")
	}
	if t.Assumed || t.Unsure.Any(catalog.Columns) {
		return nil
	}
	for i, f := range ct.Fields {
		switch {
		case i >= len(t.Columns):
			return errf("42804", "table is missing column %q", f.Name)
		case t.Columns[i].Name != f.Name:
			return errf("42804", "table has column %q where type requires %q", t.Columns[i].Name, f.Name)
		case t.Columns[i].Type != f.Type:
			return errf("42804", "table %q has different type for column %q", a.name.Name, f.Name)
		}
	}
	if len(t.Columns) > len(ct.Fields) {
		return errf("42804", "table has extra column %q", t.Columns[len(ct.Fields)].Name)
	}
	t.OfType = ct.Name
	a.r.deps.typed = true
	return nil
}

// dropOf carries out NOT OF.
func (a *alteration) dropOf() *sqlError {
	t := a.table()
	if t.OfType == (catalog.Name{}) {
		return errf("42809", "%q is not a typed table", a.name.Name)
	}
	t.OfType = catalog.Name{}
	return nil
}

// tablesOf lists the tables of a composite type. It refuses to change the type
// where there are some, unless CASCADE lets them follow.
func (r *replay) tablesOf(n catalog.Name, behavior pg.DropBehavior) ([]catalog.Name, *sqlError) {
	if !r.deps.typed {
		return nil, nil
	}
	var out []catalog.Name
	for t := range r.cat.Tables.All() {
		if t.OfType == n {
			out = append(out, t.Name)
		}
	}
	if len(out) > 0 && behavior != pg.DropBehavior_DROP_CASCADE {
		return nil, errf("2BP01", "cannot alter type %q because it is the type of a typed table", n.Name)
	}
	return out, nil
}
