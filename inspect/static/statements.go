package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/platform"
)

// lock replays LOCK TABLE. A server takes it in a transaction block only, which
// is what nearly all that apply migrations make of a file: whoever wrote it
// counts on that.
func (r *replay) lock(n *pg.LockStmt) *sqlError {
	for _, x := range n.Relations {
		v := x.GetRangeVar()
		if r.isSystemRelation(v) {
			continue
		}
		rel, err := r.open(v)
		if err != nil {
			return err
		}
		if rel.Kind != catalog.TableRelation && rel.Kind != catalog.ViewRelation {
			return errf("42809", "cannot lock relation %q", v.Relname)
		}
	}
	return nil
}

// truncate replays TRUNCATE. Whether there were rows makes no difference to
// what is refused.
func (r *replay) truncate(n *pg.TruncateStmt) *sqlError {
	var list []catalog.Name
	for _, x := range n.Relations {
		v := x.GetRangeVar()
		if r.isSystemRelation(v) {
			return errf("42501", "permission denied: %q is a system catalog", v.Relname)
		}
		rel, err := r.open(v)
		if err != nil {
			return err
		}
		t, ok := r.cat.Tables.Get(rel.Name)
		if !ok {
			return errf("42809", "%q is not a table", v.Relname)
		}
		if !t.Assumed && !r.allowed(&t.Grants, catalog.Truncate) {
			return errf("42501", "permission denied for table %s", v.Relname).about(t.Ref())
		}
		if t.Kind == catalog.Partitioned && !v.Inh {
			return errf("42809", "cannot truncate only a partitioned table").about(t.Ref())
		}
		list = append(list, rel.Name)
		if v.Inh {
			list = append(list, r.allBelow(rel.Name)...)
		}
	}
	for _, name := range list {
		for _, p := range r.pointingAt(name) {
			if n.Behavior != pg.DropBehavior_DROP_CASCADE && !slices.Contains(list, p.table) {
				return errf("0A000", "cannot truncate a table referenced in a foreign key constraint")
			}
		}
	}
	if slices.Contains(list, buckets) {
		r.dropBuckets(nil)
	}
	return nil
}

// comment replays COMMENT ON, which changes nothing but may name something
// that is not there.
func (r *replay) comment(n *pg.CommentStmt) *sqlError {
	list := n.Object.GetList().GetItems()
	switch n.Objtype {
	case pg.ObjectType_OBJECT_TABLE, pg.ObjectType_OBJECT_VIEW, pg.ObjectType_OBJECT_MATVIEW, pg.ObjectType_OBJECT_SEQUENCE,
		pg.ObjectType_OBJECT_INDEX, pg.ObjectType_OBJECT_FOREIGN_TABLE:
		return r.commentRelation(n.Objtype, names(list))
	case pg.ObjectType_OBJECT_COLUMN, pg.ObjectType_OBJECT_TABCONSTRAINT, pg.ObjectType_OBJECT_POLICY,
		pg.ObjectType_OBJECT_TRIGGER, pg.ObjectType_OBJECT_RULE:
		return r.commentPart(n.Objtype, names(list))
	case pg.ObjectType_OBJECT_FUNCTION, pg.ObjectType_OBJECT_PROCEDURE, pg.ObjectType_OBJECT_ROUTINE, pg.ObjectType_OBJECT_AGGREGATE:
		f, err := r.findFunction(n.Object.GetObjectWithArgs(), n.Objtype)
		switch {
		case err != nil || f == nil:
			return err
		case f.fn == nil:
			return r.mustOwn(catalog.Of("", r.at), "function", f.name.Name)
		}
		return r.mustOwn(f.fn.Owner, routineWord(n.Objtype), f.name.Name)
	case pg.ObjectType_OBJECT_TYPE, pg.ObjectType_OBJECT_DOMAIN:
		return r.commentType(n)
	case pg.ObjectType_OBJECT_DOMCONSTRAINT:
		return r.commentDomainCheck(list)
	case pg.ObjectType_OBJECT_SCHEMA:
		name := n.Object.GetString_().GetSval()
		s, ok := r.cat.Schemas.Get(name)
		switch {
		case ok:
			return r.mustOwn(s.Owner, "schema", name)
		case !r.hasSchema(name) && !r.unlisted():
			return errf("3F000", "schema %q does not exist", name)
		}
	case pg.ObjectType_OBJECT_EXTENSION:
		name := n.Object.GetString_().GetSval()
		e, ok := r.cat.Extensions.Get(name)
		switch {
		case !ok:
			return errf("42704", "extension %q does not exist", name)
		case e.Platform:
			return r.mustOwn(catalog.Of(platform.Admin, r.at), "extension", name)
		}
	case pg.ObjectType_OBJECT_ROLE:
		if name := n.Object.GetString_().GetSval(); !r.hasRole(name) {
			return missingRole(name)
		} else if r.cat.IsSuperuser(name) && !r.superuser() {
			return errf("42501", "must be superuser")
		} else if !r.mayCreateRoles() {
			return errf("42501", "must have CREATEROLE privilege")
		}
	case pg.ObjectType_OBJECT_PUBLICATION:
		name := n.Object.GetString_().GetSval()
		p, ok := r.cat.Publications.Get(name)
		if !ok {
			return errf("42704", "publication %q does not exist", name)
		}
		return r.mustOwn(p.Owner, "publication", name)
	}
	return nil
}

// commentRelation checks COMMENT ON TABLE and its like.
func (r *replay) commentRelation(t pg.ObjectType, parts []string) *sqlError {
	v := rangeVar(parts)
	if r.isSystemRelation(v) {
		return r.mustOwn(catalog.Of("", r.at), "table", v.Relname)
	}
	rel, err := r.open(v)
	if err != nil {
		return err
	}
	if table, ok := r.cat.Tables.Get(rel.Name); ok && table.Assumed {
		return nil
	}
	want := dropKinds[t]
	if r.kindOf(rel) != want.kind {
		return errf("42809", "%q is not %s", v.Relname, withArticle(want.word))
	}
	return r.mustOwn(r.relationOwner(rel), want.word, v.Relname)
}

// rangeVar is a relation by its qualified name.
func rangeVar(parts []string) *pg.RangeVar {
	v := &pg.RangeVar{Relname: parts[len(parts)-1]}
	if len(parts) > 1 {
		v.Schemaname = parts[len(parts)-2]
	}
	return v
}

// commentPart checks COMMENT ON COLUMN, CONSTRAINT, POLICY and TRIGGER.
func (r *replay) commentPart(t pg.ObjectType, parts []string) *sqlError {
	if len(parts) < 2 {
		return errf("42601", "column name must be qualified")
	}
	name, v := parts[len(parts)-1], rangeVar(parts[:len(parts)-1])
	if r.isSystemRelation(v) {
		return r.mustOwn(catalog.Of("", r.at), "table", v.Relname)
	}
	rel, err := r.open(v)
	if err != nil {
		return err
	}
	if err := r.partExists(t, rel, v, name); err != nil {
		return err
	}
	return r.mustOwn(r.relationOwner(rel), string(r.kindOf(rel)), v.Relname)
}

// partExists refuses a column, constraint, policy or trigger that is not there.
func (r *replay) partExists(t pg.ObjectType, rel *catalog.Relation, v *pg.RangeVar, name string) *sqlError {
	table, isTable := r.cat.Tables.Get(rel.Name)
	unsure := isTable && (table.Assumed || table.Unsure != 0)
	found, word := true, ""
	switch t {
	case pg.ObjectType_OBJECT_COLUMN:
		w := r.rowOf(rel.Name)
		if _, ok := w.column(name); !ok && w.complete {
			return errf("42703", "column %q of relation %q does not exist", name, v.Relname)
		}
		return nil
	case pg.ObjectType_OBJECT_TABCONSTRAINT:
		if found = isTable && hasConstraint(table, name); !found && !unsure {
			return errf("42704", "constraint %q for table %q does not exist", name, v.Relname)
		}
		return nil
	case pg.ObjectType_OBJECT_POLICY:
		word, found = "policy", false
		if isTable {
			_, found = table.Policy(name)
		}
	case pg.ObjectType_OBJECT_TRIGGER:
		word = "trigger"
		_, found = r.findTrigger(rel.Name, name)
	}
	if !found && !unsure {
		return errf("42704", "%s %q for table %q does not exist", word, name, v.Relname)
	}
	return nil
}

// commentType checks COMMENT ON TYPE and DOMAIN.
func (r *replay) commentType(n *pg.CommentStmt) *sqlError {
	parts := names(n.Object.GetTypeName().GetNames())
	t, err := r.findType(parts)
	if err != nil || t == nil {
		return err
	}
	if n.Objtype == pg.ObjectType_OBJECT_DOMAIN && t.Kind != catalog.Domain {
		return errf("42809", "%q is not a domain", written(parts))
	}
	return r.mustOwn(t.Owner, "type", t.Name.Name)
}

// commentDomainCheck checks COMMENT ON CONSTRAINT … ON DOMAIN.
func (r *replay) commentDomainCheck(list []*pg.Node) *sqlError {
	if len(list) != 2 {
		return nil
	}
	t, err := r.findType(names(list[0].GetTypeName().GetNames()))
	if err != nil || t == nil {
		return err
	}
	if name := list[1].GetString_().GetSval(); !slices.Contains(r.domainChecks(t.Name), name) && t.Unsure == 0 && t.Extension == "" {
		return errf("42704", "constraint %q for domain %s does not exist", name, t.Name.Name)
	}
	return r.mustOwn(t.Owner, "type", t.Name.Name)
}
