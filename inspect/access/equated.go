package access

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// A within is where a table is read: in a sub-select, or by itself.
type within struct {
	query *expr.Query // nil for the query of the one who asks
	alias string      // what the sub-select calls the table
	root  expr.Expr   // what the sub-select is a part of; nil where that is not known
	view  bool        // it is the query of a view
	vague bool        // what is equated with its columns stands in a query around a view
}

// nested reports whether the sub-select stands in another one, into which it
// may be drawn.
func (w within) nested() bool {
	if w.view || w.root == nil {
		return w.view
	}
	for _, x := range expr.Queries(w.root) {
		if x != w.query && slices.Contains(expr.Queries(x), w.query) {
			return true
		}
	}
	return false
}

// A replacement says whether the planner computes what a column is compared
// with, or takes something else that is equated with the column for it.
type replacement int

const (
	kept replacement = iota
	replaced
	undecided // the planner's choice, or not known
)

// An equation is a condition that a column equals what is the same for all rows
// that the query looks at.
type equation struct {
	compare *expr.Compare
	value   expr.Expr
	joins   replacement // kept: PostgreSQL leaves the condition as it is
	outer   bool        // the value is of a row of the query around it
}

// equations are what is equated with each column of a table: from these
// PostgreSQL picks one, with which it compares the column and each of the
// others (src/backend/optimizer/path/equivclass.c:
// generate_base_implied_equalities_const).
type equations struct {
	table   *catalog.Table
	passage *passage
	in      within
	columns map[string][]equation // nil until they are asked for: errors are rare
	tangled map[string]bool       // equated with another column, with whatever that is equated
}

// collect goes through policies and then the sub-select, which is the order in
// which PostgreSQL does.
func (e *equations) collect() {
	e.columns, e.tangled = map[string][]equation{}, map[string]bool{}
	level := 0
	for _, x := range e.passage.restrictive {
		e.add(x.expr, level, false)
		level++
	}
	if len(e.passage.permissive) == 1 {
		e.add(e.passage.permissive[0].expr, level, false)
	}
	if e.in.query != nil {
		e.add(e.in.query.Where, level+1, true)
		for _, s := range e.in.query.From {
			if s.Join != nil {
				e.doubt(s)
			}
		}
	}
}

// add takes in a condition, of the sub-select or of a policy.
func (e *equations) add(x expr.Expr, level int, where bool) {
	for _, c := range spread(x) {
		c, ok := c.(*expr.Compare)
		if !ok || c.Op != "=" {
			continue
		}
		for _, side := range [][2]expr.Expr{{c.L, c.R}, {c.R, c.L}} {
			col, ok := side[0].(*expr.Column)
			if !ok || !e.owns(col, where) {
				continue
			}
			eq := equation{compare: c, value: side[1], joins: e.joins(col.Name, side[1], level)}
			tangled := false
			for _, other := range expr.Columns(side[1]) {
				switch {
				case where && other.Table == "":
					eq.outer = true
				case where && !e.local(other):
					eq.joins = undecided // of a sub-select around this one
				default:
					tangled = true
				}
			}
			if tangled {
				e.tangled[col.Name] = true
				continue
			}
			e.columns[col.Name] = append(e.columns[col.Name], eq)
		}
	}
}

// owns reports whether a column is one of the table.
func (e *equations) owns(c *expr.Column, where bool) bool {
	if where {
		return c.Table == e.in.alias
	}
	return c.Table == ""
}

// local reports whether a column is of something that the sub-select reads.
func (e *equations) local(c *expr.Column) bool {
	return slices.ContainsFunc(expr.Sources(e.in.query.From), func(s expr.Source) bool { return s.Alias == c.Table })
}

// doubt is about what an outer join compares.
func (e *equations) doubt(s expr.Source) {
	for _, c := range expr.Columns(s.Join.On) {
		if c.Table == e.in.alias {
			e.tangled[c.Name] = true
		}
	}
	for _, list := range [][]expr.Source{s.Join.L, s.Join.R} {
		for _, s := range list {
			if s.Join != nil {
				e.doubt(s)
			}
		}
	}
}

// leakproof are the types whose equality is known to keep what it is given.
var leakproof = []string{
	"uuid", "text", "character varying", "character", "name", "boolean", "smallint", "integer", "bigint", "oid", "real", "double precision", "date", "interval",
	"timestamp with time zone", "timestamp without time zone", "time with time zone", "time without time zone", "bytea", "inet", "money",
}

// joins reports whether PostgreSQL puts a condition of that level with the
// others on the same column: above the first only where nothing of the row can
// leak (src/backend/optimizer/plan/initsplan.c).
func (e *equations) joins(column string, value expr.Expr, level int) replacement {
	if level == 0 {
		return replaced
	}
	col, ok := e.table.Column(column)
	switch {
	case !ok || e.table.Unsure.Any(catalog.Columns):
		return undecided
	case opaque(value):
		return kept
	case e.in.query != nil && e.in.query.Cached && e.in.query.Kind != expr.Exists && len(expr.Claims(value))+len(expr.Calls(value)) > 0:
		return undecided // whether it stands in a sub-select of its own is not told any more
	case slices.Contains(leakproof, col.Type):
		return replaced
	case slices.Contains([]string{"numeric", "json", "jsonb"}, col.Type):
		return kept
	}
	return undecided
}

// of is what becomes of the value that a policy compares a column with.
func (e *equations) of(c *expr.Compare) replacement {
	if e.columns == nil {
		e.collect()
	}
	for _, side := range []expr.Expr{c.L, c.R} {
		col, ok := side.(*expr.Column)
		if !ok {
			continue
		}
		list := e.columns[col.Name]
		if !slices.ContainsFunc(list, func(x equation) bool { return x.compare == c && x.joins != kept }) {
			continue
		}
		out := chosen(list, c)
		if e.in.query != nil && e.in.query.Kind == expr.Exists {
			out = e.hashed(list, c, out)
		}
		if out == kept && (e.tangled[col.Name] || e.in.vague || e.drawnIn()) {
			return undecided
		}
		return out
	}
	return kept
}

// chosen is what becomes of one among what is equated with a column: a constant
// goes before the others, the last before the earlier.
func chosen(list []equation, c *expr.Compare) replacement {
	var pick *expr.Compare
	joins, others, constant := kept, false, false
	for _, x := range list {
		if x.compare == c {
			joins = x.joins
		}
		switch {
		case x.joins == undecided:
			others = others || x.compare != c
		case x.joins == replaced && !constant:
			pick = x.compare
			_, constant = x.value.(*expr.Const)
		}
	}
	switch {
	case joins == replaced && pick != c:
		return replaced
	case others, joins == undecided && pick != nil:
		return undecided
	}
	return kept
}

// hashed corrects what becomes of a condition inside EXISTS: PostgreSQL plans
// it a second time, without the conditions that tie it to the row, where these
// can be looked up in a hash table (src/backend/optimizer/plan/subselect.c:
// convert_EXISTS_to_ANY).
func (e *equations) hashed(list []equation, c *expr.Compare, tied replacement) replacement {
	free := chosen(slices.DeleteFunc(slices.Clone(list), func(x equation) bool { return x.outer }), c)
	switch {
	case free == tied:
		return tied
	case e.in.nested():
		return undecided
	}
	for _, x := range spread(e.in.query.Where) {
		if e.ties(x) && !e.hashable(x) {
			return tied
		}
	}
	if e.in.query.Offset != nil || len(e.in.query.With) > 0 || len(e.in.query.Group) > 0 || e.in.query.Having != nil {
		return undecided
	}
	return free
}

// ties reports whether a condition reads the row of the query around.
func (e *equations) ties(x expr.Expr) bool {
	return slices.ContainsFunc(expr.Columns(x), func(c *expr.Column) bool { return !e.local(c) })
}

// hashable reports whether a condition equates what the sub-select reads with
// something of the row.
func (e *equations) hashable(x expr.Expr) bool {
	c, ok := x.(*expr.Compare)
	if !ok || c.Op != "=" {
		return false
	}
	local := func(x expr.Expr) bool { return slices.ContainsFunc(expr.Columns(x), e.local) }
	return local(c.L) && !e.ties(c.L) && !local(c.R) || local(c.R) && !e.ties(c.R) && !local(c.L)
}

// drawnIn reports whether the sub-select becomes a join, of columns that the
// query around it equates with others.
func (e *equations) drawnIn() bool {
	return e.in.nested() && e.in.query.Kind == expr.Any
}
