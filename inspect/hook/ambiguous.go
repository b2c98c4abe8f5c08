package hook

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/expr/dml"
)

// ambiguous finds a variable that is also a column of a relation around it, in
// a statement that was parsed without knowing any columns: there, a bare name
// that is a variable's is a parameter, and a qualified one is not.
func (in *interp) ambiguous(s *dml.Statement) string {
	for _, q := range []*expr.Query{s.Query, s.Returning} {
		if name := in.conflicts(q, nil); name != "" {
			return name
		}
	}
	return ""
}

func (in *interp) conflicts(q *expr.Query, around []string) (name string) {
	if q == nil {
		return ""
	}
	inside := slices.Concat(around, relations(q.From))
	aliases := map[expr.Expr]bool{}
	for _, o := range q.Order { // ORDER BY x means an output column first
		if p, ok := o.X.(*expr.Param); ok && slices.Contains(q.Names, p.Name) {
			aliases[p] = true
		}
	}
	expr.Walk(q, func(e expr.Expr) bool {
		if name != "" {
			return false
		}
		switch e := e.(type) {
		case *expr.Query:
			if e != q {
				name = in.conflicts(e, inside)
				return false
			}
		case *expr.Param:
			if e.Name != "" && !aliases[e] && slices.ContainsFunc(inside, func(r string) bool { return in.hasColumn(r, e.Name) }) {
				name = e.Name
			}
		}
		return name == ""
	})
	return name
}

// relations lists the relations of FROM, those of joins too.
func relations(list []expr.Source) []string {
	var out []string
	for _, s := range list {
		switch {
		case s.Join != nil:
			out = slices.Concat(out, relations(s.Join.L), relations(s.Join.R))
		case s.Name != "" && !s.CTE:
			out = append(out, s.Name)
		}
	}
	return out
}

func (in *interp) hasColumn(relation, name string) bool {
	n, ok := qualified(relation)
	if !ok {
		return false
	}
	if t, ok := in.cat.Tables.Get(n); ok {
		_, has := t.Column(name)
		return has
	}
	if v, ok := in.cat.Views.Get(n); ok {
		return slices.ContainsFunc(v.Columns, func(c catalog.ViewColumn) bool { return c.Name == name })
	}
	return false
}

// qualified is a name that has a schema.
func qualified(name string) (catalog.Name, bool) {
	parts := splitName(name)
	if len(parts) != 2 {
		return catalog.Name{}, false
	}
	return catalog.Name{Schema: parts[0], Name: parts[1]}, true
}
