package static

import (
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/static/builtin"
)

// exprScope is how names in an expression over a relation resolve, at the
// present statement. table is zero where there is none.
func (r *replay) exprScope(table catalog.Name) expr.Scope {
	s := expr.Scope{SearchPath: r.searchPath(), Exists: r.exists, Columns: r.exprColumns}
	if table != (catalog.Name{}) {
		s.Table = table.SQL()
	}
	return s
}

// exists answers an expr.Scope.
func (r *replay) exists(kind expr.Kind, schema, name string, nargs int) bool {
	n := catalog.Name{Schema: schema, Name: name}
	switch kind {
	case expr.Relation:
		_, ok := r.cat.Relation(n)
		return ok || builtin.HasRelation(schema, name)
	case expr.Type:
		_, ok := r.typeIn(schema, name)
		return ok
	case expr.Function:
		for _, f := range r.routinesIn(schema, name) {
			if f.takes(nargs) {
				return true
			}
		}
	}
	return false
}

// exprColumns answers an expr.Scope.
func (r *replay) exprColumns(relation string) ([]expr.ColumnDef, bool) {
	w := r.rowOf(catalog.ParseName(relation))
	if !w.complete {
		return nil, false
	}
	out := make([]expr.ColumnDef, len(w.columns))
	for i, c := range w.columns {
		out[i] = expr.ColumnDef{Name: c.name, Type: r.cat.BaseType(c.typ)}
	}
	return out, true
}
