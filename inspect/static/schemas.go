package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// createSchema replays CREATE SCHEMA with what it may contain.
func (r *replay) createSchema(n *pg.CreateSchemaStmt) *sqlError {
	owner := r.user
	if n.Authrole != nil {
		var err *sqlError
		if owner, err = r.role(n.Authrole); err != nil {
			return err
		}
		if !r.superuser() && !slices.Contains(append(r.cat.Groups(r.user, false), r.actsAs()...), owner) {
			return errf("42501", "must be member of role %q", owner)
		}
	}
	if err := r.mayCreateInDatabase(); err != nil {
		return err
	}
	name := n.Schemaname
	if name == "" {
		name = owner
	}
	if strings.HasPrefix(name, "pg_") {
		return errf("42939", "unacceptable schema name %q", name)
	}
	if r.hasSchema(name) {
		if n.IfNotExists {
			return notice()
		}
		return errf("42P06", "schema %q already exists", name).about(catalog.Ref{Kind: "schema", Name: name})
	}
	s := &catalog.Schema{
		Name: name, Owner: catalog.Of(owner, r.at), Grants: r.newACL(catalog.OnSchemas, "", owner), Origin: r.at, Platform: r.platform,
	}
	r.cat.Schemas.Put(s)
	r.change(s.Ref(), catalog.WhatCreated, "", "")
	return r.schemaElements(n, name, owner)
}

// schemaElements replays the statements inside CREATE SCHEMA, as its owner and
// with the schema in front of the search path.
func (r *replay) schemaElements(n *pg.CreateSchemaStmt, schema, owner string) *sqlError {
	if len(n.SchemaElts) == 0 {
		return nil
	}
	before := r.parameters()
	defer r.restore(before)
	r.user = owner
	r.path = append([]string{schema}, r.path...)
	for _, e := range n.SchemaElts {
		if in := elementSchema(e); in != "" && in != schema {
			return errf("42P15", "CREATE specifies a schema (%s) different from the one being created (%s)", in, schema)
		}
		if e.GetViewStmt().GetView().GetRelpersistence() == "t" || e.GetCreateStmt().GetRelation().GetRelpersistence() == "t" {
			return errf("42P16", "cannot create temporary relation in non-temporary schema")
		}
	}
	for _, e := range elementsInOrder(n.SchemaElts) {
		if err := r.node(e, ""); err != nil {
			return err
		}
	}
	return nil
}

// elementSchema is the schema that an element of CREATE SCHEMA names.
func elementSchema(n *pg.Node) string {
	switch n := n.GetNode().(type) {
	case *pg.Node_CreateSeqStmt:
		return n.CreateSeqStmt.Sequence.Schemaname
	case *pg.Node_CreateStmt:
		return n.CreateStmt.Relation.Schemaname
	case *pg.Node_ViewStmt:
		return n.ViewStmt.View.Schemaname
	case *pg.Node_IndexStmt:
		return n.IndexStmt.Relation.Schemaname
	case *pg.Node_CreateTrigStmt:
		return n.CreateTrigStmt.Relation.Schemaname
	}
	return ""
}

// elementsInOrder puts the elements in the order in which PostgreSQL takes
// them: tables before views, then indexes, triggers and grants.
func elementsInOrder(list []*pg.Node) []*pg.Node {
	rank := func(n *pg.Node) int {
		switch n.GetNode().(type) {
		case *pg.Node_CreateSeqStmt:
			return 0
		case *pg.Node_CreateStmt:
			return 1
		case *pg.Node_ViewStmt:
			return 2
		case *pg.Node_IndexStmt:
			return 3
		case *pg.Node_CreateTrigStmt:
			return 4
		}
		return 5
	}
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b *pg.Node) int { return rank(a) - rank(b) })
	return out
}
