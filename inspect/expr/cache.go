package expr

import (
	"slices"
	"strings"
)

// A Cache parses texts that repeat once: where a thousand tables have a policy
// in the same words, the trees of the others are the first one's, with the name
// of another table in the columns of its row. What has no such column is shared.
// All that is asked of one Cache is of one database, in which scopes differ in
// Table alone. The zero Cache is empty. It is not safe for concurrent use.
type Cache struct {
	texts map[string][]*cached
	names map[string]string // of tables, without schema
}

// maxAlike bounds how many trees of one text are kept, which differ by what its
// columns are in the tables.
const maxAlike = 8

// A cached tree is one that was parsed in the scope of a table.
type cached struct {
	tree  Expr
	err   error
	table string // without schema; "" for none
	row   []asked
}

// asked is what was looked up among the columns of the policy's table.
type asked struct {
	name, typ string
	found     bool
}

// ParseIn is [ParseIn]. With a table, the scope must have Columns.
func (c *Cache) ParseIn(text string, s Scope) (Expr, error) {
	table := c.bare(s.Table)
	s.bare = table
	// A text with the table's name in it may be about the whole row, or name
	// its columns as no other table's.
	if len(s.Params) > 0 || table != "" && strings.Contains(text, table) || strings.Contains(table, `"`) {
		return ParseIn(text, s)
	}
	var row []ColumnDef
	known := false
	if table != "" {
		row, known = s.Columns(s.Table)
	}
	if table != "" && !known {
		return ParseIn(text, s)
	}
	kept := c.texts[text]
	for _, k := range kept {
		if (k.table == "") == (table == "") && k.fits(row) {
			if k.err != nil || len(k.row) == 0 || k.table == table {
				return k.tree, k.err
			}
			return moved(k.tree, k.table, table), nil
		}
	}
	k := &cached{table: table}
	k.tree, k.err = parseIn(text, s, &k.row)
	if c.texts == nil {
		c.texts = map[string][]*cached{}
	}
	if len(kept) < maxAlike {
		c.texts[text] = append(kept, k)
	}
	return k.tree, k.err
}

// bare is bareName, and gives the columns of a table's row one name to share.
func (c *Cache) bare(table string) string {
	name, ok := c.names[table]
	if !ok {
		name = bareName(table)
		if c.names == nil {
			c.names = map[string]string{}
		}
		c.names[table] = name
	}
	return name
}

// fits reports whether the same columns would be found in the row.
func (k *cached) fits(row []ColumnDef) bool {
	for _, a := range k.row {
		i := slices.IndexFunc(row, func(d ColumnDef) bool { return d.Name == a.name })
		if i >= 0 != a.found || i >= 0 && row[i].Type != a.typ {
			return false
		}
	}
	return true
}

// moved is the expression with the columns of one table's row those of
// another's.
func moved(e Expr, from, to string) Expr {
	switch v := e.(type) {
	case *Const, *Claim, *Param, *Setting:
		return e
	case *Column:
		if v.Table != "" || v.Row != from {
			return e
		}
		c := *v
		c.Row = to
		return &c
	case *Query:
		if !mentions(v, from) {
			return e
		}
	}
	changed := false
	out := rebuild(e, func(below Expr) Expr {
		x := moved(below, from, to)
		changed = changed || x != below
		return x
	})
	if !changed {
		return e
	}
	return out
}

// mentions reports whether a column of the table's row is in e.
func mentions(e Expr, table string) bool {
	found := false
	Walk(e, func(x Expr) bool {
		c, ok := x.(*Column)
		found = found || ok && c.Table == "" && c.Row == table
		return !found
	})
	return found
}
