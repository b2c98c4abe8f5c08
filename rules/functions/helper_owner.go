package functions

import (
	"iter"
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

// bound finds the SECURITY DEFINER functions whose owner is subject to row level
// security of what they read for a policy, so that they see nothing, or need the
// policy to be decided.
func bound(p *rules.Pass, told map[*catalog.Function]bool) {
	for _, pol := range p.PoliciesWith(expr.HasQuery) {
		for _, r := range p.Reads(pol) {
			f, t, ok := definer(p, r)
			if !ok || told[f] || !subject(p, f.Owner.Value, t) {
				continue
			}
			owner := f.Owner.Value
			forced := owns(p, owner, t)
			what := "reads " + t.Name.String() + " as its owner " + owner + ", to whom row level security applies"
			if forced {
				what = "reads " + t.Name.String() + " as its owner " + owner + ", on whom row level security is forced"
			}
			switch {
			case !seesAny(p, owner, t):
				what += ": no policy there lets it see a row, and policy " + pol.Ref().Name + " is decided as if there were none"
			case circles(p, owner, t, f, nil):
				what += ": a policy there calls it again, until the stack limit (54001)"
			default:
				continue
			}
			told[f] = true
			at, fix := f.Origin, ""
			if forced {
				fix = "alter table " + t.Name.SQL() + " no force row level security;"
				if !t.ForceRLS.Origin.IsZero() {
					at = t.ForceRLS.Origin
				}
			}
			broken(p, f, pol, at, what).Fix = fix
		}
	}
}

// definer is the function with its owner's rights that reads a table for a
// policy; not ok where that is not sure.
func definer(p *rules.Pass, r rules.Read) (*catalog.Function, *catalog.Table, bool) {
	if !r.Definer || !strings.Contains(r.Helper, ".") {
		return nil, nil, false
	}
	o, ok := p.Functions.Get(catalog.ParseName(r.Helper))
	if !ok || len(o.Functions) != 1 {
		return nil, nil, false
	}
	t, ok := p.Tables.Get(catalog.ParseSource(r.Name))
	f := o.Functions[0]
	return f, t, ok && f.SecurityDefiner.Is(true) && f.Owner.Known && !f.Unsure.Any(catalog.Everything)
}

// subject reports whether the role may read the table, and row level security
// is sure to apply when it does.
func subject(p *rules.Pass, role string, t *catalog.Table) bool {
	r, ok := p.Roles.Get(role)
	switch {
	case !ok || !r.Superuser.Is(false) || !r.BypassRLS.Is(false):
		return false
	case !t.RLS.Is(true) || !t.Owner.Known || t.Unsure.Any(catalog.Policies) || t.Assumed || t.Kind == catalog.Foreign:
		return false
	case !p.MayAnyColumn(role, t, catalog.Select).Is(true):
		return false
	}
	return t.ForceRLS.Is(true) || !owns(p, role, t)
}

// owns reports whether the role has the rights of the table's owner.
func owns(p *rules.Pass, role string, t *catalog.Table) bool {
	return slices.Contains(p.Groups(role, true), t.Owner.Value)
}

// seesAny reports whether a policy lets the role see rows of the table.
func seesAny(p *rules.Pass, role string, t *catalog.Table) bool {
	for pol := range t.Policies() {
		if pol.Permissive && pol.Command.Covers(catalog.ForSelect) && pol.AppliesTo(p.Groups(role, true)...) {
			return true
		}
	}
	return false
}

// circles reports whether the policies of a table, for the role that reads it,
// lead to a read by the function again.
func circles(p *rules.Pass, role string, t *catalog.Table, f *catalog.Function, seen []*catalog.Table) bool {
	if slices.Contains(seen, t) {
		return false
	}
	seen = append(seen, t)
	for pol := range asked(p, role, t) {
		for _, r := range p.Reads(pol) {
			if r.Check {
				continue
			}
			g, next, ok := definer(p, r)
			reader := role
			switch {
			case ok && g == f:
				return true
			case ok:
				reader = g.Owner.Value
			case r.Definer:
				continue
			default:
				next, ok = p.Tables.Get(catalog.ParseSource(r.Name))
			}
			if ok && subject(p, reader, next) && circles(p, reader, next, f, seen) {
				return true
			}
		}
	}
	return false
}

// asked are the policies that are asked when the role reads the table. Next to
// one that is plainly true the other permissive ones are not; one that looks at
// who reads may never come to its helper.
func asked(p *rules.Pass, role string, t *catalog.Table) iter.Seq[*catalog.Policy] {
	var list []*catalog.Policy
	open := false
	for pol := range t.Policies() {
		if pol.Command.Covers(catalog.ForSelect) && pol.AppliesTo(p.Groups(role, true)...) {
			list = append(list, pol)
			c, ok := pol.Using.(*expr.Const)
			open = open || pol.Permissive && ok && c.Text == "true"
		}
	}
	return func(yield func(*catalog.Policy) bool) {
		for _, pol := range list {
			if !(open && pol.Permissive) && !looksAtRole(pol.Using) && !yield(pol) {
				return
			}
		}
	}
}

// looksAtRole reports whether a condition reads the role that runs it.
func looksAtRole(e expr.Expr) bool {
	return slices.ContainsFunc(expr.Calls(e), func(c *expr.Call) bool {
		return slices.Contains([]string{"current_user", "current_role", "session_user", "user", "pg_has_role"}, c.Name)
	})
}
