package rules

import (
	"slices"
	"strings"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/hook"
)

type (
	judgeKey    string
	subjectsKey struct{ config *Config }
)

// Access answers who may see and do what. It is one for all rules of a run.
func (p *Pass) Access() *access.Judge {
	name := p.PublicationName()
	return p.Memo(judgeKey(name), func() any { return access.New(p.Catalog, name) }).(*access.Judge)
}

// Subjects are the users of the application by the claims of their tokens, in
// order of name: those of rules.yaml, or, where it has none, one for each
// value that the hook can write, and one without any; and in both cases anon,
// who has the public key and no session.
func (p *Pass) Subjects() []access.Subject {
	return p.Memo(subjectsKey{p.Config}, func() any { return p.subjects() }).([]access.Subject)
}

func (p *Pass) subjects() []access.Subject {
	var out []access.Subject
	if p.Config != nil && len(p.Config.Subjects) > 0 {
		for _, s := range p.Config.Subjects {
			x := access.NewSubject(s.Name, s.Claims)
			x.Origin = s.Origin
			out = append(out, x)
		}
	} else {
		out = p.derivedSubjects()
	}
	if !slices.ContainsFunc(out, func(s access.Subject) bool { return s.Name == catalog.Anon || s.Role == catalog.Anon }) {
		out = append(out, access.NewSubject(catalog.Anon, map[string]any{"role": catalog.Anon}))
	}
	slices.SortStableFunc(out, func(a, b access.Subject) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// derivedSubjects has a user for each value of each claim, and one of whom the
// application says nothing. Metadata can be written by others than the hook;
// without a hook that can be followed, so can everything else.
func (p *Pass) derivedSubjects() []access.Subject {
	open := []string{"*"}
	effect, ok := p.HookEffect()
	if ok && len(effect.Unknown) == 0 {
		open = []string{"app_metadata", "user_metadata"}
	}
	out := []access.Subject{access.NewSubject(catalog.Authenticated, map[string]any{})}
	out[0].Open = open
	if ok && !omits(effect) {
		out = nil // every user has the claims
	}
	for _, c := range p.Claims() {
		for _, v := range c.Values {
			if slices.ContainsFunc(out, func(s access.Subject) bool { return s.Name == v }) {
				continue
			}
			claims := map[string]any{}
			for _, path := range c.Paths {
				place(claims, path, v)
			}
			s := access.NewSubject(v, claims)
			s.Open = open
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		out = []access.Subject{access.NewSubject(catalog.Authenticated, map[string]any{})}
		out[0].Open = open
	}
	return out
}

// omits reports whether the hook leaves some user without one of its claims.
func omits(r *hook.Result) bool {
	return slices.ContainsFunc(r.Claims, func(w hook.Claim) bool { return w.When != hook.Always || w.Null })
}

// place sets the value at a path of the token.
func place(claims map[string]any, path []string, value any) {
	for _, key := range path[:len(path)-1] {
		inner, ok := claims[key].(map[string]any)
		if !ok {
			inner = map[string]any{}
			claims[key] = inner
		}
		claims = inner
	}
	claims[path[len(path)-1]] = value
}
