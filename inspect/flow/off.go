package flow

import (
	"maps"
	"slices"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/hook"
)

// off reports whether there is a hook that Auth is told not to run.
func (b *builder) off() bool { return b.Function != nil && b.Switch.State == Broken }

// switchedOff marks a claim that only a hook which is off would write. Metadata
// may come from elsewhere too.
func (c *claim) switchedOff(b *builder) {
	if metadata(c.path) {
		c.state, c.why = Unsure, "whether claim "+c.name()+" is ever in a token is not known: "+b.Switch.Why
		return
	}
	c.state, c.why = Broken, "claim "+c.name()+" is in nobody's token: "+b.Switch.Why
}

// holder is the subject with the token that it really gets: without what only
// a hook that is off would write into it.
func (b *builder) holder(s access.Subject) access.Subject {
	if !b.off() || b.Effect == nil || s.Role == catalog.Anon {
		return s
	}
	for _, w := range b.Effect.Claims {
		switch {
		case w.When == hook.Never || len(w.Path) == 1 && slices.Contains(issued, w.Path[0]) || !has(s.Claims, w.Path):
			continue
		case metadata(w.Path):
			s.Open = append(slices.Clone(s.Open), w.Path[0])
		}
		s.Claims = without(s.Claims, w.Path)
	}
	return s
}

// without is a copy of the claims that lacks a path.
func without(claims map[string]any, path []string) map[string]any {
	claims = maps.Clone(claims)
	if len(path) == 1 {
		delete(claims, path[0])
	} else if inner, ok := claims[path[0]].(map[string]any); ok {
		claims[path[0]] = without(inner, path[1:])
	}
	return claims
}

// lost says what a subject lacks because the hook is off: "" where it receives
// the same without it.
func (b *builder) lost(s access.Subject, t *catalog.Table, now access.Cell) string {
	if !b.off() || now.Verdict == access.Uncertain || b.Judge.Cell(s, t, catalog.ForSelect).Verdict == now.Verdict {
		return ""
	}
	return "its token has no claims of the hook: " + b.Switch.Why
}
