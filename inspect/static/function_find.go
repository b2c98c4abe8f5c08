package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/builtin"
)

// A routine is a function that a name leads to: one of the catalog, or a
// built-in one.
type routine struct {
	name     catalog.Name
	kind     catalog.FunctionKind
	args     []string // input types
	required int      // of them, how many have no default
	variadic bool     // the last may be repeated
	returns  string
	set      bool
	of       string            // the range or multirange type whose constructor it is
	fn       *catalog.Function // nil for a built-in one; for reading
}

// signature is the input types as an error message shows them.
func (f *routine) signature() string { return strings.Join(f.args, ", ") }

// takes reports whether a call with so many arguments may be meant; any number
// is below zero.
func (f *routine) takes(nargs int) bool {
	switch {
	case nargs < 0:
		return true
	case f.variadic:
		return nargs >= f.required-1
	}
	return nargs >= f.required && nargs <= len(f.args)
}

// routines lists the functions of a name, those that earlier schemas of the
// search path hide left out. certain is false when there may be others: of an
// extension whose contents are not known, or in a search path that is not.
func (r *replay) routines(parts []string) (list []*routine, certain bool) {
	name := parts[len(parts)-1]
	if len(parts) > 1 {
		return r.routinesIn(parts[len(parts)-2], name), !r.unlisted()
	}
	seen := map[string]bool{}
	for _, schema := range r.searchPath() {
		for _, f := range r.routinesIn(schema, name) {
			if key := f.signature(); !seen[key] {
				seen[key] = true
				list = append(list, f)
			}
		}
	}
	return list, r.pathKnown && !r.unlisted()
}

// routinesIn lists the functions of that name in one schema.
func (r *replay) routinesIn(schema, name string) []*routine {
	var list []*routine
	if systemSchema(schema) {
		list = r.builtinRoutines(catalog.Name{Schema: schema, Name: name})
	}
	list = append(list, r.constructors(catalog.Name{Schema: schema, Name: name})...)
	overloads, ok := r.cat.Functions.Get(catalog.Name{Schema: schema, Name: name})
	if !ok {
		return list
	}
	for _, fn := range overloads.Functions {
		f := &routine{name: fn.Name, kind: fn.Kind, returns: fn.Returns, set: fn.ReturnsSet, fn: fn}
		for _, a := range fn.Args {
			if !a.Input() {
				continue
			}
			f.args = append(f.args, a.Type)
			f.variadic = a.Mode == catalog.ArgVariadic
			if !a.Default {
				f.required = len(f.args)
			}
		}
		list = append(list, f)
	}
	return list
}

// builtinRoutines lists the built-in functions of that name.
func (r *replay) builtinRoutines(n catalog.Name) []*routine {
	if list, ok := r.builtins[n]; ok {
		return list
	}
	var list []*routine
	for _, f := range builtin.Functions(n.Schema, n.Name) {
		list = append(list, &routine{
			name: n, kind: builtinKinds[f.Kind], args: f.Args,
			required: f.Required, variadic: f.Variadic, returns: f.Returns, set: f.Set,
		})
	}
	if r.builtins == nil {
		r.builtins = map[catalog.Name][]*routine{}
	}
	r.builtins[n] = slices.Clip(list)
	return r.builtins[n]
}

var builtinKinds = map[byte]catalog.FunctionKind{
	'f': catalog.PlainFunction, 'p': catalog.Procedure, 'a': catalog.Aggregate, 'w': catalog.Window,
}

// missingSchema is the refusal of a function whose schema does not exist or
// may not be used.
func (r *replay) missingSchema(parts []string) *sqlError {
	if len(parts) < 2 {
		return nil
	}
	schema := parts[len(parts)-2]
	if !r.hasSchema(schema) && schema != "pg_temp" {
		return errf("3F000", "schema %q does not exist", schema)
	}
	return r.mayUse(schema)
}

// missingCall is the refusal of a call in an expression of a function that
// certainly does not exist with so many arguments.
func (r *replay) missingCall(parts []string, nargs int) *sqlError {
	if len(parts) > 1 && r.unlisted() && !r.hasSchema(parts[0]) {
		return nil
	}
	if err := r.missingSchema(parts); err != nil {
		return err
	}
	list, certain := r.routines(parts)
	if !certain || slices.ContainsFunc(list, func(f *routine) bool { return f.takes(nargs) }) {
		return nil
	}
	if nargs == 1 { // type(x) is a cast, and column(row) a column
		if _, err := r.namedType(parts); err == nil || len(parts) == 1 && len(list) == 0 && r.isColumnName(parts[0]) {
			return nil
		}
	}
	return errf("42883", "function %s(%s) does not exist", written(parts), strings.TrimSuffix(strings.Repeat("unknown, ", max(nargs, 0)), ", "))
}

// isColumnName reports whether any relation has a column of that name.
func (r *replay) isColumnName(name string) bool {
	for t := range r.cat.Tables.All() {
		if _, ok := t.Column(name); ok || t.Assumed {
			return true
		}
	}
	for v := range r.cat.Views.All() {
		if v.Columns == nil || slices.ContainsFunc(v.Columns, func(c catalog.ViewColumn) bool { return c.Name == name }) {
			return true
		}
	}
	for t := range r.cat.Types.All() {
		if slices.ContainsFunc(t.Fields, func(f catalog.TypeField) bool { return f.Name == name }) {
			return true
		}
	}
	return false
}

// findFunction finds what ALTER, DROP, GRANT, COMMENT and the like name. Nil
// without an error stands for a function that the catalog does not list: a
// built-in one, or maybe one of an extension.
func (r *replay) findFunction(o *pg.ObjectWithArgs, kind pg.ObjectType) (*routine, *sqlError) {
	parts := names(o.GetObjname())
	var signature []string
	for _, a := range o.GetObjargs() {
		if a.GetTypeName() == nil { // the star of aggregate(*)
			continue
		}
		typ, err := r.typeName(a.GetTypeName())
		if err != nil {
			return nil, err
		}
		signature = append(signature, bareType(typ))
	}
	if err := r.missingSchema(parts); err != nil {
		return nil, err
	}
	list, certain := r.routines(parts)
	if o.GetArgsUnspecified() {
		list = slices.DeleteFunc(list, func(f *routine) bool { return !f.is(kind) })
		switch {
		case len(list) == 1:
			return list[0], nil
		case len(list) > 1:
			return nil, errf("42725", "%s name %q is not unique", routineWord(kind), written(parts))
		case !certain:
			return nil, nil
		}
		return nil, errf("42883", "could not find %s named %q", article(routineWord(kind)), written(parts))
	}
	for _, f := range list {
		if !slices.Equal(f.args, signature) && !r.matchesAll(f, o, kind) {
			continue
		}
		if !f.is(kind) {
			if kind == pg.ObjectType_OBJECT_AGGREGATE {
				return nil, errf("42809", "function %s(%s) is not an aggregate", written(parts), f.signature())
			}
			return nil, errf("42809", "%s(%s) is not %s", written(parts), f.signature(), article(routineWord(kind)))
		}
		return f, nil
	}
	if !certain {
		return nil, nil
	}
	return nil, errf("42883", "%s %s(%s) does not exist", routineWord(kind), written(parts), strings.Join(signature, ", "))
}

// fullyListed are the extensions of which nothing is left out.
var fullyListed = []string{
	"autoinc", "earthdistance", "insert_username", "moddatetime", "pg_stat_statements", "pgcrypto", "pgrowlocks",
	"pgstattuple", "plpgsql", "refint", "tcn", "uuid-ossp",
}

// brought reports whether something of that qualified name may belong to an
// extension of which only the better known part is listed.
func (r *replay) brought(parts []string) bool {
	if len(parts) < 2 {
		return false
	}
	for e := range r.cat.Extensions.All() {
		if e.Schema == parts[len(parts)-2] && !slices.Contains(fullyListed, e.Name) {
			return true
		}
	}
	return false
}

// matchesAll reports whether the statement lists all arguments of a procedure,
// output ones too, which names it as well.
func (r *replay) matchesAll(f *routine, o *pg.ObjectWithArgs, kind pg.ObjectType) bool {
	if f.fn == nil || f.kind != catalog.Procedure || kind == pg.ObjectType_OBJECT_FUNCTION {
		return false
	}
	var all []string
	for _, a := range f.fn.Args {
		all = append(all, a.Type)
	}
	var given []string
	for _, p := range o.GetObjfuncargs() {
		typ, err := r.typeName(p.GetFunctionParameter().GetArgType())
		if err != nil {
			return false
		}
		given = append(given, bareType(typ))
	}
	return len(given) > 0 && slices.Equal(all, given)
}

// is reports whether the function is of the kind that a statement is about:
// FUNCTION is everything but procedures, ROUTINE everything.
func (f *routine) is(kind pg.ObjectType) bool {
	switch kind {
	case pg.ObjectType_OBJECT_FUNCTION:
		return f.kind != catalog.Procedure
	case pg.ObjectType_OBJECT_PROCEDURE:
		return f.kind == catalog.Procedure
	case pg.ObjectType_OBJECT_AGGREGATE:
		return f.kind == catalog.Aggregate
	}
	return true
}

func routineWord(kind pg.ObjectType) string {
	switch kind {
	case pg.ObjectType_OBJECT_PROCEDURE:
		return "procedure"
	case pg.ObjectType_OBJECT_AGGREGATE:
		return "aggregate"
	case pg.ObjectType_OBJECT_ROUTINE:
		return "routine"
	}
	return "function"
}

func article(word string) string {
	if word == "aggregate" {
		return "an " + word
	}
	return "a " + word
}
