package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// createDomain replays CREATE DOMAIN.
func (r *replay) createDomain(n *pg.CreateDomainStmt) *sqlError {
	name, err := r.newType(names(n.Domainname))
	if err != nil {
		return err
	}
	if err := r.typeTaken(name); err != nil {
		return err
	}
	base, err := r.typeName(n.TypeName)
	if err != nil {
		return err
	}
	if pseudoType(base) {
		return errf("42804", "%q is not a valid base type for a domain", written(names(n.TypeName.Names)))
	}
	if n.CollClause != nil {
		if err := r.collatable(n.CollClause, base); err != nil {
			return err
		}
	}
	t := &catalog.Type{Name: name, Kind: catalog.Domain, Base: base}
	var refs []object
	var null, def bool
	var checks []string
	for _, x := range n.Constraints {
		c := x.GetConstraint()
		var used []object
		switch c.GetContype() {
		case pg.ConstrType_CONSTR_NOTNULL:
			if null {
				return errf("42601", "conflicting NULL/NOT NULL constraints")
			}
			t.NotNull = true
		case pg.ConstrType_CONSTR_NULL:
			if t.NotNull {
				return errf("42601", "conflicting NULL/NOT NULL constraints")
			}
			null = true
		case pg.ConstrType_CONSTR_DEFAULT:
			if def {
				return errf("42601", "multiple default expressions")
			}
			def = true
			_, used, err = r.check(c.RawExpr, inDefault, base, "")
		case pg.ConstrType_CONSTR_CHECK:
			used, err = r.domainCheck(name, base, c, &checks)
		case pg.ConstrType_CONSTR_UNIQUE:
			err = errf("42601", "unique constraints not possible for domains")
		case pg.ConstrType_CONSTR_PRIMARY:
			err = errf("42601", "primary key constraints not possible for domains")
		case pg.ConstrType_CONSTR_EXCLUSION:
			err = errf("42601", "exclusion constraints not possible for domains")
		case pg.ConstrType_CONSTR_FOREIGN:
			err = errf("42601", "foreign key constraints not possible for domains")
		}
		if err != nil {
			return err
		}
		refs = union(refs, used)
	}
	r.putType(t)
	r.setDomainChecks(name, checks)
	r.depend(object{aType, name, ""}, refs)
	return nil
}

// domainCheck analyses a check of a domain and gives it a name.
func (r *replay) domainCheck(domain catalog.Name, base string, c *pg.Constraint, have *[]string) ([]object, *sqlError) {
	w := &row{columns: []rowColumn{{name: "value", typ: bareType(base)}}, complete: true}
	_, refs, err := r.check(c.RawExpr, inCheck, "boolean", "CHECK", w)
	if err != nil {
		return nil, err
	}
	name := c.Conname
	if name == "" {
		name = r.constraintName(domain.Schema, domain.Name, "", "check", *have)
	} else if slices.Contains(*have, name) {
		return nil, errf("42710", "constraint %q for domain %q already exists", name, domain.Name)
	}
	*have = append(*have, name)
	r.countConstraint(domain.Schema, name, 1)
	return refs, nil
}

// domainChecks lists the names of a domain's checks.
func (r *replay) domainChecks(domain catalog.Name) []string { return r.deps.domainChecks[domain] }

// alterDomain replays ALTER DOMAIN.
func (r *replay) alterDomain(n *pg.AlterDomainStmt) *sqlError {
	parts := names(n.TypeName)
	t, err := r.findType(parts)
	if err != nil {
		return err
	}
	if t == nil || t.Kind != catalog.Domain {
		if t == nil && r.unlisted() {
			return nil
		}
		return errf("42809", "%s is not a domain", written(parts))
	}
	if err := r.mustOwn(t.Owner, "type", t.Name.Name); err != nil {
		return err
	}
	t, _ = r.cat.Types.Edit(t.Name)
	switch n.Subtype {
	case "T":
		if n.Def == nil {
			return nil
		}
		_, refs, err := r.check(n.Def, inDefault, t.Base, "")
		if err != nil {
			return err
		}
		r.depend(object{aType, t.Name, ""}, union(r.deps.uses[object{aType, t.Name, ""}], refs))
	case "N":
		t.NotNull = false
	case "O":
		t.NotNull = true
	case "C":
		have := slices.Clone(r.domainChecks(t.Name))
		c := n.Def.GetConstraint()
		if c.GetContype() != pg.ConstrType_CONSTR_CHECK {
			return errf("0A000", "only CHECK constraints are supported for domains")
		}
		refs, err := r.domainCheck(t.Name, t.Base, c, &have)
		if err != nil {
			return err
		}
		r.setDomainChecks(t.Name, have)
		r.depend(object{aType, t.Name, ""}, union(r.deps.uses[object{aType, t.Name, ""}], refs))
	case "X", "V":
		have := r.domainChecks(t.Name)
		at := slices.Index(have, n.Name)
		if at < 0 {
			if n.MissingOk || t.Unsure != 0 || t.Extension != "" {
				return notice()
			}
			return errf("42704", "constraint %q of domain %q does not exist", n.Name, t.Name.Name)
		}
		if n.Subtype == "X" {
			r.countConstraint(t.Name.Schema, n.Name, -1)
			r.setDomainChecks(t.Name, slices.Delete(slices.Clone(have), at, at+1))
		}
	}
	return nil
}

// setDomainChecks replaces the names of a domain's checks.
func (r *replay) setDomainChecks(domain catalog.Name, checks []string) {
	d := &r.deps
	if d.domainChecks == nil {
		d.domainChecks = map[catalog.Name][]string{}
	}
	old := d.domainChecks[domain]
	d.domainChecks[domain] = checks
	r.cat.Undo(func() { d.domainChecks[domain] = old })
}
