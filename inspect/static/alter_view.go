package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// viewDefault gives a column of a view the default that an INSERT through the
// view uses, or takes it. Nothing but what it refers to is kept of it.
func (a *alteration) viewDefault(c *pg.AlterTableCmd) *sqlError {
	w := a.r.rowOf(a.name)
	col, ok := w.column(c.Name)
	if !ok || !a.r.cat.Views.Has(a.name) {
		return nil
	}
	of := object{aDefault, a.name, c.Name}
	if c.Def == nil {
		a.r.forget(of)
		return nil
	}
	refs, err := a.r.checkValue(w, col.typ, value{c.Name, c.Def, false})
	if err != nil {
		return err
	}
	a.r.depend(of, refs)
	return nil
}

// viewIdentity refuses identity on a column of a view, which the grammar of
// the server allows and nothing else does.
func viewIdentity(v *catalog.View, c *pg.AlterTableCmd) *sqlError {
	at := slices.IndexFunc(v.Columns, func(x catalog.ViewColumn) bool { return x.Name == c.Name })
	switch {
	case c.Subtype == pg.AlterTableType_AT_AddIdentity && at >= 0 && !slices.Contains([]string{"", "smallint", "integer", "bigint"}, v.Columns[at].Type):
		return errf("22023", "identity column type must be smallint, integer, or bigint")
	case c.Subtype == pg.AlterTableType_AT_AddIdentity:
		return errf("55000", "column %q of relation %q must be declared NOT NULL before identity can be added", c.Name, v.Name.Name)
	case c.MissingOk:
		return notice()
	}
	return errf("55000", "column %q of relation %q is not an identity column", c.Name, v.Name.Name)
}
