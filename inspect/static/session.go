package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/platform"
)

// session is what SET and transactions change.
type session struct {
	user       string   // current_user: owner of what is created, grantor of what is granted
	login      string   // session_user
	path       []string // search_path as set, "$user" unresolved
	pathKnown  bool     // false after it was set to something computed
	bodyChecks bool     // check_function_bodies
	// vars has the other parameters that were set, by lower-case name.
	vars map[string]string
	// databaseGranted is set once anything was granted on the database.
	databaseGranted bool
	// beforeLocal has the parameters that the end of the transaction restores;
	// nil without a SET LOCAL.
	beforeLocal *parameters
	// events are the event triggers; the list is copied before it is changed.
	events []eventTrigger
	// assumed has the missing relations that were reported once and are taken
	// to exist from then on.
	assumed map[catalog.Name]bool
	// dropped has the relations that migrations dropped: using them is an
	// error each time.
	dropped map[catalog.Name]bool
}

// searchPath is the schemas in which an unqualified name is looked for, in
// order and existing ones only, pg_catalog first unless it is named.
func (r *replay) searchPath() []string {
	out := make([]string, 0, len(r.path)+1)
	for _, s := range r.path {
		if s == "$user" {
			s = r.user
		}
		if s == "pg_catalog" || s == "pg_temp" || r.cat.Schemas.Has(s) && r.sees(s) {
			out = append(out, s)
		}
	}
	if !slices.Contains(out, "pg_catalog") {
		out = slices.Insert(out, 0, "pg_catalog")
	}
	return out
}

// sees reports whether the search path may lead into the schema: not without
// the right to use it. The migrator's is taken for granted in what it owns or
// the platform has.
func (r *replay) sees(schema string) bool {
	if r.superuser() {
		return true
	}
	s, ok := r.cat.Schemas.Get(schema)
	if !ok || r.user == platform.Migrator && (s.Platform || s.Owner.Is(r.user)) {
		return true
	}
	return r.mayUse(schema) == nil
}

// creationSchema is where an unqualified new object goes: the first schema of
// the search path that exists.
func (r *replay) creationSchema() (string, *sqlError) {
	for _, s := range r.searchPath() {
		if s != "pg_catalog" {
			return s, nil
		}
	}
	return "", errf("3F000", "no schema has been selected to create in")
}

// newName is the name that a CREATE gives, with its schema.
func (r *replay) newName(schema, name string) (catalog.Name, *sqlError) {
	if schema == "" {
		s, err := r.creationSchema()
		if err != nil {
			return catalog.Name{}, err
		}
		return catalog.Name{Schema: s, Name: name}, nil
	}
	if schema != "pg_temp" && !r.cat.Schemas.Has(schema) {
		return catalog.Name{}, errf("3F000", "schema %q does not exist", schema)
	}
	return catalog.Name{Schema: schema, Name: name}, nil
}

// relation finds what a range variable names. When there is nothing of that
// name, ok is false and the name is the one that messages show.
func (r *replay) relation(v *pg.RangeVar) (rel *catalog.Relation, name catalog.Name, ok bool) {
	if v.Schemaname != "" {
		name = catalog.Name{Schema: v.Schemaname, Name: v.Relname}
		rel, ok = r.cat.Relation(name)
		return rel, name, ok
	}
	path := r.searchPath()
	for _, s := range append([]string{"pg_temp"}, path...) {
		if rel, ok = r.cat.Relation(catalog.Name{Schema: s, Name: v.Relname}); ok {
			return rel, rel.Name, true
		}
	}
	for _, s := range path {
		if s != "pg_catalog" {
			return nil, catalog.Name{Schema: s, Name: v.Relname}, false
		}
	}
	return nil, catalog.Name{Schema: "public", Name: v.Relname}, false
}

// table finds the table that a statement works on, for changing it. A relation
// that no migration creates is reported once and then taken to exist, so that
// the rest of the history can still be read.
func (r *replay) table(v *pg.RangeVar) (*catalog.Table, *sqlError) {
	rel, name, ok := r.relation(v)
	if !ok {
		if r.dropped[name] || r.code != nil || v.Schemaname == "" && r.elsewhere(v.Relname) {
			return nil, missingRelation(v).about(catalog.Ref{Kind: "table", Name: name.String()})
		}
		return r.assume(v, name), nil
	}
	if rel.Kind != catalog.TableRelation {
		return nil, errf("42809", "%q is not a table", v.Relname)
	}
	t, _ := r.cat.Tables.Edit(rel.Name)
	return t, nil
}

// elsewhere reports whether there is or was a relation of that name in any
// schema, so that not finding it is the fault of the statement.
func (r *replay) elsewhere(name string) bool {
	for n := range r.dropped {
		if n.Name == name {
			return true
		}
	}
	for s := range r.cat.Schemas.All() {
		if _, ok := r.cat.Relation(catalog.Name{Schema: s.Name, Name: name}); ok {
			return true
		}
	}
	return false
}

// assume takes a missing table to exist.
func (r *replay) assume(v *pg.RangeVar, name catalog.Name) *catalog.Table {
	r.fail(missingRelation(v).about(catalog.Ref{Kind: "table", Name: name.String()}))
	r.assumeTable(name)
	t, _ := r.cat.Tables.Edit(name)
	return t
}

// assumeTable takes a table to exist that was reported as missing.
func (r *replay) assumeTable(name catalog.Name) {
	r.gap(catalog.Ref{Kind: "table", Name: name.String()}, "no migration creates %s; what is said of it elsewhere is not judged", name)
	if r.assumed == nil {
		r.assumed = map[catalog.Name]bool{}
	}
	r.assumed[name] = true
	r.putAssumed(name)
}

func (r *replay) putAssumed(name catalog.Name) {
	t := &catalog.Table{Name: name, Kind: catalog.Ordinary, Origin: r.at, Assumed: true, Unsure: catalog.Everything}
	t.Grants.Unsure = true
	r.cat.PutTable(t)
}

// missingRelation is the server's word for a relation that is not there: it
// shows the name as it was written.
func missingRelation(v *pg.RangeVar) *sqlError {
	written := v.Relname
	if v.Schemaname != "" {
		written = v.Schemaname + "." + written
	}
	return errf("42P01", "relation %q does not exist", written)
}

// notice is what the server only mentions: IF EXISTS and IF NOT EXISTS. It is
// here so that such returns can be told from forgotten ones.
func notice() *sqlError { return nil }

// written joins a qualified name as messages show it.
func written(parts []string) string { return strings.Join(parts, ".") }
