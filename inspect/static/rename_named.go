package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// renameFunction replays ALTER FUNCTION … RENAME.
func (r *replay) renameFunction(n *pg.RenameStmt) *sqlError {
	f, err := r.findFunction(n.Object.GetObjectWithArgs(), n.RenameType)
	if err != nil || f == nil {
		return err
	}
	if f.fn == nil {
		return r.mustOwn(catalog.Of("", r.at), routineWord(n.RenameType), f.name.Name)
	}
	if err := r.mustOwn(f.fn.Owner, routineWord(n.RenameType), f.name.Name); err != nil {
		return err
	}
	to := catalog.Name{Schema: f.name.Schema, Name: n.Newname}
	if _, taken := r.cat.Function(to, f.fn.Signature()); taken {
		return errf("42723", "function %s(%s) already exists in schema %q", n.Newname, f.signature(), to.Schema)
	}
	if err := r.mayCreateIn(to.Schema); err != nil {
		return err
	}
	r.moveFunction(f.fn, to)
	return nil
}

// moveFunction gives a function another name or schema; whatever calls it by
// its identity follows.
func (r *replay) moveFunction(f *catalog.Function, to catalog.Name) {
	r.move(&moves{functions: map[signed]catalog.Name{{f.Name, f.Signature()}: to}})
}

// renameType replays ALTER TYPE and DOMAIN … RENAME.
func (r *replay) renameType(n *pg.RenameStmt) *sqlError {
	parts := names(n.Object.GetList().GetItems())
	printed, err := r.namedType(parts)
	if err != nil {
		return err
	}
	name, ok := unprinted(printed)
	t, listed := r.cat.Types.Get(name)
	switch {
	case !ok && r.unlisted():
		return nil
	case !ok:
		return r.mustOwn(catalog.Of("", r.at), "type", written(parts))
	case !listed:
		return errf("42809", "%s is a table's row type", name.Name)
	case n.RenameType == pg.ObjectType_OBJECT_DOMAIN && t.Kind != catalog.Domain:
		return errf("42809", "%s is not a domain", name.Name)
	}
	if err := r.mustOwn(t.Owner, "type", name.Name); err != nil {
		return err
	}
	to := catalog.Name{Schema: name.Schema, Name: n.Newname}
	if _, taken := r.cat.Relation(to); taken && t.Kind == catalog.Composite {
		return errf("42P07", "relation %q already exists", n.Newname)
	}
	if err := r.typeTaken(to); err != nil {
		return err
	}
	r.moveType(t, to)
	return nil
}

// moveType gives a type another name or schema; columns, arguments and
// expressions follow.
func (r *replay) moveType(t *catalog.Type, to catalog.Name) {
	if t.Kind == catalog.Composite {
		r.move(moveOne(t.Name, to))
		return
	}
	r.move(&moves{types: map[catalog.Name]catalog.Name{t.Name: to}})
}

// renameDomainCheck replays ALTER DOMAIN … RENAME CONSTRAINT.
func (r *replay) renameDomainCheck(n *pg.RenameStmt) *sqlError {
	t, err := r.findType(names(n.Object.GetList().GetItems()))
	if err != nil || t == nil {
		return err
	}
	have := slices.Clone(r.domainChecks(t.Name))
	at := slices.Index(have, n.Subname)
	if at < 0 {
		return errf("42704", "constraint %q for domain %s does not exist", n.Subname, t.Name.Name)
	}
	if slices.Contains(have, n.Newname) {
		return errf("42710", "constraint %q for domain %q already exists", n.Newname, t.Name.Name)
	}
	have[at] = n.Newname
	r.setDomainChecks(t.Name, have)
	r.countConstraint(t.Name.Schema, n.Subname, -1)
	r.countConstraint(t.Name.Schema, n.Newname, 1)
	return nil
}

// renamePublication replays ALTER PUBLICATION … RENAME.
func (r *replay) renamePublication(from, to string) *sqlError {
	p, ok := r.cat.Publications.Get(from)
	if !ok {
		return errf("42704", "publication %q does not exist", from).about(catalog.Ref{Kind: "publication", Name: from})
	}
	if err := r.mustOwn(p.Owner, "publication", from); err != nil {
		return err
	}
	if r.cat.Publications.Has(to) {
		return errf("42710", "publication %q already exists", to)
	}
	p, _ = r.cat.Publications.Edit(from)
	moved := *p
	moved.Name = to
	r.cat.Publications.Delete(from)
	r.cat.Publications.Put(&moved)
	r.rewrite(func(o object) object {
		if o.class == aMember && o.sub == from {
			o.sub = to
		}
		return o
	})
	r.change(moved.Ref(), catalog.WhatRenamed, from, to)
	for _, m := range moved.Members {
		table := catalog.Ref{Kind: "table", Name: m.Table.String()}
		r.cat.Changes = append(r.cat.Changes,
			catalog.Change{Object: table, What: catalog.WhatUnpublish, Detail: from, After: catalog.ByRename, Origin: r.at},
			catalog.Change{Object: table, What: catalog.WhatPublished, Detail: to, Origin: r.at})
	}
	return nil
}
