package rules

import (
	"fmt"
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/hook"
)

// registered has the claims that Auth itself puts into a token (Supabase docs:
// JWT Claims Reference). A hook may change them, but they do not tell the
// application's own kinds of users apart.
var registered = map[string]bool{
	"iss": true, "aud": true, "exp": true, "iat": true, "sub": true, "role": true, "aal": true, "session_id": true,
	"email": true, "phone": true, "is_anonymous": true, "jti": true, "nbf": true, "app_metadata": true,
	"user_metadata": true, "amr": true, "ref": true, "client_id": true, "scope": true,
}

// IsRegisteredClaim reports whether a path begins with a claim that Auth itself
// writes.
func IsRegisteredClaim(path []string) bool { return len(path) > 0 && registered[path[0]] }

// HookEffect is what the hook is meant to do to the claims, when there is one
// whose body is known.
func (p *Pass) HookEffect() (*hook.Result, bool) {
	h, ok := p.Hook()
	if !ok || h.Function() == nil || !h.Function().Body.Known || h.Function().Unsure.Any(catalog.Body) {
		return nil, false
	}
	o := hook.Meant
	o.Role = p.Config.HookRole()
	return hook.Interpret(p.Catalog, h.Function(), o), true
}

// derivedClaims are the claims of the application's own that the hook writes,
// paths that end alike taken together, with the values that it can write.
func (p *Pass) derivedClaims() []Claim {
	if p.derived != nil {
		return *p.derived
	}
	p.derived = new([]Claim)
	r, ok := p.HookEffect()
	if !ok {
		return nil
	}
	byName := map[string]*Claim{}
	open := map[string]bool{} // values of some path are not known
	for _, w := range r.Claims {
		name := w.Path[len(w.Path)-1]
		if len(w.Path) == 1 && registered[name] {
			continue
		}
		c := byName[name]
		if c == nil {
			c = &Claim{Name: name}
			byName[name] = c
		}
		c.Paths = append(c.Paths, w.Path)
		c.Enum = p.enumOf(w.From)
		switch {
		case w.When == hook.Never || w.Kind == "" && w.Null && len(w.Values) == 0:
		case w.When == hook.Unclear || w.Kind != "string" || w.Values == nil:
			open[name] = true
		default:
			c.Values = append(c.Values, w.Values...)
		}
	}
	for name, c := range byName {
		slices.Sort(c.Values)
		c.Values = slices.Compact(c.Values)
		if open[name] {
			c.Values = nil
		}
		*p.derived = append(*p.derived, *c)
	}
	slices.SortFunc(*p.derived, func(a, b Claim) int { return strings.Compare(a.Name, b.Name) })
	if len(byName) > 0 {
		p.Note(fmt.Sprintf("claims is not configured: taken from %s: %s", r.Function.Name, describeClaims(*p.derived)))
	}
	return *p.derived
}

func describeClaims(claims []Claim) string {
	var parts []string
	for _, c := range claims {
		for _, path := range c.Paths {
			parts = append(parts, path.String())
		}
	}
	if v := claims[0].Values; v != nil {
		return strings.Join(parts, ", ") + " (" + strings.Join(v, ", ") + ")"
	}
	return strings.Join(parts, ", ")
}

// enumOf is the enum that a column, "schema.table.column", is of; zero when it
// is of none.
func (p *Pass) enumOf(column string) catalog.Name {
	i := strings.LastIndexByte(column, '.')
	if i < 0 {
		return catalog.Name{}
	}
	t, ok := p.Tables.Get(catalog.ParseName(column[:i]))
	if !ok {
		return catalog.Name{}
	}
	c, ok := t.Column(column[i+1:])
	if !ok {
		return catalog.Name{}
	}
	n := catalog.ParseName(c.Type)
	if e, ok := p.Types.Get(n); ok && e.Kind == catalog.Enum {
		return n
	}
	return catalog.Name{}
}
