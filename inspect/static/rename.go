package static

import (
	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// rename replays ALTER … RENAME of every kind of object.
func (r *replay) rename(n *pg.RenameStmt) *sqlError {
	switch n.RenameType {
	case pg.ObjectType_OBJECT_TABLE, pg.ObjectType_OBJECT_VIEW, pg.ObjectType_OBJECT_MATVIEW, pg.ObjectType_OBJECT_SEQUENCE,
		pg.ObjectType_OBJECT_INDEX, pg.ObjectType_OBJECT_FOREIGN_TABLE:
		return r.renameRelation(n)
	case pg.ObjectType_OBJECT_COLUMN, pg.ObjectType_OBJECT_ATTRIBUTE:
		return r.renameColumn(n)
	case pg.ObjectType_OBJECT_TABCONSTRAINT:
		return r.renameConstraint(n)
	case pg.ObjectType_OBJECT_POLICY, pg.ObjectType_OBJECT_TRIGGER:
		return r.renameOfRelation(n)
	case pg.ObjectType_OBJECT_FUNCTION, pg.ObjectType_OBJECT_PROCEDURE, pg.ObjectType_OBJECT_ROUTINE, pg.ObjectType_OBJECT_AGGREGATE:
		return r.renameFunction(n)
	case pg.ObjectType_OBJECT_TYPE, pg.ObjectType_OBJECT_DOMAIN:
		return r.renameType(n)
	case pg.ObjectType_OBJECT_DOMCONSTRAINT:
		return r.renameDomainCheck(n)
	case pg.ObjectType_OBJECT_SCHEMA:
		return r.renameSchema(n.Subname, n.Newname)
	case pg.ObjectType_OBJECT_PUBLICATION:
		return r.renamePublication(n.Object.GetString_().GetSval(), n.Newname)
	case pg.ObjectType_OBJECT_EVENT_TRIGGER:
		return r.renameEventTrigger(n)
	case pg.ObjectType_OBJECT_ROLE:
		return r.renameRole(n.Subname, n.Newname)
	}
	return nil
}

// renameRelation replays ALTER TABLE, VIEW, INDEX, SEQUENCE … RENAME TO.
func (r *replay) renameRelation(n *pg.RenameStmt) *sqlError {
	as := n.RenameType
	if as == pg.ObjectType_OBJECT_INDEX {
		if _, _, ok := r.relation(n.Relation); ok {
			as = pg.ObjectType_OBJECT_TABLE // the server does not mind
		}
	}
	rel, err := r.alterable(n.Relation, as, n.MissingOk)
	if err != nil || rel == nil {
		return err
	}
	schema := rel.Name.Schema
	if err := r.mayCreateIn(schema); err != nil && schema != "pg_temp" {
		return err
	}
	to := catalog.Name{Schema: schema, Name: n.Newname}
	if err := r.relationTaken(to); err != nil {
		return err
	}
	if rel.Kind != catalog.IndexRelation && rel.Kind != catalog.SequenceRelation && r.cat.Types.Has(to) {
		return errf("42710", "type %q already exists", n.Newname)
	}
	if rel.Kind == catalog.IndexRelation {
		r.renameIndex(rel.Table, rel.Name.Name, n.Newname)
		return nil
	}
	r.moveRelation(rel, to)
	return nil
}

// renameColumn replays ALTER TABLE … RENAME COLUMN and its like.
func (r *replay) renameColumn(n *pg.RenameStmt) *sqlError {
	as := n.RelationType
	if n.RenameType == pg.ObjectType_OBJECT_ATTRIBUTE {
		as = pg.ObjectType_OBJECT_TYPE
	}
	rel, err := r.alterable(n.Relation, as, n.MissingOk)
	if err != nil || rel == nil {
		return err
	}
	if rel.Kind == catalog.SequenceRelation || rel.Kind == catalog.IndexRelation {
		return errf("42809", "cannot rename columns of relation %q", n.Relation.Relname)
	}
	if t, ok := r.cat.Tables.Get(rel.Name); ok {
		if t.OfType != (catalog.Name{}) {
			return errf("42809", "cannot rename column of typed table")
		}
		for _, above := range ancestors(t) {
			if parent, ok := r.cat.Tables.Get(above); ok {
				if _, ok := parent.Column(n.Subname); ok {
					return errf("42P16", "cannot rename inherited column %q", n.Subname)
				}
			}
		}
		if !n.Relation.Inh && len(r.children(rel.Name)) > 0 {
			return errf("42P16", "inherited column %q must be renamed in child tables too", n.Subname)
		}
	}
	if _, ok := systemColumns[n.Subname]; ok {
		return errf("0A000", "cannot rename system column %q", n.Subname)
	}
	w := r.rowOf(rel.Name)
	if _, ok := w.column(n.Subname); !ok {
		if !w.complete {
			return nil
		}
		return errf("42703", "column %q does not exist", n.Subname).about(r.ref(object{aRelation, rel.Name, ""}))
	}
	if err := r.columnName(n.Newname); err != nil {
		return err
	}
	all := append(r.allBelow(rel.Name), rel.Name)
	if rel.Kind == catalog.CompositeRelation {
		tables, err := r.tablesOf(rel.Name, n.Behavior)
		if err != nil {
			return err
		}
		all = append(tables, rel.Name)
	}
	if _, ok := r.otherParent(rel.Name, n.Subname); ok {
		return errf("42P16", "cannot rename inherited column %q", n.Subname)
	}
	for _, name := range all {
		if _, ok := r.rowOf(name).column(n.Newname); ok {
			return errf("42701", "column %q of relation %q already exists", n.Newname, name.Name)
		}
	}
	r.recolumn(all, n.Subname, n.Newname)
	return nil
}
