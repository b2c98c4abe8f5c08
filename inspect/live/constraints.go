package live

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

var onDelete = map[string]string{"a": "no action", "r": "restrict", "c": "cascade", "n": "set null", "d": "set default"}

// constraints reads keys, checks, exclusion constraints and foreign keys.
func (l *loader) constraints() error {
	var id uint32
	var name, kind, action string
	var deferrable bool
	var columns, refColumns []string
	var check, refSchema, refName *string
	return l.each("constraints", []any{&id, &name, &kind, &deferrable, &columns, &check, &refSchema, &refName, &refColumns, &action}, func() error {
		t, ok := l.tablesByID[id]
		if !ok {
			return nil
		}
		switch kind {
		case "p":
			t.PrimaryKey = &catalog.Key{Name: name, Columns: columns, Deferrable: deferrable}
		case "u":
			t.Uniques = append(t.Uniques, &catalog.Key{Name: name, Columns: columns, Deferrable: deferrable})
		case "c":
			c := &catalog.Check{Name: name}
			t.Checks = append(t.Checks, c)
			l.expr(check, t, &c.Expr)
		case "x":
			t.Excludes = append(t.Excludes, name)
		case "f":
			t.ForeignKeys = append(t.ForeignKeys, &catalog.ForeignKey{
				Name: name, Columns: columns, References: catalog.Name{Schema: deref(refSchema), Name: deref(refName)},
				RefColumns: refColumns, OnDelete: onDelete[action],
			})
		}
		return nil
	})
}

// indexes reads the indexes of tables and materialized views, and from them
// the replica identities that name one.
func (l *loader) indexes() error {
	var id uint32
	var x catalog.Index
	var identity bool
	var keys int
	var columns, exprs, options []string
	var where, constraint *string
	return l.each("indexes", []any{
		&id, &x.Name, &x.Method, &x.Unique, &x.Primary, &x.Valid, &x.Immediate, &identity, &x.NullsNotDistinct, &keys,
		&columns, &exprs, &options, &where, &constraint,
	}, func() error {
		i := x
		i.Columns, i.Constraint = columns[:keys:keys], deref(constraint)
		if len(columns) > keys {
			i.Include = columns[keys:]
		}
		if slices.ContainsFunc(options, func(o string) bool { return o != "" }) {
			i.Options = slices.Clone(options)
		}
		t, ok := l.tablesByID[id]
		if len(exprs) > 0 {
			i.Exprs = make([]expr.Expr, len(exprs))
		}
		for n, text := range exprs {
			l.expr(&text, t, &i.Exprs[n])
		}
		if where != nil {
			l.expr(where, t, &i.Where)
		}
		if v, isView := l.viewsByID[id]; isView {
			v.Indexes = append(v.Indexes, &i)
		}
		if !ok {
			return nil
		}
		t.Indexes = append(t.Indexes, &i)
		if identity && t.Identity.Value.Kind == catalog.IdentityIndex {
			t.Identity.Value.Index = i.Name
		}
		return nil
	})
}
