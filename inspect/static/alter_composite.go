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
	for _, e := range a.r.typeUsersOf(a.name) {
		// Values are stored: only tables without any may be changed, and no
		// server looks whether there are.
		if e.to.class == aRelation && e.to.sub != "" && c.Subtype == pg.AlterTableType_AT_AlterColumnType {
			return errf("0A000", "cannot alter type %q because column \"%s.%s\" uses it", a.name.Name, e.to.name.Name, e.to.sub)
		}
	}
	if c.Subtype == pg.AlterTableType_AT_DropColumn {
		return a.r.remove([]object{{aRelation, a.name, name}}, c.Behavior == pg.DropBehavior_DROP_CASCADE)
	}
	typ, err := a.r.columnTypeName(def)
	if err != nil {
		return err
	}
	if at < 0 {
		t.Fields = append(t.Fields, catalog.TypeField{Name: name, Type: typ})
	} else {
		t.Fields[at].Type = typ
	}
	return nil
}
