package rules

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

// Claims are the claims that tell the application's users apart, in order of
// name: those of rules.yaml with the labels of their enums, or, where none are
// configured, those that the hook can be seen to write.
func (p *Pass) Claims() []Claim {
	if p.Config == nil || len(p.Config.Claims) == 0 {
		return p.derivedClaims()
	}
	out := slices.Clone(p.Config.Claims)
	for i, c := range out {
		if c.Enum == (catalog.Name{}) {
			continue
		}
		if e, ok := p.Types.Get(c.Enum); ok && e.Kind == catalog.Enum && !e.Unsure.Any(catalog.Everything) {
			out[i].Values = e.Labels
		}
	}
	return out
}

// ClaimAt finds the claim that stands at a path of the token.
func (p *Pass) ClaimAt(path []string) (Claim, bool) {
	for _, c := range p.Claims() {
		if slices.ContainsFunc(c.Paths, func(q ClaimPath) bool { return slices.Equal(q, path) }) {
			return c, true
		}
	}
	return Claim{}, false
}

// ClaimPaths are the paths of all claims, as rules.yaml writes them, sorted.
func (p *Pass) ClaimPaths() []string {
	var out []string
	for _, c := range p.Claims() {
		for _, path := range c.Paths {
			out = append(out, path.String())
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// AppRoles are the values of all claims together, sorted: the names that the
// application itself gives to kinds of users. Nil when none are known.
func (p *Pass) AppRoles() []string {
	var out []string
	for _, c := range p.Claims() {
		out = append(out, c.Values...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// joinPath writes a path with dots; a part that has one itself is quoted.
func joinPath(path []string) string {
	parts := make([]string, len(path))
	for i, s := range path {
		if s == "" || strings.ContainsAny(s, `."`) {
			s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
		parts[i] = s
	}
	return strings.Join(parts, ".")
}

// splitPath undoes joinPath.
func splitPath(s string) []string {
	var parts []string
	var cur strings.Builder
	quoted := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' && quoted && i+1 < len(s) && s[i+1] == '"':
			cur.WriteByte('"')
			i++
		case c == '"':
			quoted = !quoted
		case c == '.' && !quoted:
			parts = append(parts, cur.String())
			cur.Reset()
		default:
			cur.WriteByte(c)
		}
	}
	return append(parts, cur.String())
}
