package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// define replays CREATE AGGREGATE, OPERATOR, TYPE, COLLATION and TEXT SEARCH.
// Of these a catalog has aggregates and base types.
func (r *replay) define(n *pg.DefineStmt) *sqlError {
	switch n.Kind {
	case pg.ObjectType_OBJECT_AGGREGATE:
		return r.createAggregate(n)
	case pg.ObjectType_OBJECT_TYPE:
		return r.defineType(n)
	}
	parts := names(n.Defnames)
	if n.Kind == pg.ObjectType_OBJECT_OPERATOR {
		r.ownOperator(parts[len(parts)-1])
	}
	if len(parts) == 0 {
		return nil
	}
	name, err := r.qualified(parts)
	if err != nil {
		return err
	}
	return r.mayCreateIn(name.Schema)
}

// ownOperator notes an operator of the project, or with "opclass " in front a
// class of them: about its types nothing is known.
func (r *replay) ownOperator(name string) {
	if r.deps.operators == nil {
		r.deps.operators = map[string]bool{}
	}
	r.deps.operators[name] = true
}

// createAggregate replays CREATE AGGREGATE: a function of its own kind.
func (r *replay) createAggregate(n *pg.DefineStmt) *sqlError {
	name, err := r.qualified(names(n.Defnames))
	if err != nil {
		return err
	}
	if err := r.mayCreateIn(name.Schema); err != nil {
		return err
	}
	f := &catalog.Function{
		Name: name, Kind: catalog.Aggregate, Language: "internal", Origin: r.at, Platform: r.platform, Owner: catalog.Of(r.user, r.at),
		Volatility: catalog.Of(catalog.Immutable, r.at), SecurityDefiner: catalog.Of(false, r.at),
		Strict: catalog.Of(false, r.at), Leakproof: catalog.Of(false, r.at), Body: catalog.Of("aggregate_dummy", r.at),
		Grants: r.newACL(catalog.OnFunctions, name.Schema, r.user),
	}
	var base []*pg.Node
	state, final := "", []string(nil)
	for _, o := range n.Definition {
		d := o.GetDefElem()
		switch strings.ToLower(d.Defname) {
		case "stype", "stype1":
			if state, err = r.typeName(d.GetArg().GetTypeName()); err != nil {
				return err
			}
		case "finalfunc":
			final = names(d.GetArg().GetTypeName().GetNames())
		case "basetype":
			base = []*pg.Node{d.GetArg()}
		}
	}
	if err := r.aggregateArguments(f, n, base); err != nil {
		return err
	}
	f.Returns = bareType(state)
	if len(final) > 0 {
		f.Returns = "" // of the final function
		if list, _ := r.routines(final); len(list) > 0 {
			f.Returns = list[0].returns
		}
	}
	if old, exists := r.cat.Function(name, f.Signature()); exists {
		if !n.Replace {
			return errf("42723", "function %q already exists with same argument types", name.Name).about(old.Ref())
		}
		if err := r.mustOwn(old.Owner, "function", name.Name); err != nil {
			return err
		}
		if old.Kind != f.Kind {
			return errf("42809", "cannot change routine kind")
		}
		f.Owner, f.Grants = old.Owner, old.Grants
	}
	r.cat.PutFunction(f)
	r.change(f.Ref(), catalog.WhatCreated, "", "")
	return nil
}

// aggregateArguments reads the arguments, of the old form with BASETYPE too.
func (r *replay) aggregateArguments(f *catalog.Function, n *pg.DefineStmt, base []*pg.Node) *sqlError {
	if len(n.Args) > 0 {
		for _, p := range n.Args[0].GetList().GetItems() {
			a := p.GetFunctionParameter()
			typ, err := r.typeName(a.GetArgType())
			if err != nil {
				return err
			}
			mode := argModes[a.GetMode()]
			if mode == "" {
				mode = catalog.ArgIn
			}
			f.Args = append(f.Args, catalog.Arg{Name: a.GetName(), Type: bareType(typ), Mode: mode})
		}
		return nil
	}
	for _, t := range base {
		if slices.Equal(names(t.GetTypeName().GetNames()), []string{"any"}) {
			continue
		}
		typ, err := r.typeName(t.GetTypeName())
		if err != nil {
			return err
		}
		f.Args = append(f.Args, catalog.Arg{Type: bareType(typ), Mode: catalog.ArgIn})
	}
	return nil
}

// defineType replays CREATE TYPE for a shell or a base type, which only a
// superuser may complete.
func (r *replay) defineType(n *pg.DefineStmt) *sqlError {
	name, err := r.qualified(names(n.Defnames))
	if err != nil {
		return err
	}
	if !r.superuser() && len(n.Definition) > 0 {
		return errf("42501", "must be superuser to create a base type")
	}
	if err := r.mayCreateIn(name.Schema); err != nil {
		return err
	}
	if r.cat.Types.Has(name) && len(n.Definition) == 0 {
		return errf("42710", "type %q already exists", name.Name)
	}
	r.cat.PutType(&catalog.Type{
		Name: name, Kind: catalog.Base, Owner: catalog.Of(r.user, r.at), Origin: r.at, Platform: r.platform,
		Grants: r.newACL(catalog.OnTypes, name.Schema, r.user),
	})
	return nil
}
