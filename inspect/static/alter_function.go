package static

import (
	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// alterFunction replays ALTER FUNCTION, PROCEDURE and ROUTINE with attributes.
func (r *replay) alterFunction(n *pg.AlterFunctionStmt) *sqlError {
	found, err := r.findFunction(n.Func, n.Objtype)
	if err != nil || found == nil {
		return err
	}
	word := routineWord(n.Objtype)
	if found.fn == nil {
		if r.superuser() {
			return nil
		}
		return errf("42501", "must be owner of %s %s", word, found.name.Name)
	}
	if err := r.mustOwn(found.fn.Owner, word, found.name.Name); err != nil {
		return err.about(found.fn.Ref())
	}
	if found.kind == catalog.Aggregate {
		return errf("42809", "%q is an aggregate function", found.name.Name)
	}
	f, _ := r.cat.EditFunction(found.name, found.fn.Signature())
	before := *f
	o, err := r.functionOptions(f, n.Actions)
	if err != nil {
		return err
	}
	switch {
	case f.Leakproof.Value && !before.Leakproof.Value && !r.superuser():
		return errf("42501", "only superuser can define a leakproof function")
	case o.cost != nil && *o.cost <= 0:
		return errf("22023", "COST must be positive")
	case o.rows != nil && *o.rows <= 0:
		return errf("22023", "ROWS must be positive")
	case o.rows != nil && !f.ReturnsSet:
		return errf("22023", "ROWS is not applicable when function does not return a set")
	}
	return nil
}
