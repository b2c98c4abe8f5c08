package static

import (
	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/source"
)

// Statements that write rows change nothing in the catalog. What is checked is
// what does not depend on the rows that are there.

// data replays an INSERT of constants of which the rows were not decoded.
func (r *replay) data(d *source.Data) *sqlError {
	t, err := r.target(&pg.RangeVar{Schemaname: d.Schema, Relname: d.Table}, catalog.Insert)
	if err != nil || t == nil {
		return err
	}
	return r.targetColumns(t, d.Table, d.Columns)
}

func (r *replay) insert(n *pg.InsertStmt) *sqlError {
	if n.WithClause != nil {
		if err := r.withQueries(n.WithClause); err != nil {
			return err
		}
	}
	t, err := r.target(n.Relation, catalog.Insert)
	if err != nil {
		return err
	}
	var columns []string
	for _, c := range n.Cols {
		columns = append(columns, c.GetResTarget().GetName())
	}
	if t != nil {
		if err := r.targetColumns(t, n.Relation.Relname, assigned(n.Cols)); err != nil {
			return err
		}
		if err := r.insertWidth(n, t, len(columns)); err != nil {
			return err
		}
	}
	if err := r.source(n.SelectStmt.GetSelectStmt(), n.WithClause); err != nil {
		return err
	}
	r.noteRoleWrite(n.Relation, columns, n.SelectStmt.GetSelectStmt())
	if t != nil && t.relation == buckets {
		r.addBuckets(n, columns)
	}
	return nil
}

// insertWidth refuses rows that have not as many values as there are columns.
func (r *replay) insertWidth(n *pg.InsertStmt, t *row, columns int) *sqlError {
	width := -1
	for _, l := range n.SelectStmt.GetSelectStmt().GetValuesLists() {
		w := len(l.GetList().GetItems())
		if width >= 0 && w != width {
			return errf("42601", "VALUES lists must all be the same length")
		}
		width = w
	}
	switch {
	case width < 0:
	case columns > 0 && width > columns, columns == 0 && t.complete && width > len(t.columns):
		return errf("42601", "INSERT has more expressions than target columns")
	case columns > width:
		return errf("42601", "INSERT has more target columns than expressions")
	}
	return nil
}

// source analyses the query that gives the rows, and runs what it calls.
func (r *replay) source(q *pg.SelectStmt, with *pg.WithClause) *sqlError {
	if q == nil || with != nil || len(q.ValuesLists) > 0 && !r.effective(q) {
		return nil
	}
	return r.selectStmt(q)
}

func (r *replay) update(n *pg.UpdateStmt) *sqlError {
	if n.WithClause != nil {
		if err := r.withQueries(n.WithClause); err != nil {
			return err
		}
	}
	t, err := r.target(n.Relation, catalog.Update)
	if err != nil || t == nil {
		return err
	}
	if err := r.writtenRow(n.Relation, t, n.FromClause, n.WithClause, n.WhereClause); err != nil {
		return err
	}
	if err := r.targetColumns(t, n.Relation.Relname, assigned(n.TargetList)); err != nil {
		if err.state == "42701" {
			return errf("42601", "multiple assignments to same column")
		}
		return err
	}
	for _, c := range n.TargetList {
		switch target := c.GetResTarget(); {
		case target.GetName() == "role" && t.relation == authUsers:
			r.roleWritten(target.GetVal())
		case target.GetName() == "public" && t.relation == buckets:
			r.publishBuckets(n.WhereClause, target.GetVal())
		}
	}
	return nil
}

func (r *replay) deleteStmt(n *pg.DeleteStmt) *sqlError {
	if n.WithClause != nil {
		if err := r.withQueries(n.WithClause); err != nil {
			return err
		}
	}
	t, err := r.target(n.Relation, catalog.Delete)
	if err != nil || t == nil {
		return err
	}
	if t.relation == buckets {
		r.dropBuckets(n.WhereClause)
	}
	return r.writtenRow(n.Relation, t, n.UsingClause, n.WithClause, n.WhereClause)
}

func (r *replay) merge(n *pg.MergeStmt) *sqlError {
	_, err := r.target(n.Relation, "")
	return err
}

func (r *replay) copy(n *pg.CopyStmt) *sqlError {
	if n.Relation == nil {
		return r.source(n.Query.GetSelectStmt(), nil)
	}
	if n.Filename != "" && !r.superuser() {
		return errf("42501", "permission denied to COPY %s a file", map[bool]string{true: "from", false: "to"}[n.IsFrom])
	}
	p := catalog.Select
	if n.IsFrom {
		p = catalog.Insert
	}
	t, err := r.target(n.Relation, p)
	if err != nil || t == nil {
		return err
	}
	var columns []string
	for _, c := range n.Attlist {
		columns = append(columns, c.GetString_().GetSval())
	}
	if n.IsFrom && t.relation == buckets {
		r.gap(catalog.Ref{Kind: "table", Name: buckets.String()}, "which buckets are copied into it is not known")
	}
	return r.targetColumns(t, n.Relation.Relname, columns)
}

// withQueries analyses what WITH holds, on its own.
func (r *replay) withQueries(w *pg.WithClause) *sqlError {
	if r.code != nil {
		return nil
	}
	return r.analysis(inStatements).with(w, &scope{})
}

// target finds the relation that rows are written to; nil for one of which
// nothing is known.
func (r *replay) target(v *pg.RangeVar, p catalog.Privilege) (*row, *sqlError) {
	n, err := r.readable(v)
	if err != nil {
		if name, missing := r.missing(err); missing {
			r.fail(err)
			r.assumeTable(name)
			return nil, nil
		}
		return nil, err
	}
	if _, ok := r.cat.Relation(n); !ok {
		return nil, nil // of the server or of an extension
	}
	rel, _ := r.cat.Relation(n)
	var acl *catalog.ACL
	switch rel.Kind {
	case catalog.TableRelation:
		t, _ := r.cat.Tables.Get(n)
		acl = &t.Grants
	case catalog.ViewRelation:
		x, _ := r.cat.Views.Get(n)
		if x.Materialized && p != catalog.Select {
			return nil, errf("42809", "cannot change materialized view %q", v.Relname)
		}
		acl = &x.Grants
	case catalog.SequenceRelation:
		if p == catalog.Select {
			return nil, nil
		}
		if !r.superuser() { // nobody can be granted to write one
			return nil, errf("42501", "permission denied for sequence %s", v.Relname)
		}
		return nil, errf("42809", "cannot change sequence %q", v.Relname)
	}
	if err := r.mayWrite(rel.Name, acl, p); err != nil {
		return nil, err
	}
	return r.rowOf(n), nil
}

// mayWrite is the refusal to write rows without the privilege. A privilege on
// columns may be enough: which are meant is left to the server.
func (r *replay) mayWrite(n catalog.Name, acl *catalog.ACL, p catalog.Privilege) *sqlError {
	if p == "" || r.allowed(acl, p) {
		return nil
	}
	if t, ok := r.cat.Tables.Get(n); ok {
		if t.Unsure.Any(catalog.Grants) {
			return nil
		}
		for _, c := range t.Columns {
			if r.allowed(&c.Grants, p) {
				return nil
			}
		}
		return errf("42501", "permission denied for table %s", n.Name).about(t.Ref())
	}
	return errf("42501", "permission denied for view %s", n.Name)
}

// assigned is the columns that targets name. Several may be parts of one, as in
// set list[1] = 1, list[2] = 2: it comes once.
func assigned(targets []*pg.Node) []string {
	var out []string
	parts := map[string]bool{}
	for _, n := range targets {
		t := n.GetResTarget()
		part := len(t.GetIndirection()) > 0
		if part && parts[t.GetName()] {
			continue
		}
		parts[t.GetName()] = part
		out = append(out, t.GetName())
	}
	return out
}

// targetColumns refuses columns that the relation lacks, and repeated ones.
func (r *replay) targetColumns(t *row, written string, columns []string) *sqlError {
	seen := map[string]bool{}
	for _, c := range columns {
		if _, ok := t.column(c); !ok && t.complete {
			return errf("42703", "column %q of relation %q does not exist", c, written)
		}
		if seen[c] {
			return errf("42701", "column %q specified more than once", c)
		}
		seen[c] = true
	}
	return nil
}

// writtenRow analyses the condition of UPDATE and DELETE. Inside code it may
// name variables, and is left to the server.
func (r *replay) writtenRow(v *pg.RangeVar, t *row, from []*pg.Node, with *pg.WithClause, where *pg.Node) *sqlError {
	if r.code != nil {
		return nil
	}
	a := r.analysis(inStatements)
	outer := &scope{}
	if with != nil {
		if err := a.with(with, outer); err != nil {
			return err
		}
	}
	if v.Alias != nil {
		t.alias = v.Alias.Aliasname
	}
	s := &scope{rows: []*row{t}, ctes: outer.ctes}
	for _, n := range from {
		if err := a.from(n, s); err != nil {
			return err
		}
	}
	return a.condition(where, s, inWhere, "WHERE")
}
