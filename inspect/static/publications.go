package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// createPublication replays CREATE PUBLICATION.
func (r *replay) createPublication(n *pg.CreatePublicationStmt) *sqlError {
	p := &catalog.Publication{
		Name: n.Pubname, Owner: catalog.Of(r.user, r.at), AllTables: catalog.Of(n.ForAllTables, r.at),
		Publish: catalog.Of(catalog.Actions{Insert: true, Update: true, Delete: true, Truncate: true}, r.at),
		ViaRoot: catalog.Of(false, r.at), Origin: r.at, Platform: r.platform,
	}
	if err := r.mayCreateInDatabase(); err != nil {
		return err
	}
	if n.ForAllTables && !r.superuser() {
		return errf("42501", "must be superuser to create FOR ALL TABLES publication")
	}
	if old, ok := r.cat.Publications.Get(p.Name); ok && r.dump && old.Platform {
		r.deletePublication(p.Name) // the dump's takes its place
	}
	if r.cat.Publications.Has(p.Name) {
		return errf("42710", "publication %q already exists", p.Name).about(p.Ref())
	}
	if err := r.publicationOptions(p, n.Options); err != nil {
		return err
	}
	r.cat.Publications.Put(p)
	r.change(p.Ref(), catalog.WhatCreated, "", "")
	o, err := r.publicationObjects(n.Pubobjects)
	if err != nil {
		return err
	}
	if len(o.schemas) > 0 && !r.superuser() {
		return errf("42501", "must be superuser to create FOR TABLES IN SCHEMA publication")
	}
	if err := r.readLists(p, o.tables, o.schemas); err != nil {
		return err
	}
	if err := r.addMembers(p, o.tables); err != nil {
		return err
	}
	return r.addSchemas(p, o.schemas)
}

// alterPublication replays ALTER PUBLICATION … ADD, SET and DROP.
func (r *replay) alterPublication(n *pg.AlterPublicationStmt) *sqlError {
	p, ok := r.cat.Publications.Edit(n.Pubname)
	if !ok {
		return errf("42704", "publication %q does not exist", n.Pubname).about(catalog.Ref{Kind: "publication", Name: n.Pubname})
	}
	if !r.owns(p.Owner) {
		return errf("42501", "must be owner of publication %s", p.Name).about(p.Ref())
	}
	if len(n.Options) > 0 {
		return r.setPublication(p, n.Options)
	}
	add, set := n.Action == pg.AlterPublicationAction_AP_AddObjects, n.Action == pg.AlterPublicationAction_AP_SetObjects
	if !add && !set {
		if err := checkDropped(n.Pubobjects); err != nil {
			return err
		}
	}
	o, err := r.publicationSchemas(n.Pubobjects)
	if err != nil {
		return err
	}
	specs := tableSpecs(n.Pubobjects)
	switch {
	case len(o) > 0 && (add || set) && !r.superuser():
		return errf("42501", "must be superuser to add or set schemas")
	case p.AllTables.Value:
		return errf("55000", "publication %q is defined as FOR ALL TABLES", p.Name).about(p.Ref())
	}
	tables, err := r.openMembers(specs)
	if err != nil {
		return err
	}
	switch {
	case add:
		if err := r.readLists(p, tables, append(schemaNames(p), o...)); err != nil {
			return err
		}
		if err := r.addMembers(p, tables); err != nil {
			return err
		}
		return r.addSchemas(p, o)
	case set:
		if err := r.readLists(p, tables, o); err != nil {
			return err
		}
		return r.setMembers(p, tables, o)
	}
	return r.dropMembers(p, tables, o)
}

// checkDropped refuses column lists and row filters in ALTER PUBLICATION …
// DROP.
func checkDropped(objects []*pg.Node) *sqlError {
	for _, o := range objects {
		t := o.GetPublicationObjSpec().GetPubtable()
		switch {
		case len(t.GetColumns()) > 0:
			return errf("42601", "column list must not be specified in ALTER PUBLICATION ... DROP")
		case t.GetWhereClause() != nil:
			return errf("42601", "cannot use a WHERE clause when removing a table from a publication")
		}
	}
	return nil
}

// setPublication replays ALTER PUBLICATION … SET (…).
func (r *replay) setPublication(p *catalog.Publication, options []*pg.Node) *sqlError {
	if err := r.publicationOptions(p, options); err != nil {
		return err
	}
	if p.ViaRoot.Value {
		return nil
	}
	for _, m := range p.Members {
		t, ok := r.cat.Tables.Get(m.Table)
		if ok && t.Kind == catalog.Partitioned && (m.Columns != nil || m.Where != nil) {
			return errf("22023", "cannot set parameter %q to false for publication %q", "publish_via_partition_root", p.Name).about(p.Ref())
		}
	}
	return nil
}

// publicationOptions reads WITH (…) and SET (…).
func (r *replay) publicationOptions(p *catalog.Publication, options []*pg.Node) *sqlError {
	seen := map[string]bool{}
	for _, n := range options {
		d := n.GetDefElem()
		if seen[d.Defname] {
			return errf("42601", "conflicting or redundant options")
		}
		seen[d.Defname] = true
		switch d.Defname {
		case "publish":
			if d.Arg == nil {
				return errf("42601", "publish requires a parameter")
			}
			actions, err := publishActions(optionText(d.Arg))
			if err != nil {
				return err
			}
			p.Publish = catalog.Of(actions, r.at)
		case "publish_via_partition_root":
			text := "true"
			if d.Arg != nil {
				text = optionText(d.Arg)
			}
			switch strings.ToLower(text) {
			case "true", "on", "1":
				p.ViaRoot = catalog.Of(true, r.at)
			case "false", "off", "0":
				p.ViaRoot = catalog.Of(false, r.at)
			default:
				return errf("42601", "publish_via_partition_root requires a Boolean value")
			}
		case "publish_generated_columns": // PostgreSQL 18
		default:
			return errf("42601", "unrecognized publication parameter: %q", d.Defname)
		}
	}
	return nil
}

// publishActions reads the value of publish.
func publishActions(text string) (catalog.Actions, *sqlError) {
	var a catalog.Actions
	list, ok := identifiers(text)
	if !ok {
		return a, errf("42601", "invalid list syntax for \"publish\" option")
	}
	for _, word := range list {
		switch word {
		case "insert":
			a.Insert = true
		case "update":
			a.Update = true
		case "delete":
			a.Delete = true
		case "truncate":
			a.Truncate = true
		default:
			return a, errf("42601", "unrecognized value for publication option %q: %q", "publish", word)
		}
	}
	return a, nil
}

// optionText is the value of an option of the form (name = value), as
// defGetString reads it.
func optionText(n *pg.Node) string {
	switch v := n.GetNode().(type) {
	case *pg.Node_String_:
		return v.String_.GetSval()
	case *pg.Node_Boolean:
		if v.Boolean.GetBoolval() {
			return "true"
		}
		return "false"
	case *pg.Node_Integer:
		return constant(&pg.Node{Node: &pg.Node_AConst{AConst: &pg.A_Const{Val: &pg.A_Const_Ival{Ival: v.Integer}}}})
	case *pg.Node_Float:
		return v.Float.GetFval()
	case *pg.Node_TypeName:
		return written(names(slices.Clone(v.TypeName.GetNames())))
	}
	return ""
}
