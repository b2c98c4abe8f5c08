package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// compositeCommands carries out ALTER TYPE … ADD, DROP and ALTER ATTRIBUTE.
func (a *alteration) compositeCommands(cmds []*pg.AlterTableCmd) *sqlError {
	for _, c := range cmds {
		if c.Subtype == pg.AlterTableType_AT_ChangeOwner {
			if err := a.changeOwner(c.Newowner); err != nil {
				return err
			}
			continue
		}
		if err := a.attribute(c); err != nil {
			return err
		}
	}
	return nil
}

func (a *alteration) attribute(c *pg.AlterTableCmd) *sqlError {
	t, _ := a.r.cat.Types.Edit(a.name)
	def := c.Def.GetColumnDef()
	name := c.Name
	if name == "" {
		name = def.GetColname()
	}
	at := slices.IndexFunc(t.Fields, func(f catalog.TypeField) bool { return f.Name == name })
	switch {
	case c.Subtype == pg.AlterTableType_AT_AddColumn && at >= 0:
		return errf("42701", "column %q of relation %q already exists", name, a.name.Name)
	case c.Subtype != pg.AlterTableType_AT_AddColumn && at < 0 && c.MissingOk:
		return notice()
	case c.Subtype != pg.AlterTableType_AT_AddColumn && at < 0:
		return errf("42703", "column %q of relation %q does not exist", name, a.name.Name)
	}
	tables, err := a.r.tablesOf(a.name, c.Behavior)
	if err != nil {
		return err
	}
	if o, ok := a.r.storedIn(a.name); ok && c.Subtype == pg.AlterTableType_AT_AlterColumnType {
		// Values are stored: only tables without any may be changed, and no
		// server looks whether there are.
		return errf("0A000", "cannot alter type %q because column \"%s.%s\" uses it", a.name.Name, o.name.Name, o.sub)
	}
	if c.Subtype == pg.AlterTableType_AT_DropColumn {
		roots := []object{{aRelation, a.name, name}}
		for _, n := range tables {
			roots = append(roots, object{aRelation, n, name})
		}
		return a.r.remove(roots, c.Behavior == pg.DropBehavior_DROP_CASCADE)
	}
	typ, err := a.r.columnTypeName(def)
	if err != nil {
		return err
	}
	if err := a.r.memberOf(typ, a.name); err != nil {
		return err
	}
	for _, n := range tables {
		of, _ := a.r.cat.Tables.Edit(n)
		if col, ok := of.Column(name); ok {
			col.Type = typ
		} else {
			of.Columns = append(of.Columns, &catalog.Column{Name: name, Type: typ, Origin: a.r.at, Local: true})
		}
	}
	if at < 0 {
		t.Fields = append(t.Fields, catalog.TypeField{Name: name, Type: typ})
	} else {
		t.Fields[at].Type = typ
	}
	return nil
}
