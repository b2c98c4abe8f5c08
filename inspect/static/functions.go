package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// createFunction replays CREATE FUNCTION and CREATE PROCEDURE. Its checks come
// in PostgreSQL's order.
func (r *replay) createFunction(n *pg.CreateFunctionStmt) *sqlError {
	name, err := r.qualified(names(n.Funcname))
	if err != nil {
		return err
	}
	if err := r.mayCreateIn(name.Schema); err != nil {
		return err
	}
	f := &catalog.Function{
		Name: name, Kind: catalog.PlainFunction, Origin: r.at, Platform: r.platform,
		Volatility: catalog.Of(catalog.Volatile, r.at), SecurityDefiner: catalog.Of(false, r.at),
		Strict: catalog.Of(false, r.at), Leakproof: catalog.Of(false, r.at), Owner: catalog.Of(r.user, r.at),
	}
	if n.IsProcedure {
		f.Kind = catalog.Procedure
	}
	o, err := r.functionOptions(f, n.Options)
	if err != nil {
		return err
	}
	if err := r.language(f, n); err != nil {
		return err
	}
	if f.Leakproof.Value && !r.superuser() {
		return errf("42501", "only superuser can define a leakproof function")
	}
	if err := r.arguments(f, n); err != nil {
		return err
	}
	if err := deducibleOutputs(f); err != nil {
		return err
	}
	if err := r.functionText(f, n, o.as); err != nil {
		return err
	}
	switch {
	case o.cost != nil && *o.cost <= 0:
		return errf("22023", "COST must be positive")
	case o.rows != nil && *o.rows <= 0:
		return errf("22023", "ROWS must be positive")
	case o.rows != nil && !f.ReturnsSet:
		return errf("22023", "ROWS is not applicable when function does not return a set")
	}
	refs, err := r.checkStandard(f, n.SqlBody)
	if err != nil {
		return err
	}
	return r.putFunction(f, n, refs)
}

// qualified is the name of a new object of another name space than relations.
func (r *replay) qualified(parts []string) (catalog.Name, *sqlError) {
	name := parts[len(parts)-1]
	if len(parts) == 1 {
		return r.newName("", name)
	}
	schema := parts[len(parts)-2]
	if systemSchema(schema) {
		return catalog.Name{Schema: schema, Name: name}, nil
	}
	return r.newName(schema, name)
}

// language finds the language of a function and checks that it may be used.
func (r *replay) language(f *catalog.Function, n *pg.CreateFunctionStmt) *sqlError {
	switch {
	case f.Language == "" && n.SqlBody != nil:
		f.Language = "sql"
	case f.Language == "":
		return errf("42P13", "no language specified")
	case !r.hasLanguage(f.Language):
		return errf("42704", "language %q does not exist", f.Language)
	case untrusted(f.Language) && !r.superuser():
		return errf("42501", "permission denied for language %s", f.Language)
	}
	return nil
}

// putFunction enters a function, in the place of the one that it replaces.
func (r *replay) putFunction(f *catalog.Function, n *pg.CreateFunctionStmt, refs []object) *sqlError {
	old, replaced := r.cat.Function(f.Name, f.Signature())
	if replaced {
		if err := r.mayReplace(old, f, n); err != nil {
			return err
		}
		// A replaced function keeps its owner and its privileges.
		f.Owner, f.Grants = old.Owner, old.Grants
		f.Extension, f.Platform = old.Extension, old.Platform
	} else {
		f.Grants = r.newACL(catalog.OnFunctions, f.Name.Schema, r.user)
	}
	if err := r.checkBody(f); err != nil {
		return err
	}
	r.cat.PutFunction(f)
	o := object{class: aFunction, name: f.Name, sub: f.Signature()}
	r.depend(o, slices.DeleteFunc(refs, func(x object) bool { return x == o }))
	if !replaced {
		r.change(f.Ref(), catalog.WhatCreated, "", "")
	}
	return nil
}
