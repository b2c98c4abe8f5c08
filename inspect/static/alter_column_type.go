package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// prepareType refuses ALTER COLUMN … TYPE where the server does so before it
// carries out any subcommand: against the table as it is before them.
func (a *alteration) prepareType(c *pg.AlterTableCmd) *sqlError {
	def := c.Def.GetColumnDef()
	col, err := a.column(c.Name)
	if err != nil || col == nil {
		return err
	}
	if err := a.readType(def, col); err != nil {
		return err
	}
	t := a.table()
	for _, above := range ancestors(t) {
		if parent, ok := a.r.cat.Tables.Get(above); ok && a.recurse {
			if _, inherited := parent.Column(c.Name); inherited {
				return errf("42P16", "cannot alter inherited column %q", c.Name)
			}
		}
	}
	if slices.Contains(a.r.partitionColumnsOf(a.name), c.Name) {
		return errf("42P16", "cannot alter column %q because it is part of the partition key of relation %q", c.Name, a.name.Name)
	}
	typ, err := a.r.columnTypeName(def)
	if err != nil {
		return err
	}
	if err := a.r.memberOf(typ, a.name); err != nil {
		return err
	}
	if err := a.using(def.RawDefault, col, typ); err != nil {
		return err
	}
	if err := a.keyBelow(c.Name, "alter"); err != nil || !a.recurse {
		return err
	}
	if child, ok := a.r.otherParent(a.name, c.Name); ok {
		return errf("42P16", "cannot alter inherited column %q of relation %q", c.Name, child.Name)
	}
	return nil
}

// columnType carries out ALTER COLUMN … TYPE.
func (a *alteration) columnType(c *pg.AlterTableCmd) *sqlError {
	col, err := a.column(c.Name)
	if err != nil || col == nil {
		return err
	}
	typ, err := a.r.columnTypeName(c.Def.GetColumnDef())
	if err != nil {
		return err
	}
	a.rewrite = true
	return a.retype(c.Name, typ)
}

// readType refuses what the server refuses while it reads the subcommand: an
// expression that is none, and a type that an identity column's sequence cannot
// have.
func (a *alteration) readType(def *pg.ColumnDef, col *catalog.Column) *sqlError {
	if _, _, err := a.r.check(def.RawDefault, inTransform, "", "", a.r.rowOf(a.name)); err != nil {
		return err
	}
	if !col.IdentityColumn {
		return nil
	}
	typ, err := a.r.columnTypeName(def)
	if err != nil {
		return err
	}
	if typ != "smallint" && typ != "integer" && typ != "bigint" {
		return errf("22023", "identity column type must be smallint, integer, or bigint")
	}
	return nil
}

// using refuses values that do not become the new type.
func (a *alteration) using(n *pg.Node, col *catalog.Column, typ string) *sqlError {
	if n == nil {
		if !a.r.converts(bareType(col.Type), bareType(typ), assignment) {
			return errf("42804", "column %q cannot be cast automatically to type %s", col.Name, typ)
		}
		return nil
	}
	from, _, err := a.r.check(n, inTransform, "", "", a.r.rowOf(a.name))
	if err != nil {
		return err
	}
	if from == literal {
		return a.r.analysis(inTransform).literalAs(n, typ)
	}
	if !a.r.converts(from, bareType(typ), assignment) {
		return errf("42804", "result of USING clause for column %q cannot be cast automatically to type %s", col.Name, typ)
	}
	return nil
}

// retype gives a column its new type, on the tables below too, unless
// something depends on the old one.
func (a *alteration) retype(name, typ string) *sqlError {
	t := a.table()
	col, ok := t.Column(name)
	if !ok {
		return nil
	}
	if col.HasDefault && !col.Generated {
		if !a.r.converts(bareType(a.r.defaultType(a.name, col)), bareType(typ), assignment) {
			return errf("42804", "default for column %q cannot be cast automatically to type %s", name, typ)
		}
	}
	if err := a.typeUsers(name); err != nil {
		return err
	}
	old := bareType(col.Type)
	col.Type = typ
	if err := a.r.recheck(t, name, old); err != nil {
		return err
	}
	for _, f := range t.ForeignKeys {
		if to, ok := a.r.cat.Tables.Get(f.References); ok {
			for i, fc := range f.Columns {
				if fc == name && i < len(f.RefColumns) {
					if err := a.r.comparable(t, fc, to, f.RefColumns[i], f.Name); err != nil {
						return err
					}
				}
			}
		}
	}
	for _, f := range a.r.pointingAt(a.name) {
		from, _ := a.r.cat.Tables.Get(f.table)
		for i, rc := range f.key.RefColumns {
			if rc == name {
				if err := a.r.comparable(from, f.key.Columns[i], t, rc, f.key.Name); err != nil {
					return err
				}
			}
		}
	}
	for _, x := range t.Indexes {
		if slices.Contains(x.Columns, name) {
			if err := a.r.defaultOpclass(x.Method, typ); err != nil && (x.Method == "btree" || x.Method == "hash") {
				return err
			}
		}
	}
	return a.below(func(child *alteration) *sqlError { return child.retype(name, typ) })
}

// defaultType is the type that a column's default has by itself.
func (r *replay) defaultType(table catalog.Name, c *catalog.Column) string {
	if typ, ok := exprType(c.Default); ok {
		return typ
	}
	return c.Type
}

// typeUsers refuses a new type for a column that views, policies, triggers or
// generated columns use.
func (a *alteration) typeUsers(name string) *sqlError {
	column := object{aRelation, a.name, name}
	for p := range a.r.cat.Publications.All() {
		if m, ok := p.Member(a.name); ok && slices.Contains(m.Columns, name) {
			return errf("0A000", "cannot alter type of a column used by a publication WHERE clause")
		}
	}
	for _, o := range a.r.users(func(x object) bool { return x == column }) {
		switch o.class {
		case aRelation:
			if a.r.cat.Views.Has(o.name) {
				return errf("0A000", "cannot alter type of a column used by a view or rule")
			}
		case aTrigger:
			return errf("0A000", "cannot alter type of a column used in a trigger definition")
		case aPolicy:
			return errf("0A000", "cannot alter type of a column used in a policy definition")
		case aMember:
			return errf("0A000", "cannot alter type of a column used by a publication WHERE clause")
		case aFunction:
			return errf("0A000", "cannot alter type of a column used by a function or procedure")
		case aDefault:
			if o.name == a.name && o.sub != name {
				return errf("0A000", "cannot alter type of a column used by a generated column")
			}
		}
	}
	return nil
}

// A pointer is a foreign key of some table.
type pointer struct {
	table catalog.Name
	key   *catalog.ForeignKey
}

// pointingAt lists the foreign keys to a table.
func (r *replay) pointingAt(table catalog.Name) []pointer {
	var out []pointer
	for t := range r.cat.Tables.All() {
		for _, f := range t.ForeignKeys {
			if f.References == table {
				out = append(out, pointer{t.Name, f})
			}
		}
	}
	return out
}

// exprType is the type that a default shows by itself: a cast to it, or that of
// a sequence's next value.
func exprType(e expr.Expr) (string, bool) {
	switch x := e.(type) {
	case *expr.Cast:
		return x.Type, true
	case *expr.Call:
		return "bigint", x.Name == "nextval"
	}
	return "", false
}
