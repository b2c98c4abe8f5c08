package static

import (
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/builtin"
)

// typeName resolves a type as a statement writes it, to the name that
// format_type prints with an empty search_path: "integer", "text[]",
// "character varying(10)", "public.user_role".
func (r *replay) typeName(t *pg.TypeName) (string, *sqlError) {
	parts := names(t.GetNames())
	if len(parts) == 0 {
		return "", nil
	}
	if t.PctType {
		return r.columnType(parts)
	}
	base, err := r.namedType(parts)
	if err != nil {
		return "", err
	}
	base, err = withModifier(base, parts, t.Typmods)
	if err != nil {
		return "", err
	}
	if len(t.ArrayBounds) > 0 && !strings.HasSuffix(base, "[]") {
		base += "[]"
	}
	return base, nil
}

// namedType resolves a qualified name of a type, modifiers and array bounds
// aside.
func (r *replay) namedType(parts []string) (string, *sqlError) {
	name := parts[len(parts)-1]
	if len(parts) == 1 {
		if r.deps.temporary { // looked through before all others
			if found, ok := r.typeIn("pg_temp", name); ok {
				return found, nil
			}
		}
		for _, schema := range r.searchPath() {
			if found, ok := r.typeIn(schema, name); ok {
				return found, nil
			}
		}
		return r.missingType(parts)
	}
	schema := parts[len(parts)-2]
	if !r.hasSchema(schema) && schema != "pg_temp" {
		if r.unlisted() {
			return written(parts), nil
		}
		return "", errf("3F000", "schema %q does not exist", schema)
	}
	if err := r.mayUse(schema); err != nil {
		return "", err
	}
	if found, ok := r.typeIn(schema, name); ok {
		return found, nil
	}
	return r.missingType(parts)
}

// typeIn finds a type of a schema: a built-in one, one that was created, the
// row type of a table or view, or, by its leading underscore, the array of one.
func (r *replay) typeIn(schema, name string) (string, bool) {
	if schema == "pg_catalog" {
		t, ok := builtin.TypeNamed(name)
		return t.Name, ok
	}
	n := catalog.Name{Schema: schema, Name: name}
	if r.cat.Types.Has(n) || r.cat.Tables.Has(n) || r.cat.Views.Has(n) {
		return printedType(n), true
	}
	if rest, ok := strings.CutPrefix(name, "_"); ok {
		n.Name = rest
		if r.cat.Types.Has(n) || r.cat.Tables.Has(n) || r.cat.Views.Has(n) {
			return printedType(n) + "[]", true
		}
	}
	if t, ok := r.rangeCompanion(n); ok {
		return t, true
	}
	return "", false
}

// rangeCompanion finds the multirange type that came with a range type of the
// project.
func (r *replay) rangeCompanion(n catalog.Name) (string, bool) {
	base, ok := strings.CutSuffix(n.Name, "_multirange")
	if !ok {
		i := strings.LastIndex(n.Name, "multirange")
		if i < 0 {
			return "", false
		}
		base = n.Name[:i] + "range" + n.Name[i+len("multirange"):]
	}
	t, ok := r.cat.Types.Get(catalog.Name{Schema: n.Schema, Name: base})
	return printedType(n), ok && t.Kind == catalog.Range
}

// missingType is the refusal of an unknown type, unless an extension whose
// contents are not known may have brought it.
func (r *replay) missingType(parts []string) (string, *sqlError) {
	if r.unlisted() {
		return written(parts), nil
	}
	return "", errf("42704", "type %q does not exist", written(parts))
}

// unlisted reports whether the database has an extension whose contents are
// not known, or may have.
func (r *replay) unlisted() bool {
	for e := range r.cat.Extensions.All() {
		if e.Unsure.Any(catalog.Members) {
			return true
		}
	}
	return false
}

// columnType resolves table.column%TYPE.
func (r *replay) columnType(parts []string) (string, *sqlError) {
	if len(parts) < 2 {
		return "", errf("42601", "improper %%TYPE reference (too few dotted names): %s", written(parts))
	}
	v := &pg.RangeVar{Relname: parts[len(parts)-2]}
	if len(parts) > 2 {
		v.Schemaname = parts[len(parts)-3]
	}
	rel, _, ok := r.relation(v)
	if !ok {
		return "", missingRelation(v)
	}
	row := r.rowOf(rel.Name)
	column := parts[len(parts)-1]
	for _, c := range row.columns {
		if c.name == column {
			return c.typ, nil
		}
	}
	if !row.complete {
		return "", nil
	}
	return "", errf("42703", "column %q of relation %q does not exist", column, v.Relname)
}

// printedType is the name of a type that is not built in, as format_type
// prints it.
func printedType(n catalog.Name) string { return n.SQL() }

// unprinted gives the name back that printedType was given, for types that are
// not built in; arrays and modifiers must be gone.
func unprinted(typ string) (catalog.Name, bool) {
	if _, ok := builtin.TypePrinted(typ); ok || !strings.Contains(typ, ".") {
		return catalog.Name{}, false
	}
	return catalog.ParseName(typ), true
}

// bareType takes the modifier off: "numeric(10,2)[]" gives "numeric[]".
func bareType(typ string) string {
	open := strings.IndexByte(typ, '(')
	if strings.HasPrefix(typ, "interval ") {
		if strings.HasSuffix(typ, "[]") {
			return "interval[]"
		}
		return "interval"
	}
	if open < 0 || strings.HasPrefix(typ, `"`) && strings.IndexByte(typ[1:], '"')+1 > open {
		return typ
	}
	shut := strings.IndexByte(typ[open:], ')')
	if shut < 0 {
		return typ
	}
	return typ[:open] + typ[open+shut+1:]
}

// elementType takes one "[]" off.
func elementType(typ string) (string, bool) { return strings.CutSuffix(typ, "[]") }
