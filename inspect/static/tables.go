package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// newRelation is the name of a relation to be created, after the checks that
// the server makes before anything else.
func (r *replay) newRelation(v *pg.RangeVar) (catalog.Name, *sqlError) {
	if v.Relpersistence == "t" {
		if v.Schemaname != "" && v.Schemaname != "pg_temp" {
			return catalog.Name{}, errf("42P16", "cannot create temporary relation in non-temporary schema")
		}
		r.deps.temporary = true
		return catalog.Name{Schema: "pg_temp", Name: v.Relname}, nil
	}
	if v.Schemaname == "pg_catalog" && !r.superuser() {
		return catalog.Name{}, errf("42501", "permission denied for schema pg_catalog")
	}
	name, err := r.newName(v.Schemaname, v.Relname)
	if err != nil || name.Schema == "pg_temp" {
		if err == nil && v.Relpersistence == "u" {
			return name, errf("42P16", "only temporary relations may be created in temporary schemas")
		}
		r.deps.temporary = true
		return name, err
	}
	return name, r.mayCreateIn(name.Schema)
}

// taken is the refusal to create a relation where there is one, or a type of
// that name.
func (r *replay) taken(n catalog.Name) *sqlError {
	if err := r.relationTaken(n); err != nil {
		return err
	}
	if r.cat.Types.Has(n) {
		return errf("42710", "type %q already exists", n.Name).about(catalog.Ref{Kind: "type", Name: n.String()})
	}
	return nil
}

// relationTaken is the refusal where there is a relation; one that was only
// assumed makes room.
func (r *replay) relationTaken(n catalog.Name) *sqlError {
	if t, ok := r.cat.Tables.Get(n); ok && t.Assumed {
		r.unassume(n)
		return nil
	}
	if _, ok := r.cat.Relation(n); ok {
		return errf("42P07", "relation %q already exists", n.Name).about(catalog.Ref{Kind: "table", Name: n.String()})
	}
	return nil
}

// alreadyThere reports whether IF NOT EXISTS leaves a statement without effect.
func (r *replay) alreadyThere(n catalog.Name) bool {
	if t, ok := r.cat.Tables.Get(n); ok && t.Assumed {
		return false
	}
	_, ok := r.cat.Relation(n)
	return ok
}

var persistences = map[string]catalog.Persistence{"p": catalog.Permanent, "u": catalog.Unlogged, "t": catalog.Temporary}

// createTable replays CREATE TABLE.
func (r *replay) createTable(n *pg.CreateStmt) *sqlError {
	return r.makeTable(n, catalog.Ordinary)
}

func (r *replay) makeTable(n *pg.CreateStmt, kind catalog.TableKind) *sqlError {
	name, err := r.newRelation(n.Relation)
	if err != nil {
		return err
	}
	if n.IfNotExists && r.alreadyThere(name) {
		return notice()
	}
	t := r.blankTable(name, kind)
	t.Persistence = catalog.Of(persistences[n.Relation.Relpersistence], r.at)
	if name.Schema == "pg_temp" {
		t.Persistence.Value = catalog.Temporary
	}
	if n.Partspec != nil {
		t.Kind = catalog.Partitioned
		if len(n.InhRelations) > 0 && n.Partbound == nil {
			return errf("42P17", "cannot create partitioned table as inheritance child")
		}
	}
	d := &draft{r: r, t: t, creating: true}
	if err := d.elements(n); err != nil {
		return err
	}
	if err := d.earlyKeys(n.InhRelations); err != nil {
		return err
	}
	if err := onCommit(n.Oncommit, n.Relation); err != nil {
		return err
	}
	if err := d.openParents(n); err != nil {
		return err
	}
	if err := createOptions(n); err != nil {
		return err
	}
	if err := d.columnsTwice(); err != nil {
		return err
	}
	if err := d.parents(n); err != nil {
		return err
	}
	for _, c := range t.Columns {
		if err := r.columnName(c.Name); err != nil {
			return err
		}
	}
	if _, err := d.checkKeys(t); err != nil {
		return err
	}
	if err := r.taken(name); err != nil {
		return err
	}
	d.sequences()
	r.put(t)
	if err := d.setValues(); err != nil {
		return err
	}
	if n.Partbound != nil {
		if err := r.bound(name, t.PartitionOf, n.Partbound); err != nil {
			return err
		}
	}
	if err := d.partitioning(n); err != nil {
		return err
	}
	if n.Partbound != nil {
		if err := r.adopt(name, t.PartitionOf); err != nil {
			return err
		}
	}
	return d.finish()
}

// blankTable is a new table of the session's role.
func (r *replay) blankTable(name catalog.Name, kind catalog.TableKind) *catalog.Table {
	identity := catalog.IdentityDefault
	if kind == catalog.Foreign {
		identity = catalog.IdentityNothing
	}
	return &catalog.Table{
		Name: name, Kind: kind, Origin: r.at, Platform: r.platform,
		Persistence: catalog.Of(catalog.Permanent, r.at),
		Owner:       catalog.Of(r.user, r.at),
		RLS:         catalog.Of(false, r.at),
		ForceRLS:    catalog.Of(false, r.at),
		Identity:    catalog.Of(catalog.Identity{Kind: identity}, r.at),
		Grants:      r.newACL(catalog.OnTables, name.Schema, r.user),
	}
}

// put adds a new table to the catalog and its history.
func (r *replay) put(t *catalog.Table) {
	r.cat.PutTable(t)
	delete(r.assumed, t.Name)
	delete(r.dropped, t.Name)
	r.change(t.Ref(), catalog.WhatCreated, "", "")
}

// elements reads the columns and constraints of CREATE TABLE.
func (d *draft) elements(n *pg.CreateStmt) *sqlError {
	if n.OfTypename != nil {
		if err := d.ofType(n.OfTypename); err != nil {
			return err
		}
	}
	if n.Partbound != nil && len(n.InhRelations) == 1 {
		d.partial = true
		if err := d.partitionColumns(n.InhRelations[0].GetRangeVar()); err != nil {
			return err
		}
	}
	for _, e := range n.TableElts {
		var err *sqlError
		switch e := e.GetNode().(type) {
		case *pg.Node_ColumnDef:
			err = d.column(e.ColumnDef)
		case *pg.Node_Constraint:
			err = d.tableConstraint(e.Constraint)
		case *pg.Node_TableLikeClause:
			err = d.like(e.TableLikeClause)
		}
		if err != nil {
			return err
		}
	}
	for _, c := range n.Constraints {
		if err := d.tableConstraint(c.GetConstraint()); err != nil {
			return err
		}
	}
	return nil
}

// ofType takes the columns of a composite type.
func (d *draft) ofType(t *pg.TypeName) *sqlError {
	ct, err := d.r.compositeType(t)
	if err != nil {
		return err
	}
	d.partial, d.t.OfType, d.r.deps.typed = true, ct.Name, true
	for _, f := range ct.Fields {
		d.t.Columns = append(d.t.Columns, &catalog.Column{Name: f.Name, Type: f.Type, Origin: d.r.at, Local: true})
	}
	return nil
}

// columnsTwice refuses columns that are declared twice.
func (d *draft) columnsTwice() *sqlError {
	for i, c := range d.t.Columns {
		if slices.ContainsFunc(d.t.Columns[:i], func(x *catalog.Column) bool { return x.Name == c.Name }) {
			return errf("42701", "column %q specified more than once", c.Name)
		}
	}
	return nil
}

// columnName refuses the names of system columns.
func (r *replay) columnName(name string) *sqlError {
	if _, ok := systemColumns[name]; ok {
		return errf("42701", "column name %q conflicts with a system column name", name)
	}
	return nil
}
