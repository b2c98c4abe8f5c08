package tenancy

import (
	"regexp"
	"slices"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// may reports whether signed-in users have the privilege on all these columns
// of the table, and neither a trigger nor a restrictive policy may object.
func (l *lookup) may(p *rules.Pass, c catalog.Command, priv catalog.Privilege, columns []string) bool {
	for _, name := range columns {
		col, ok := l.table.Column(name)
		if !ok || col.Generated || !p.MayColumn(catalog.Authenticated, l.table, name, priv).Is(true) || looksAt(p, l.table, string(c), name) {
			return false
		}
	}
	for pol := range l.table.Policies() {
		if !pol.Permissive && pol.Command.Covers(c) && !rules.AlwaysOn(l.table, pol.CheckOrUsing()) {
			return false
		}
	}
	return true
}

var word = regexp.MustCompile(`[\pL_][\pL\pN_]*`)

// looksAt reports whether a trigger of the table may look at the column when
// rows are written: its function has the column's name in it, or is unknown.
func looksAt(p *rules.Pass, t *catalog.Table, event, column string) bool {
	return slices.ContainsFunc(t.Triggers, func(g *catalog.Trigger) bool {
		return g.Enabled && slices.Contains(g.Events, event) && !silent(p, g.Function, column)
	})
}

func silent(p *rules.Pass, function catalog.Name, column string) bool {
	o, ok := p.Functions.Get(function)
	if !ok || len(o.Functions) != 1 {
		return false
	}
	f := o.Functions[0]
	return f.Extension != "" || f.Body.Known && !slices.Contains(word.FindAllString(f.Body.Value, -1), column)
}

// made reports whether a trigger on auth.users may add the row when somebody
// signs up, so that there is one already.
func made(p *rules.Pass, t *catalog.Table) bool {
	users, ok := p.Tables.Get(catalog.Name{Schema: "auth", Name: "users"})
	return ok && looksAt(p, users, "insert", t.Name.Name)
}

// unique reports whether there is one row at most for each value of a column.
func unique(t *catalog.Table, column string) bool {
	return slices.ContainsFunc(t.Indexes, func(i *catalog.Index) bool {
		return i.Unique && i.Valid && i.Where == nil && len(i.Columns) == 1 && i.Columns[0] == column
	})
}
