package static

import (
	"cmp"
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// createView replays CREATE VIEW.
func (r *replay) createView(n *pg.ViewStmt) *sqlError {
	q := n.Query.GetSelectStmt()
	if q.GetIntoClause() != nil {
		return errf("0A000", "views must not contain SELECT INTO")
	}
	for _, x := range q.GetWithClause().GetCtes() {
		if x.GetCommonTableExpr().GetCtequery().GetSelectStmt() == nil {
			return errf("0A000", "views must not contain data-modifying statements in WITH")
		}
	}
	out, refs, err := r.query(q, nil, "")
	if err != nil {
		return err
	}
	v := &catalog.View{
		Origin: r.at, Platform: r.platform,
		SecurityInvoker: catalog.Of(false, r.at), SecurityBarrier: catalog.Of(false, r.at),
	}
	if out.complete && len(n.Aliases) > len(out.columns) {
		return errf("42601", "CREATE VIEW specifies more column names than columns")
	}
	wrong := viewColumns(v, out, names(n.Aliases))
	rv := n.View
	if rv.Relpersistence != "t" && readsTemporary(refs) {
		rv = &pg.RangeVar{Schemaname: rv.Schemaname, Relname: rv.Relname, Relpersistence: "t"}
	}
	if v.Name, err = r.newRelation(rv); err != nil {
		return err
	}
	v.Query = expr.NewQueryIn(q, r.exprScope(catalog.Name{}))
	r.readsOf(v, refs)
	old, had := r.cat.Views.Get(v.Name)
	if had && n.Replace && !old.Materialized {
		if err := r.replaceView(old, v); err != nil {
			return err
		}
	} else if rel, ok := r.cat.Relation(v.Name); ok && n.Replace {
		if t, isTable := r.cat.Tables.Get(rel.Name); !isTable || !t.Assumed {
			return errf("42809", "%q is not a view", v.Name.Name)
		}
	}
	if wrong != nil {
		return wrong
	}
	if !had || !n.Replace {
		if err := r.taken(v.Name); err != nil {
			return err
		}
		v.Owner, v.Grants = catalog.Of(r.user, r.at), r.newACL(catalog.OnTables, v.Name.Schema, r.user)
		r.change(v.Ref(), catalog.WhatCreated, "", "")
	}
	r.cat.PutView(v)
	delete(r.dropped, v.Name)
	r.depend(object{aRelation, v.Name, ""}, refs)
	for _, o := range n.Options {
		if err := r.viewOption(v.Name, o.GetDefElem(), false); err != nil {
			return err
		}
	}
	return nil
}

// readsTemporary reports whether a query refers to something temporary.
func readsTemporary(refs []object) bool {
	return slices.ContainsFunc(refs, func(o object) bool { return o.class == aRelation && o.name.Schema == "pg_temp" })
}

// viewColumns names the columns of a view, and returns what is wrong with them.
func viewColumns(v *catalog.View, out *row, aliases []string) (wrong *sqlError) {
	v.Columns = make([]catalog.ViewColumn, 0, len(out.columns)) // a view may have none
	for i, c := range out.columns {
		if i < len(aliases) {
			c.name = aliases[i]
		}
		if slices.ContainsFunc(v.Columns, func(x catalog.ViewColumn) bool { return x.Name == c.name }) {
			wrong = cmp.Or(wrong, errf("42701", "column %q specified more than once", c.name))
		}
		typ := c.fullType()
		if typ == "unknown" {
			typ = "text"
		}
		if pseudoType(typ) {
			wrong = cmp.Or(wrong, errf("42P16", "column %q has pseudo-type %s", c.name, typ))
		}
		v.Columns = append(v.Columns, catalog.ViewColumn{Name: c.name, Type: typ})
	}
	if !out.complete {
		v.Columns = nil
	}
	return wrong
}

// readsOf splits what a query refers to into relations and functions.
func (r *replay) readsOf(v *catalog.View, refs []object) {
	for _, o := range refs {
		rel, ok := r.cat.Relation(o.name)
		composite := ok && rel.Kind == catalog.CompositeRelation
		switch {
		case o.class == aRelation && !composite && !slices.Contains(v.Reads, o.name) && !systemSchema(o.name.Schema):
			v.Reads = append(v.Reads, o.name)
		case o.class == aFunction && !slices.Contains(v.Calls, o.name):
			v.Calls = append(v.Calls, o.name)
		}
	}
}

// replaceView checks what CREATE OR REPLACE VIEW may change, and takes over
// what it does not.
func (r *replay) replaceView(old, v *catalog.View) *sqlError {
	if err := r.mustOwn(old.Owner, "view", old.Name.Name); err != nil {
		return err
	}
	if old.Columns != nil && v.Columns != nil {
		if len(v.Columns) < len(old.Columns) {
			return errf("42P16", "cannot drop columns from view")
		}
		for i, c := range old.Columns {
			d := v.Columns[i]
			switch {
			case c.Name != d.Name:
				return errf("42P16", "cannot change name of view column %q to %q", c.Name, d.Name)
			case c.Type != "" && d.Type != "" && c.Type != d.Type:
				return errf("42P16", "cannot change data type of view column %q from %s to %s", c.Name, c.Type, d.Type)
			}
			v.Columns[i].Grants = c.Grants
		}
	}
	v.Owner, v.Grants, v.Triggers, v.Origin, v.Unsure = old.Owner, old.Grants, old.Triggers, old.Origin, old.Unsure
	v.Platform, v.Extension = old.Platform, old.Extension
	return nil
}

// viewOption sets or resets an option of a view.
func (r *replay) viewOption(n catalog.Name, d *pg.DefElem, reset bool) *sqlError {
	v, ok := r.cat.Views.Edit(n)
	if !ok {
		return nil
	}
	on := false
	if !reset && d.Defname != "check_option" {
		var valid bool
		if on, valid = switched(optionValue(d)); !valid {
			return errf("22023", "invalid value for boolean option %q: %s", d.Defname, optionValue(d))
		}
	}
	switch d.Defname {
	case "security_invoker":
		v.SecurityInvoker = catalog.Of(on, r.at)
	case "security_barrier":
		v.SecurityBarrier = catalog.Of(on, r.at)
	case "check_option":
	default:
		if reset {
			return nil
		}
		return errf("22023", "unrecognized parameter %q", d.Defname)
	}
	return nil
}

// switched reads a boolean as the server does (PostgreSQL docs 8.6).
func switched(s string) (value, ok bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if s == "" || s == "o" {
		return false, false
	}
	for _, yes := range []string{"true", "yes", "on", "1"} {
		if strings.HasPrefix(yes, s) {
			return true, true
		}
	}
	for _, no := range []string{"false", "no", "off", "0"} {
		if strings.HasPrefix(no, s) {
			return false, true
		}
	}
	return false, false
}
