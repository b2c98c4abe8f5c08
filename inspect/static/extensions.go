package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/platform"
)

// partlyListed are extensions too large to be listed in full, so that a
// missing function or type may be theirs.
var partlyListed = []string{
	"address_standardizer", "dblink", "pg_partman", "pg_repack", "pg_stat_monitor", "pg_tle", "pgaudit", "pgroonga",
	"pgrouting", "pgsodium", "pgtap", "plpgsql_check", "plv8", "postgis", "postgis_raster", "postgis_tiger_geocoder",
	"postgis_topology", "rum", "timescaledb", "wrappers",
}

// createExtension replays CREATE EXTENSION. The platform runs it as its
// superuser, whoever asks (supabase/postgres: supautils.privileged_extensions).
func (r *replay) createExtension(n *pg.CreateExtensionStmt) *sqlError {
	schema, cascade := "", false
	for _, o := range n.Options {
		switch d := o.GetDefElem(); d.Defname {
		case "schema":
			schema = d.GetArg().GetString_().GetSval()
		case "cascade":
			cascade = true
		}
	}
	if r.cat.Extensions.Has(n.Extname) {
		if n.IfNotExists {
			// Whether it was there before or not, it is now.
			if e, ok := r.cat.Extensions.Edit(n.Extname); ok {
				e.Unsure &^= catalog.Existence
			}
			return notice()
		}
		return errf("42710", "extension %q already exists", n.Extname).about(catalog.Ref{Kind: "extension", Name: n.Extname})
	}
	return r.install(n.Extname, schema, cascade)
}

// install makes an extension and, with cascade, those it requires.
func (r *replay) install(name, schema string, cascade bool) *sqlError {
	known, listed := platform.FindExtension(name)
	if schema != "" && !r.hasSchema(schema) {
		if !r.once(name, schema) {
			return errf("3F000", "schema %q does not exist", schema)
		}
		r.cat.Schemas.Put(&catalog.Schema{Name: schema, Origin: r.at, Platform: true})
	}
	switch {
	case known.Schema != "" && schema != "" && schema != known.Schema && !overridden(name):
		return errf("0A000", "extension %q must be installed in schema %q", name, known.Schema)
	case known.Schema != "":
		schema = known.Schema
	case schema == "":
		var err *sqlError
		if schema, err = r.creationSchema(); err != nil {
			return err
		}
	}
	for _, other := range known.Requires {
		if r.cat.Extensions.Has(other) {
			continue
		}
		if !cascade {
			return errf("42704", "required extension %q is not installed", other)
		}
		if err := r.install(other, "", true); err != nil {
			return err
		}
	}
	e := &catalog.Extension{Name: name, Schema: schema, Origin: r.at, Platform: r.platform}
	if !listed {
		e.Unsure = catalog.Everything
		r.gap(e.Ref(), "extension %s is not known; what it brings is not judged", name)
	}
	if slices.Contains(partlyListed, name) {
		e.Unsure = catalog.Members
	}
	r.cat.Extensions.Put(e)
	r.change(e.Ref(), catalog.WhatCreated, "", "")
	r.contents(known, schema)
	return r.then(known)
}

// once reports whether the schema is one that the platform used to make for
// the extension. Dumps of older projects begin with pgsodium's.
func (r *replay) once(extension, schema string) bool {
	return r.variant != platform.Postgres && extension == "pgsodium" && schema == "pgsodium"
}

// overridden reports whether the platform puts the extension into its schema
// whatever the statement says (supabase/postgres:
// supautils.extensions_parameter_overrides).
func overridden(extension string) bool { return extension == "pg_cron" }

// then replays what the platform runs after creating an extension.
func (r *replay) then(e platform.Extension) *sqlError {
	if r.variant == platform.Postgres || len(e.Then) == 0 {
		return nil
	}
	user := r.user
	r.user = platform.Admin
	defer func() { r.user = user }()
	for _, text := range e.Then {
		tree, err := pg.Parse(text)
		if err != nil {
			continue
		}
		for _, s := range tree.Stmts {
			if err := r.node(s.Stmt, text); err != nil {
				return err
			}
		}
	}
	return nil
}

// contents makes the objects of an extension.
func (r *replay) contents(e platform.Extension, schema string) {
	admin := platform.Admin
	if r.variant == platform.Postgres {
		admin = r.user
	}
	owner := catalog.Of(admin, r.at)
	for _, s := range append(slices.Clone(e.Creates), schema) {
		if s != "" && !r.hasSchema(s) {
			r.cat.Schemas.Put(&catalog.Schema{Name: s, Owner: owner, Grants: r.newACL(catalog.OnSchemas, "", admin), Origin: r.at, Extension: e.Name, Platform: r.platform})
		}
	}
	name := func(n platform.ExtensionName) catalog.Name {
		if n.Schema == "" {
			n.Schema = schema
		}
		return catalog.Name{Schema: n.Schema, Name: n.Name}
	}
	own := map[string]string{}
	for _, t := range e.Types {
		own[t.Name] = printedType(name(t.ExtensionName))
	}
	typ := func(t string) string {
		base, array := elementType(t)
		if printed, ok := own[base]; ok {
			if array {
				return printed + "[]"
			}
			return printed
		}
		return t
	}
	for _, t := range e.Types {
		n := name(t.ExtensionName)
		made := &catalog.Type{Name: n, Kind: catalog.Base, Owner: owner, Grants: r.newACL(catalog.OnTypes, n.Schema, admin), Origin: r.at, Extension: e.Name, Platform: r.platform}
		for _, f := range t.Fields {
			made.Kind, made.Unsure = catalog.Composite, catalog.Members // which fields there are depends on the version
			made.Fields = append(made.Fields, catalog.TypeField{Name: f.Name, Type: typ(f.Type)})
		}
		r.cat.PutType(made)
	}
	for _, rel := range e.Relations {
		r.extensionRelation(rel, name(rel.ExtensionName), e.Name, owner, typ)
	}
	for _, f := range e.Functions {
		n := name(f.ExtensionName)
		fn := &catalog.Function{
			Name: n, Kind: catalog.PlainFunction, Returns: typ(f.Returns), ReturnsSet: f.SetOf, Language: "c", Owner: owner,
			Grants: r.newACL(catalog.OnFunctions, n.Schema, admin), Origin: r.at, Extension: e.Name, Platform: r.platform,
		}
		for _, a := range f.Args {
			mode := catalog.ArgIn
			if a.Variadic {
				mode = catalog.ArgVariadic
			}
			fn.Args = append(fn.Args, catalog.Arg{Name: a.Name, Type: typ(a.Type), Mode: mode, Default: a.Default})
		}
		r.cat.PutFunction(fn)
	}
}

// extensionRelation makes a table or view of an extension, of which only the
// listed columns are known.
func (r *replay) extensionRelation(rel platform.ExtensionRelation, n catalog.Name, extension string, owner catalog.Fact[string], typ func(string) string) {
	grants := r.newACL(catalog.OnTables, n.Schema, owner.Value)
	if rel.View {
		v := &catalog.View{Name: n, Owner: owner, Grants: grants, Origin: r.at, Extension: extension, Platform: r.platform}
		for _, c := range rel.Columns {
			v.Columns = append(v.Columns, catalog.ViewColumn{Name: c.Name, Type: typ(c.Type)})
		}
		r.cat.PutView(v)
		return
	}
	t := &catalog.Table{
		Name: n, Kind: catalog.Ordinary, Persistence: catalog.Of(catalog.Permanent, r.at), Owner: owner,
		RLS: catalog.Of(false, r.at), ForceRLS: catalog.Of(false, r.at),
		Identity: catalog.Of(catalog.Identity{Kind: catalog.IdentityDefault}, r.at),
		Grants:   grants, Origin: r.at, Extension: extension, Platform: r.platform, Unsure: catalog.Columns | catalog.Keys,
	}
	for _, c := range rel.Columns {
		t.Columns = append(t.Columns, &catalog.Column{Name: c.Name, Type: typ(c.Type), Origin: r.at, Local: true})
	}
	r.cat.PutTable(t)
}

// installPlatformExtensions enters the extensions that a new project has but
// whose objects the start state makes by other means.
func (r *replay) installPlatformExtensions() {
	for _, e := range platform.Installed() {
		name, schema := e.Name, e.Schema
		if r.cat.Extensions.Has(name) {
			continue
		}
		if schema == "" {
			schema = "extensions"
		}
		// Not every stand-in for the platform has them.
		r.cat.Extensions.Put(&catalog.Extension{Name: name, Schema: schema, Platform: true, Unsure: catalog.Existence})
	}
}

// alterExtension replays ALTER EXTENSION … UPDATE.
func (r *replay) alterExtension(n *pg.AlterExtensionStmt) *sqlError {
	e, ok := r.cat.Extensions.Edit(n.Extname)
	if !ok {
		return errf("42704", "extension %q does not exist", n.Extname)
	}
	e.Version = ""
	for _, o := range n.Options {
		if d := o.GetDefElem(); d.Defname == "new_version" {
			e.Version = strings.TrimSpace(d.GetArg().GetString_().GetSval())
		}
	}
	return nil
}
