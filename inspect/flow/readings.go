package flow

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/hook"
)

// A reading is a policy with the claims that it reads.
type reading struct {
	policy *catalog.Policy
	links  []link
}

// A link is a claim that a policy reads.
type link struct {
	claim *claim
	// impossible are the constants that it is compared with and never is;
	// possible the others.
	impossible, possible []string
	state                State
	label, why           string
}

// broken lists the links whose condition can never hold.
func (r *reading) broken() []link {
	var out []link
	for _, l := range r.links {
		if len(l.impossible) > 0 || l.state == Broken {
			out = append(out, l)
		}
	}
	return out
}

// readings are the policies that decide who reads rows of a table, with the
// claims that they read.
func (b *builder) readings(table catalog.Name) []*reading {
	t, ok := b.Catalog.Tables.Get(table)
	if !ok {
		return nil
	}
	var out []*reading
	for p := range t.Policies() {
		if p.Command.Covers(catalog.ForSelect) && !p.Unsure.Any(catalog.Existence) {
			out = append(out, b.reading(p))
		}
	}
	return out
}

func (b *builder) reading(p *catalog.Policy) *reading {
	if r, ok := b.policies[p]; ok {
		return r
	}
	r := &reading{policy: p}
	b.policies[p] = r
	using := b.Catalog.Expanded(p).Using
	if using == nil {
		return r
	}
	tested := map[*claim][]string{}
	for _, x := range expr.Comparisons(using) {
		if c := b.claim(x.Claim.Path, x.Claim.Via == expr.ViaLegacy); !x.Not && !slices.Contains(tested[c], x.Value) {
			tested[c] = append(tested[c], x.Value)
		}
	}
	for _, x := range expr.Claims(using) {
		c := b.claim(x.Path, x.Via == expr.ViaLegacy)
		if slices.ContainsFunc(r.links, func(l link) bool { return l.claim == c }) {
			continue
		}
		l := link{claim: c, state: c.state}
		for _, v := range tested[c] {
			if b.may(c, v) {
				l.possible = append(l.possible, v)
			} else {
				l.impossible = append(l.impossible, v)
			}
		}
		b.judge(p, &l)
		r.links = append(r.links, l)
	}
	return r
}

// judge says whether a policy finds in the claim what it looks for.
func (b *builder) judge(p *catalog.Policy, l *link) {
	name, values := l.claim.name(), quotedList(l.impossible)
	head := "policy " + quoted(p.Name) + " "
	switch {
	case l.state == Broken:
		l.label = "not in the token"
		l.why = head + "reads claim " + name
		if len(l.impossible) > 0 {
			l.why = head + "asks for claim " + name + " = " + values
		}
		l.why += ", but " + trimClaim(l.claim.why, name)
	case l.state == Unsure:
		l.label, l.why = "not known", head+"reads claim "+name+": "+l.claim.why
	case len(l.impossible) > 0:
		l.state, l.label = Broken, "never "+strings.Join(l.impossible, ", ")
		if len(l.possible) > 0 {
			l.state = Partial
		}
		l.why = head + "asks for claim " + name + " = " + values + ", but "
		switch {
		case name == "role":
			l.why += "role is the database role: " + quoted(catalog.Authenticated)
		case len(l.claim.values) > 0:
			l.why += "it is only ever " + quotedList(l.claim.values)
		default:
			l.why += "it never is"
		}
	}
	if b.Effect == nil || b.off() || len(l.impossible) == 0 {
		return
	}
	if name := b.elsewhere(l.claim.path, l.impossible); name != "" {
		l.why += "; the hook writes that into " + name
	}
}

// trimClaim is a sentence about the claim as it follows one that named it.
func trimClaim(why, name string) string {
	return strings.Replace(why, "claim "+name+" ", "it ", 1)
}

// elsewhere is the claim, the shortest, in which the hook writes one of the
// values; "" for none.
func (b *builder) elsewhere(path, values []string) string {
	var best []string
	for _, c := range b.Effect.Claims {
		fits := func(v string) bool { return slices.Contains(c.Values, v) }
		if c.When == hook.Never || slices.Equal(c.Path, path) || !slices.ContainsFunc(values, fits) {
			continue
		}
		if best == nil || len(c.Path) < len(best) {
			best = c.Path
		}
	}
	return strings.Join(best, ".")
}
