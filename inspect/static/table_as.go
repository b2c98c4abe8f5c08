package static

import (
	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// createTableAs replays CREATE TABLE … AS, SELECT … INTO and CREATE
// MATERIALIZED VIEW.
func (r *replay) createTableAs(n *pg.CreateTableAsStmt) *sqlError {
	// The query is analysed before the server looks where the result goes.
	out, refs := &row{}, []object(nil)
	q := n.Query.GetSelectStmt()
	if q != nil {
		var err *sqlError
		if out, refs, err = r.query(q, nil, ""); err != nil {
			return err
		}
	}
	name, err := r.newRelation(n.Into.Rel)
	if err != nil && !r.alreadyThere(name) { // which is found out first
		return err
	}
	if n.IfNotExists && r.alreadyThere(name) {
		return notice()
	}
	if n.Objtype == pg.ObjectType_OBJECT_MATVIEW && readsTemporary(refs) {
		return errf("0A000", "materialized views must not use temporary tables or views")
	}
	if err := onCommit(n.Into.OnCommit, n.Into.Rel); err != nil {
		return err
	}
	if t, assumed := r.cat.Tables.Get(name); !assumed || !t.Assumed {
		if err := r.taken(name); err != nil {
			return err
		}
	} else {
		r.unassume(name)
	}
	if out.complete && len(n.Into.ColNames) > len(out.columns) {
		return errf("42601", "too many column names were specified")
	}
	v := &catalog.View{Name: name}
	if err := viewColumns(v, out, names(n.Into.ColNames)); err != nil {
		return err
	}
	if err := r.mayRead(refs); err != nil && !n.Into.SkipData {
		return err
	}
	if n.Objtype == pg.ObjectType_OBJECT_MATVIEW {
		return r.materialize(v, q, refs)
	}
	t := r.blankTable(name, catalog.Ordinary)
	t.Persistence = catalog.Of(persistences[n.Into.Rel.Relpersistence], r.at)
	if name.Schema == "pg_temp" {
		t.Persistence.Value = catalog.Temporary
	}
	for _, c := range v.Columns {
		if err := r.columnName(c.Name); err != nil {
			return err
		}
		t.Columns = append(t.Columns, &catalog.Column{Name: c.Name, Type: c.Type, Origin: r.at, Local: true})
	}
	if v.Columns == nil && (q == nil || !out.complete) {
		t.Unsure |= catalog.Columns
	}
	r.put(t)
	return nil
}

// materialize adds a materialized view.
func (r *replay) materialize(v *catalog.View, q *pg.SelectStmt, refs []object) *sqlError {
	v.Materialized, v.Origin, v.Platform = true, r.at, r.platform
	v.Owner, v.Grants = catalog.Of(r.user, r.at), r.newACL(catalog.OnTables, v.Name.Schema, r.user)
	v.SecurityInvoker, v.SecurityBarrier = catalog.Of(false, r.at), catalog.Of(false, r.at)
	v.Query = expr.NewQueryIn(q, r.exprScope(catalog.Name{}))
	r.readsOf(v, refs)
	r.cat.PutView(v)
	delete(r.dropped, v.Name)
	r.depend(object{aRelation, v.Name, ""}, refs)
	r.change(v.Ref(), catalog.WhatCreated, "", "")
	return nil
}

// mayRead is the refusal to run a query on relations without the right to read
// them.
func (r *replay) mayRead(refs []object) *sqlError {
	for _, o := range refs {
		if o.class != aRelation || o.sub != "" {
			continue
		}
		if t, ok := r.cat.Tables.Get(o.name); ok && !t.Assumed && !t.Unsure.Any(catalog.Grants) && !r.allowed(&t.Grants, catalog.Select) && !r.maySomeColumn(t) && !r.readsAll() {
			return errf("42501", "permission denied for table %s", o.name.Name).about(t.Ref())
		}
		if v, ok := r.cat.Views.Get(o.name); ok && v.Unsure == 0 && !r.allowed(&v.Grants, catalog.Select) && !r.readsAll() {
			return errf("42501", "permission denied for view %s", o.name.Name).about(v.Ref())
		}
	}
	return nil
}

// maySomeColumn reports whether the session may read any column.
func (r *replay) maySomeColumn(t *catalog.Table) bool {
	for _, c := range t.Columns {
		if r.allowed(&c.Grants, catalog.Select) {
			return true
		}
	}
	return false
}

// readsAll reports whether the session has pg_read_all_data (PostgreSQL docs
// 22.5).
func (r *replay) readsAll() bool { return r.has("pg_read_all_data") }

// refresh replays REFRESH MATERIALIZED VIEW.
func (r *replay) refresh(n *pg.RefreshMatViewStmt) *sqlError {
	rel, name, ok := r.relation(n.Relation)
	if !ok {
		if s := n.Relation.Schemaname; s != "" && !r.hasSchema(s) {
			return errf("3F000", "schema %q does not exist", s)
		}
		if r.unlisted() {
			return nil
		}
		return missingRelation(n.Relation).about(catalog.Ref{Kind: "materialized view", Name: name.String()})
	}
	v, ok := r.cat.Views.Get(rel.Name)
	if t, isTable := r.cat.Tables.Get(rel.Name); isTable && t.Assumed {
		return nil
	}
	if !ok || !v.Materialized {
		return errf("0A000", "%q is not a materialized view", n.Relation.Relname)
	}
	if err := r.mustOwn(v.Owner, "materialized view", n.Relation.Relname); err != nil {
		return err
	}
	if n.Concurrent && n.SkipData {
		return errf("42601", "CONCURRENTLY and WITH NO DATA options cannot be used together")
	}
	if n.Concurrent && v.Unsure == 0 {
		unique := false
		for _, x := range v.Indexes {
			unique = unique || x.Unique && x.Where == nil && len(x.Exprs) == 0
		}
		if !unique {
			return errf("55000", "cannot refresh materialized view %q concurrently", n.Relation.Relname)
		}
	}
	return nil
}
