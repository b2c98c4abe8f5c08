package static

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// An inheritedCheck is a check that a new child gets from a parent.
type inheritedCheck struct {
	from  catalog.Name
	check *catalog.Check
}

// addInherited adds the checks of parents to a new child.
func (d *draft) addInherited() {
	for _, i := range d.inherited {
		t, _ := d.r.cat.Tables.Edit(d.t.Name)
		if hasConstraint(t, i.check.Name) {
			continue
		}
		c := *i.check
		c.Origin, c.Local = d.r.at, false
		d.r.putCheck(t, &c, onTable(d.r.deps.uses[object{aConstraint, i.from, c.Name}], i.from, t.Name))
	}
}

// inheritedCheck reports whether a table above has a check of that name.
func (r *replay) inheritedCheck(t *catalog.Table, name string) bool {
	for _, p := range ancestors(t) {
		if parent, ok := r.cat.Tables.Get(p); ok && handedDown(parent, name) != nil {
			return true
		}
	}
	return false
}

// checkNamed is the check of that name, nil when there is none.
func checkNamed(t *catalog.Table, name string) *catalog.Check {
	for _, k := range t.Checks {
		if k.Name == name {
			return k
		}
	}
	return nil
}

// handedDown is the check of that name that tables below have as well.
func handedDown(t *catalog.Table, name string) *catalog.Check {
	if k := checkNamed(t, name); k != nil && !k.NoInherit {
		return k
	}
	return nil
}

// differs reports whether two expressions are certainly not the same.
func differs(a, b expr.Expr) bool {
	return a != nil && b != nil && !expr.Equal(a, b)
}

// inheritChecks takes over the checks of a parent, which must agree with those
// of others.
func (d *draft) inheritChecks(parent *catalog.Table) *sqlError {
	for _, c := range parent.Checks {
		if c.NoInherit {
			continue
		}
		for _, i := range d.inherited {
			if i.check.Name == c.Name && differs(i.check.Expr, c.Expr) {
				return errf("42710", "check constraint name %q appears multiple times but with different expressions", c.Name)
			}
		}
		d.inherited = append(d.inherited, inheritedCheck{parent.Name, c})
	}
	return nil
}

// mergeCheck refuses a check that a table has by the same name, unless they are
// the same.
func mergeCheck(t *catalog.Table, c *catalog.Check) *sqlError {
	old := checkNamed(t, c.Name)
	switch {
	case old == nil || differs(old.Expr, c.Expr):
		return errf("42710", "constraint %q for relation %q already exists", c.Name, t.Name.Name)
	case old.NoInherit:
		return errf("42P17", "constraint %q conflicts with non-inherited constraint on relation %q", c.Name, t.Name.Name)
	case old.NotValid && !c.NotValid:
		return errf("42P17", "constraint %q conflicts with NOT VALID constraint on relation %q", c.Name, t.Name.Name)
	case c.NoInherit:
		return errf("42P17", "constraint %q conflicts with inherited constraint on relation %q", c.Name, t.Name.Name)
	}
	return nil
}

// checksMatch refuses a child without the checks of its parent.
func checksMatch(t, parent *catalog.Table) *sqlError {
	for _, k := range parent.Checks {
		if k.NoInherit {
			continue
		}
		own := checkNamed(t, k.Name)
		switch {
		case own == nil:
			return errf("42804", "child table is missing constraint %q", k.Name)
		case differs(own.Expr, k.Expr):
			return errf("42804", "child table %q has different definition for check constraint %q", t.Name.Name, k.Name)
		case own.NoInherit:
			return errf("42P17", "constraint %q conflicts with non-inherited constraint on child table %q", k.Name, t.Name.Name)
		case own.NotValid && !k.NotValid:
			return errf("42P17", "constraint %q conflicts with NOT VALID constraint on child table %q", k.Name, t.Name.Name)
		}
	}
	return nil
}

// goesAlong reports whether a child's check goes with that of a parent: it was
// not declared on the child, and no other parent has it.
func (r *replay) goesAlong(parent, child *catalog.Table, name string) bool {
	k := checkNamed(child, name)
	if k == nil || k.Local || handedDown(parent, name) == nil {
		return false
	}
	return !slices.ContainsFunc(ancestors(child), func(n catalog.Name) bool {
		other, ok := r.cat.Tables.Get(n)
		return ok && n != parent.Name && handedDown(other, name) != nil
	})
}
