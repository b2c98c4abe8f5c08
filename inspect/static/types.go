package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// newType is the name of a type to be created, after the server's checks.
func (r *replay) newType(parts []string) (catalog.Name, *sqlError) {
	schema := ""
	if len(parts) > 1 {
		schema = parts[len(parts)-2]
	}
	n, err := r.newName(schema, parts[len(parts)-1])
	if err != nil || n.Schema == "pg_temp" {
		return n, err
	}
	return n, r.mayCreateIn(n.Schema)
}

// typeTaken is the refusal to create a type where there is one.
func (r *replay) typeTaken(n catalog.Name) *sqlError {
	if t, ok := r.cat.Tables.Get(n); ok && t.Assumed {
		return nil
	}
	if r.cat.Types.Has(n) || r.cat.Tables.Has(n) || r.cat.Views.Has(n) {
		return errf("42710", "type %q already exists", n.Name).about(catalog.Ref{Kind: "type", Name: n.String()})
	}
	return nil
}

// putType adds a new type of the session's role.
func (r *replay) putType(t *catalog.Type) {
	t.Owner, t.Origin, t.Platform = catalog.Of(r.user, r.at), r.at, r.platform
	t.Grants = r.newACL(catalog.OnTypes, t.Name.Schema, r.user)
	r.cat.PutType(t)
	if r.inBlock() {
		r.deps.created(r, t.Name)
	}
	r.change(t.Ref(), catalog.WhatCreated, "", "")
}

// createEnum replays CREATE TYPE … AS ENUM.
func (r *replay) createEnum(n *pg.CreateEnumStmt) *sqlError {
	name, err := r.newType(names(n.TypeName))
	if err != nil {
		return err
	}
	if err := r.typeTaken(name); err != nil {
		return err
	}
	labels := names(n.Vals)
	for i, l := range labels {
		if len(l) > maxName {
			return errf("42602", "invalid enum label %q", l)
		}
		if slices.Contains(labels[:i], l) {
			return errf("23505", `duplicate key value violates unique constraint "pg_enum_typid_label_index"`)
		}
	}
	r.putType(&catalog.Type{Name: name, Kind: catalog.Enum, Labels: labels})
	return nil
}

// createRange replays CREATE TYPE … AS RANGE.
func (r *replay) createRange(n *pg.CreateRangeStmt) *sqlError {
	name, err := r.newType(names(n.TypeName))
	if err != nil {
		return err
	}
	if err := r.typeTaken(name); err != nil {
		return err
	}
	subtype := ""
	for _, p := range n.Params {
		d := p.GetDefElem()
		switch d.Defname {
		case "subtype":
			if subtype, err = r.typeName(d.GetArg().GetTypeName()); err != nil {
				return err
			}
		case "subtype_opclass", "collation", "canonical", "subtype_diff", "multirange_type_name":
		default:
			return errf("42601", "type attribute %q not recognized", d.Defname)
		}
	}
	if subtype == "" {
		return errf("42601", `type attribute "subtype" is required`)
	}
	if err := r.defaultOpclass("btree", subtype); err != nil {
		return err
	}
	r.putType(&catalog.Type{Name: name, Kind: catalog.Range})
	if o, ok := r.typeObject(subtype); ok {
		r.depend(object{aType, name, ""}, []object{o})
	}
	return nil
}

// createComposite replays CREATE TYPE … AS (…).
func (r *replay) createComposite(n *pg.CompositeTypeStmt) *sqlError {
	name, err := r.newRelation(n.Typevar)
	if err != nil {
		return err
	}
	if err := r.typeTaken(name); err != nil {
		return err
	}
	t := &catalog.Type{Name: name, Kind: catalog.Composite}
	for _, e := range n.Coldeflist {
		def := e.GetColumnDef()
		typ, err := r.columnTypeName(def)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(t.Fields, func(f catalog.TypeField) bool { return f.Name == def.Colname }) {
			return errf("42701", "column %q specified more than once", def.Colname)
		}
		t.Fields = append(t.Fields, catalog.TypeField{Name: def.Colname, Type: typ})
	}
	if _, ok := r.cat.Relation(name); ok {
		return errf("42P07", "relation %q already exists", name.Name)
	}
	r.putType(t)
	return nil
}

// findType resolves a type that a statement changes. Nil without an error
// stands for one that is not listed: a built-in one, or maybe one of an
// extension.
func (r *replay) findType(parts []string) (*catalog.Type, *sqlError) {
	printed, err := r.namedType(parts)
	if err != nil {
		return nil, err
	}
	n, ok := unprinted(printed)
	if !ok {
		return nil, nil
	}
	t, _ := r.cat.Types.Get(n)
	return t, nil
}

// alterEnum replays ALTER TYPE … ADD VALUE and RENAME VALUE.
func (r *replay) alterEnum(n *pg.AlterEnumStmt) *sqlError {
	t, err := r.findType(names(n.TypeName))
	if err != nil {
		return err
	}
	if t == nil {
		if r.unlisted() {
			return nil
		}
		return errf("42809", "%s is not an enum", written(names(n.TypeName)))
	}
	if t.Kind != catalog.Enum {
		return errf("42809", "%s is not an enum", printedType(t.Name))
	}
	if err := r.mustOwn(t.Owner, "type", t.Name.Name); err != nil {
		return err
	}
	t, _ = r.cat.Types.Edit(t.Name)
	at := slices.Index(t.Labels, n.NewVal)
	if n.OldVal != "" {
		old := slices.Index(t.Labels, n.OldVal)
		switch {
		case old < 0 && t.Unsure == 0:
			return errf("22023", "%q is not an existing enum label", n.OldVal)
		case at >= 0:
			return errf("42710", "enum label %q already exists", n.NewVal)
		case old >= 0:
			t.Labels[old] = n.NewVal
			r.renameLabel(t.Name, n.OldVal, n.NewVal)
		}
		return nil
	}
	if len(n.NewVal) > maxName {
		return errf("42602", "invalid enum label %q", n.NewVal)
	}
	if at >= 0 {
		if n.SkipIfNewValExists {
			return notice()
		}
		return errf("42710", "enum label %q already exists", n.NewVal)
	}
	at = len(t.Labels)
	if n.NewValNeighbor != "" {
		if at = slices.Index(t.Labels, n.NewValNeighbor); at < 0 {
			if t.Unsure != 0 {
				return nil
			}
			return errf("22023", "%q is not an existing enum label", n.NewValNeighbor)
		}
		if n.NewValIsAfter {
			at++
		}
	}
	t.Labels = slices.Insert(t.Labels, at, n.NewVal)
	r.addedLabel(t, n.NewVal)
	return nil
}
