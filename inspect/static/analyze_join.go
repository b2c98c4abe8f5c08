package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// join analyses a JOIN. Its condition sees only what it joins, and what is
// around the query.
func (a *analysis) join(n *pg.JoinExpr, s *scope) ([]*row, *sqlError) {
	left, err := a.fromItem(n.Larg, s)
	if err != nil {
		return nil, err
	}
	lateral := &scope{rows: append(slices.Clone(s.rows), left...), ctes: s.ctes, outer: s.outer}
	right, err := a.fromItem(n.Rarg, lateral)
	if err != nil {
		return nil, err
	}
	for _, w := range right {
		for _, x := range left {
			if x.alias == w.alias && w.alias != "" && x.relation.Schema == w.relation.Schema {
				return nil, errf("42712", "table name %q specified more than once", w.alias)
			}
		}
	}
	both := append(slices.Clone(left), right...)
	using := names(n.UsingClause)
	if n.IsNatural {
		using = commonColumns(left, right)
	}
	for _, name := range using {
		if err := a.using(name, left, right); err != nil {
			return nil, err
		}
	}
	if n.Quals != nil {
		inner := &scope{rows: both, ctes: s.ctes, outer: s.outer}
		if err := a.condition(n.Quals, inner, inJoin, "JOIN/ON"); err != nil {
			return nil, err
		}
	}
	if n.JoinUsingAlias != nil {
		both = append(both, merged(n.JoinUsingAlias.Aliasname, using, left))
	}
	if n.Alias == nil {
		return both, nil
	}
	all := &row{complete: true}
	for _, w := range both {
		for _, c := range w.columns {
			if !c.hidden {
				all.columns = append(all.columns, c)
			}
		}
		all.complete = all.complete && w.complete
	}
	return []*row{all}, all.rename(n.Alias)
}

// merged is the row by which USING (…) AS alias calls the columns that it
// merges (PostgreSQL docs 7.2.1.1); without the alias they are the left side's.
func merged(alias string, using []string, left []*row) *row {
	out := &row{alias: alias, complete: true}
	for _, name := range using {
		c := rowColumn{name: name}
		for _, w := range left {
			if found, ok := w.column(name); ok {
				c = found
			}
		}
		c.hidden = true
		out.columns = append(out.columns, c)
	}
	return out
}

// using merges a column of both sides into the left one.
func (a *analysis) using(name string, left, right []*row) *sqlError {
	for i, side := range [][]*row{left, right} {
		found, complete := false, true
		for _, w := range side {
			complete = complete && w.complete
			for j, c := range w.columns {
				if c.name != name || c.hidden {
					continue
				}
				if found {
					return errf("42702", "common column name %q appears more than once in %s table", name, []string{"left", "right"}[i])
				}
				found = true
				a.use(c)
				if i == 1 {
					w.columns = slices.Clone(w.columns)
					w.columns[j].hidden = true
				}
			}
		}
		if !found && complete {
			return errf("42703", "column %q specified in USING clause does not exist in %s table", name, []string{"left", "right"}[i])
		}
	}
	return nil
}

// commonColumns is what NATURAL JOIN joins by.
func commonColumns(left, right []*row) []string {
	var out []string
	for _, w := range left {
		for _, c := range w.columns {
			if !c.hidden && slices.ContainsFunc(right, func(x *row) bool { _, ok := x.column(c.name); return ok }) {
				out = append(out, c.name)
			}
		}
	}
	return out
}
