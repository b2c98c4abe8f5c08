package drift

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// tables compares replica identities, row level security and policies.
func (c *comparison) tables() {
	c.both(func(w, h *catalog.Table) {
		alter := "alter table " + w.Name.SQL()
		if w.Identity.Known && h.Identity.Known && w.Identity.Value != h.Identity.Value {
			fix := alter + " replica identity " + string(w.Identity.Value.Kind) + ";"
			if w.Identity.Value.Kind == catalog.IdentityIndex {
				fix = byIndex(w, h)
			}
			c.add(Difference{Kind: Identity, Object: w.Ref(), What: "replica identity", Want: identity(w), Have: identity(h), Origin: w.Identity.Origin, Fix: fix})
		}
		for _, f := range []struct {
			what    string
			w, h    catalog.Fact[bool]
			on, off string
		}{
			{"row level security", w.RLS, h.RLS, "enable", "disable"},
			{"forced row level security", w.ForceRLS, h.ForceRLS, "force", "no force"},
		} {
			if f.w.Known && f.h.Known && f.w.Value != f.h.Value {
				verb := map[bool]string{true: f.on, false: f.off}[f.w.Value]
				c.add(Difference{Kind: RLS, Object: w.Ref(), What: f.what, Want: onOff(f.w.Value), Have: onOff(f.h.Value), Origin: f.w.Origin, Fix: alter + " " + verb + " row level security;"})
			}
		}
	})
	for w := range c.want.Tables.All() {
		if h, ok := c.have.Tables.Get(w.Name); ok {
			c.policies(w, h)
		} else if w.Platform {
			c.policies(w, &catalog.Table{Name: w.Name, Platform: true})
		}
	}
	for h := range c.have.Tables.All() {
		if !c.want.Tables.Has(h.Name) && h.Platform {
			c.policies(&catalog.Table{Name: h.Name, Platform: true}, h)
		}
	}
}

// policies compares the policies of a table, the platform's tables included:
// projects put policies on them, and a snapshot has those alone.
func (c *comparison) policies(w, h *catalog.Table) {
	if w.Unsure.Any(catalog.Policies|catalog.Existence) || h.Unsure.Any(catalog.Policies|catalog.Existence) || w.Assumed || h.Assumed {
		return
	}
	for p := range w.Policies() {
		q, ok := h.Policy(p.Name)
		switch {
		case p.Unsure != 0 || p.Platform:
		case !ok:
			c.add(Difference{Kind: Policies, Object: p.Ref(), What: "exists", Want: "yes", Origin: p.Origin, Fix: create(p)})
		default:
			if what, a, b := differ(p, q); what != "" {
				c.add(Difference{Kind: Policies, Object: p.Ref(), What: what, Want: a, Have: b, Origin: p.Origin, Fix: create(p)})
			}
		}
	}
	for q := range h.Policies() {
		if _, ok := w.Policy(q.Name); !ok && q.Unsure == 0 && !q.Platform {
			c.add(Difference{Kind: Policies, Object: q.Ref(), What: "exists", Have: "yes", Fix: "drop policy if exists " + catalog.Quote(q.Name) + " on " + q.Table.SQL() + ";"})
		}
	}
}

// differ says in what two policies differ, by what they mean and not by text.
func differ(p, q *catalog.Policy) (what, want, have string) {
	kind := func(p *catalog.Policy) string {
		if p.Permissive {
			return "permissive"
		}
		return "restrictive"
	}
	switch {
	case p.Command != q.Command:
		return "command", string(p.Command), string(q.Command)
	case p.Permissive != q.Permissive:
		return "kind", kind(p), kind(q)
	case !slices.Equal(p.Roles, q.Roles):
		return "roles", strings.Join(p.Roles, ", "), strings.Join(q.Roles, ", ")
	case !same(p.Using, q.Using):
		return "using", expr.String(p.Using), expr.String(q.Using)
	case !same(p.Check, q.Check):
		return "with check", expr.String(p.Check), expr.String(q.Check)
	}
	return "", "", ""
}

// same reports whether two expressions are alike, but for what of them was not
// understood.
func same(a, b expr.Expr) bool {
	for _, e := range []expr.Expr{a, b} {
		if _, opaque := e.(*expr.Opaque); opaque {
			return true
		}
	}
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return expr.Equal(expr.Understood(a), expr.Understood(b))
}

// create is SQL that makes the policy as it should be, whether or not there is
// one of its name.
func create(p *catalog.Policy) string {
	var b strings.Builder
	b.WriteString("drop policy if exists " + catalog.Quote(p.Name) + " on " + p.Table.SQL() + ";\n")
	b.WriteString("create policy " + catalog.Quote(p.Name) + " on " + p.Table.SQL())
	if !p.Permissive {
		b.WriteString(" as restrictive")
	}
	b.WriteString("\n  for " + string(p.Command) + " to " + roles(p.Roles))
	if p.Using != nil {
		b.WriteString("\n  using (" + expr.String(p.Using) + ")")
	}
	if p.Check != nil {
		b.WriteString("\n  with check (" + expr.String(p.Check) + ")")
	}
	return b.String() + ";"
}

func roles(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = n
		if n != catalog.Public {
			out[i] = catalog.Quote(n)
		}
	}
	return strings.Join(out, ", ")
}
