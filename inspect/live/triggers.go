package live

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// The bits of pg_trigger.tgtype (PostgreSQL source, catalog/pg_trigger.h).
const (
	triggerRow      = 1 << 0
	triggerBefore   = 1 << 1
	triggerInsert   = 1 << 2
	triggerDelete   = 1 << 3
	triggerUpdate   = 1 << 4
	triggerTruncate = 1 << 5
	triggerInstead  = 1 << 6
)

// triggers reads the triggers of tables and views.
func (l *loader) triggers() error {
	var id uint32
	var x catalog.Trigger
	var bits int
	var columns []string
	var definition *string
	return l.each("triggers", []any{
		&id, &x.Name, &bits, &columns, &x.Function.Schema, &x.Function.Name, &definition, &x.Constraint, &x.Enabled, &x.Inherited,
	}, func() error {
		g := x
		g.Timing, g.Events, g.ForEachRow = timing(bits), events(bits), bits&triggerRow != 0
		if len(columns) > 0 {
			g.Columns = columns
		}
		t, onTable := l.tablesByID[id]
		if definition != nil {
			l.parser.add(parse{text: when(*definition), is: condition, to: &g.When})
		}
		if v, ok := l.viewsByID[id]; ok {
			v.Triggers = append(v.Triggers, &g)
		}
		if onTable {
			t.Triggers = append(t.Triggers, &g)
		}
		return nil
	})
}

// oldAndNew tells the columns of the old row from those of the new one.
var oldAndNew = []expr.Arg{{Name: "new"}, {Name: "old"}}

func timing(bits int) string {
	switch {
	case bits&triggerInstead != 0:
		return "instead of"
	case bits&triggerBefore != 0:
		return "before"
	}
	return "after"
}

func events(bits int) []string {
	var out []string
	for _, e := range []struct {
		bit  int
		name string
	}{{triggerInsert, "insert"}, {triggerUpdate, "update"}, {triggerDelete, "delete"}, {triggerTruncate, "truncate"}} {
		if bits&e.bit != 0 {
			out = append(out, e.name)
		}
	}
	return out
}

// when is what stands between the parentheses of WHEN in a trigger's
// definition. The server has no other way to print it.
func when(definition string) string {
	const before = " WHEN ("
	depth, from := 0, -1
	for i := 0; i < len(definition); i++ {
		switch c := definition[i]; c {
		case '"', '\'':
			i += quoted(definition[i:], c) - 1
		case '(':
			if depth == 0 && from < 0 && strings.HasSuffix(definition[:i+1], before) {
				from = i + 1
			}
			depth++
		case ')':
			if depth--; depth == 0 && from >= 0 {
				return definition[from:i]
			}
		}
	}
	return ""
}

// quoted is the length of the quoted text that s begins with, up to the end of
// s when it has none. The server doubles a quote inside, in E'…' too.
func quoted(s string, quote byte) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == quote && i+1 < len(s) && s[i+1] == quote:
			i++
		case s[i] == quote:
			return i + 1
		}
	}
	return len(s)
}
