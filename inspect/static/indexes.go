package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/static/builtin"
)

// createIndex replays CREATE INDEX.
func (r *replay) createIndex(n *pg.IndexStmt) *sqlError {
	if n.Concurrent && r.inBlock() {
		return errf("25001", "CREATE INDEX CONCURRENTLY cannot run inside a transaction block")
	}
	if r.isSystemRelation(n.Relation) {
		return errf("42501", "permission denied: %q is a system catalog", n.Relation.Relname)
	}
	rel, err := r.open(n.Relation)
	if err != nil {
		return err
	}
	name := rel.Name
	x := &catalog.Index{
		Method: n.AccessMethod, Unique: n.Unique, Valid: true, Immediate: true,
		NullsNotDistinct: n.NullsNotDistinct, Origin: r.at,
	}
	t, isTable := r.cat.Tables.Get(name)
	if err := r.indexable(n, rel); err != nil {
		return err
	}
	if err := r.mayCreateIn(name.Schema); err != nil && name.Schema != "pg_temp" {
		return err
	}
	if err := r.accessMethod(x.Method); err != nil {
		return err
	}
	if err := methodOptions(n, x.Method); err != nil {
		return err
	}
	where, err := r.rowExpr(n.WhereClause, inPredicate, "WHERE", name)
	if err != nil {
		return err
	}
	x.Where = r.normal(n.WhereClause, name)
	if c, ok := x.Where.(*expr.Const); ok && c.IsBool() && c.Text == "true" {
		x.Where = nil // the server keeps no such predicate
	}
	refs, labels, err := r.indexElements(name, n.IndexParams, x)
	if err != nil {
		return err
	}
	for _, e := range n.IndexIncludingParams {
		elem := e.GetIndexElem()
		if elem.GetExpr() != nil {
			return errf("0A000", "expressions are not supported in included columns")
		}
		if err := r.indexColumn(name, elem.GetName()); err != nil {
			return err
		}
		x.Include, labels = append(x.Include, elem.Name), append(labels, elem.Name)
	}
	if isTable {
		if err := r.partitionKeyCovered(t, x); err != nil {
			return err
		}
	}
	if namesSystemColumn(n) {
		return errf("0A000", "index creation on system columns is not supported")
	}
	x.Name = n.Idxname
	if x.Name == "" {
		x.Name = r.relationName(name.Schema, name.Name, columnsLabel(indexColumnNames(labels)), "idx", false)
	} else if _, ok := r.cat.Relation(catalog.Name{Schema: name.Schema, Name: x.Name}); ok {
		if n.IfNotExists {
			return notice()
		}
		return errf("42P07", "relation %q already exists", x.Name)
	}
	r.cat.PutIndex(name, x)
	r.depend(object{aRelation, catalog.Name{Schema: name.Schema, Name: x.Name}, ""}, union(refs, where))
	if !n.Relation.Inh {
		return r.onlyIndex(name, x)
	}
	return r.indexChildren(name, x)
}

// indexable refuses a relation that can have no such index, in the order of the
// server: it reads the expressions before it looks at what kind of relation
// they are over.
func (r *replay) indexable(n *pg.IndexStmt, rel *catalog.Relation) *sqlError {
	name := rel.Name
	kind := r.kindOf(rel)
	if err := r.mustOwn(r.relationOwner(rel), string(kind), name.Name); err != nil {
		return err
	}
	t, isTable := r.cat.Tables.Get(name)
	if isTable && t.Kind == catalog.Partitioned && n.Concurrent {
		return errf("0A000", "cannot create index on partitioned table %q concurrently", name.Name)
	}
	predicate, index := *inPredicate, *inIndex
	predicate.immutable, index.immutable = false, false // asked for later
	if _, err := r.rowExpr(n.WhereClause, &predicate, "WHERE", name); err != nil {
		return err
	}
	for _, x := range n.IndexParams {
		if _, _, err := r.check(x.GetIndexElem().GetExpr(), &index, "", "", r.rowOf(name)); err != nil {
			return err
		}
	}
	if kind == plainTable || kind == materialized {
		return nil
	}
	return errf("42809", "cannot create index on relation %q", name.Name)
}

// namesSystemColumn reports whether an expression of an index, or its condition,
// refers to a system column.
func namesSystemColumn(n *pg.IndexStmt) bool {
	found := false
	look := func(x *pg.Node) bool {
		if c := x.GetColumnRef(); c != nil {
			parts := names(c.Fields)
			_, system := systemColumns[parts[len(parts)-1]]
			found = found || system
		}
		return true
	}
	for _, e := range n.IndexParams {
		visitNodes(e.GetIndexElem().GetExpr(), look)
	}
	visitNodes(n.WhereClause, look)
	return found
}

// indexElements reads the key columns and expressions of an index.
func (r *replay) indexElements(on catalog.Name, list []*pg.Node, x *catalog.Index) (refs []object, labels []string, err *sqlError) {
	w := r.rowOf(on)
	for _, n := range list {
		e := n.GetIndexElem()
		typ, name := anyKnown, indexedColumn(e)
		if name != "" {
			if err := r.indexColumn(on, name); err != nil {
				return nil, nil, err
			}
			if c, ok := w.column(name); ok {
				typ = c.typ
			}
			x.Columns, labels = append(x.Columns, name), append(labels, name)
		} else {
			exprType, used, err := r.check(e.Expr, inIndex, "", "", w)
			if err != nil {
				return nil, nil, err
			}
			if exprType == "record" {
				return nil, nil, errf("42P16", "column %q has pseudo-type record", columnName(e.Expr))
			}
			typ, refs = exprType, union(refs, used)
			x.Columns = append(x.Columns, "")
			x.Exprs = append(x.Exprs, r.normal(e.Expr, on))
			labels = append(labels, columnName(e.Expr))
		}
		if len(e.Collation) > 0 {
			if err := r.collatable(&pg.CollateClause{Collname: e.Collation}, typ); err != nil && typ != literal {
				return nil, nil, err
			}
		}
		x.Options = append(x.Options, keyOptions(x.Method, e))
		if len(e.Opclass) > 0 {
			err = r.opclass(x.Method, names(e.Opclass), typ)
		} else {
			err = r.defaultOpclass(x.Method, typ)
		}
		if err != nil {
			return nil, nil, err
		}
		if err := unordered(x.Method, e); err != nil {
			return nil, nil, err
		}
	}
	if !slices.ContainsFunc(x.Options, func(o string) bool { return o != "" }) {
		x.Options = nil
	}
	return refs, labels, nil
}

// keyOptions is what an element of an index says of its order; see
// catalog.Index.
func keyOptions(method string, e *pg.IndexElem) string {
	var out []string
	collation := names(e.Collation)
	if c := e.GetExpr().GetCollateClause(); c != nil {
		collation = names(c.Collname)
	}
	if len(collation) > 0 {
		out = append(out, "collate "+collation[len(collation)-1])
	}
	if class := names(e.Opclass); len(class) > 0 {
		name := class[len(class)-1]
		isDefault := func(o builtin.Opclass) bool { return o.Name == name && o.Default }
		if !slices.ContainsFunc(builtin.Opclasses(method), isDefault) {
			out = append(out, name)
		}
	}
	desc := e.Ordering == pg.SortByDir_SORTBY_DESC
	if desc {
		out = append(out, "desc")
	}
	switch { // nulls come last, and first in a descending order
	case e.NullsOrdering == pg.SortByNulls_SORTBY_NULLS_FIRST && !desc:
		out = append(out, "nulls first")
	case e.NullsOrdering == pg.SortByNulls_SORTBY_NULLS_LAST && desc:
		out = append(out, "nulls last")
	}
	return strings.Join(out, " ")
}

// indexedColumn is the column that an element of an index is, in parentheses or
// not; "" for an expression.
func indexedColumn(e *pg.IndexElem) string {
	if e.GetExpr() == nil {
		return e.GetName()
	}
	n := e.Expr
	if c := n.GetCollateClause(); c != nil {
		n = c.Arg
	}
	if ref := n.GetColumnRef(); ref != nil && len(ref.Fields) == 1 {
		return ref.Fields[0].GetString_().GetSval()
	}
	return ""
}

// indexColumn refuses a column that is not there.
func (r *replay) indexColumn(on catalog.Name, name string) *sqlError {
	w := r.rowOf(on)
	if _, ok := w.column(name); ok || !w.complete {
		return nil
	}
	if _, ok := systemColumns[name]; ok {
		return errf("0A000", "index creation on system columns is not supported")
	}
	return errf("42703", "column %q does not exist", name)
}
