package flow

import (
	"slices"
	"strings"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/hook"
)

// A claim is a path of the token.
type claim struct {
	path    []string
	legacy  bool
	written *hook.Claim // by the hook; nil when it does not
	auth    bool        // Auth itself writes it
	values  []string    // nil when not known
	state   State
	why     string
}

func (c *claim) name() string { return strings.Join(c.path, ".") }
func (c *claim) id() string {
	if c.legacy {
		return "claim setting " + c.name()
	}
	return "claim " + c.name()
}

// issued are the claims at the top of the token that Auth writes into each
// (Supabase docs: JWT Claims Reference).
var issued = []string{
	"iss", "aud", "exp", "iat", "sub", "role", "aal", "session_id", "email", "phone", "is_anonymous", "jti", "nbf",
	"app_metadata", "user_metadata", "amr", "ref", "client_id", "scope",
}

// claim is the claim at a path, with what is known of it.
func (b *builder) claim(path []string, legacy bool) *claim {
	c := &claim{path: path, legacy: legacy, state: Whole}
	if have, ok := b.claims[c.id()]; ok {
		return have
	}
	b.claims[c.id()] = c
	if b.Effect != nil {
		if w, ok := b.Effect.Claim(path...); ok {
			c.written, c.values = &w, w.Values
		}
	}
	for _, v := range b.Claims {
		if slices.Equal(v.Path, path) && v.Values != nil {
			c.values = v.Values
		}
	}
	c.auth = len(path) == 1 && slices.Contains(issued, path[0])
	switch {
	case legacy:
		c.state, c.why = Broken, "setting request.jwt.claim."+c.name()+" is not made any more: it is always empty"
	case c.written != nil && c.written.When == hook.Never:
		c.state, c.why = Broken, "the hook means to write claim "+c.name()+" and never does"
	case c.written != nil && !c.auth && b.off():
		c.switchedOff(b)
	case c.written != nil || c.auth || len(path) == 0:
	case b.carried(path):
		c.auth = metadata(path)
	case b.Effect == nil || !b.Effect.Complete() || b.possible(path):
		c.state, c.why = Unsure, "whether claim "+c.name()+" is ever in a token is not known"
	case metadata(path):
		// Others than the hook may write it.
		c.state, c.why = Unsure, "claim "+c.name()+" is in no subject's token, and "+b.Effect.Function.Name.String()+" does not write it"
	default:
		c.missing(b)
	}
	return c
}

// missing marks a claim that no token has.
func (c *claim) missing(b *builder) {
	c.state, c.why = Broken, "claim "+c.name()+" is in nobody's token: "+b.Effect.Function.Name.String()+" does not write it"
}

func metadata(path []string) bool {
	return len(path) > 1 && (path[0] == "app_metadata" || path[0] == "user_metadata")
}

// misread marks the claims that policies ask for a value which the hook writes
// into another one: nobody else writes it where it is looked for.
func (b *builder) misread() {
	for _, w := range b.Tables {
		t, ok := b.Catalog.Tables.Get(w.Name)
		if !ok || b.off() || b.Effect == nil || !b.Effect.Complete() {
			continue
		}
		for p := range t.Policies() {
			using := b.Catalog.Expanded(p).Using
			if using == nil || !p.Command.Covers(catalog.ForSelect) {
				continue
			}
			for _, x := range expr.Comparisons(using) {
				c := b.claim(x.Claim.Path, x.Claim.Via == expr.ViaLegacy)
				if c.state == Unsure && !b.possible(c.path) && b.elsewhere(c.path, []string{x.Value}) != "" {
					c.missing(b)
				}
			}
		}
	}
}

// carried reports whether the token of some subject has the claim.
func (b *builder) carried(path []string) bool {
	return slices.ContainsFunc(b.Subjects, func(s access.Subject) bool { return has(s.Claims, path) })
}

func has(claims map[string]any, path []string) bool {
	for i, key := range path {
		v, ok := claims[key]
		if !ok || i == len(path)-1 {
			return ok
		}
		if claims, ok = v.(map[string]any); !ok {
			return false
		}
	}
	return false
}

// possible reports whether the token of some subject may have the claim
// without saying so.
func (b *builder) possible(path []string) bool {
	// Of who has no claims to tell them apart nothing follows.
	signed := false
	for _, s := range b.Subjects {
		if s.Role == catalog.Anon || len(s.Claims) == 0 && len(s.Open) == 0 {
			continue
		}
		signed = true
		if slices.Contains(s.Open, "*") || slices.Contains(s.Open, path[0]) {
			return true
		}
	}
	return !signed
}

// may reports whether the claim can have the value.
func (b *builder) may(c *claim, value string) bool {
	switch {
	case c.state == Broken:
		return false
	case len(c.path) == 1 && c.path[0] == "role":
		return b.Catalog.IsRole(value)
	case c.written != nil && c.written.When == hook.Unclear:
		return true
	case c.values != nil:
		return slices.Contains(c.values, value)
	}
	return true
}

// hookClaims are the claims that the hook writes, in order of path.
func (b *builder) hookClaims() []*claim {
	var out []*claim
	if b.Effect != nil {
		for _, w := range b.Effect.Claims {
			out = append(out, b.claim(w.Path, false))
		}
	}
	return out
}

// drawClaim adds a claim, and who issues it.
func (b *builder) drawClaim(c *claim) {
	n := Node{ID: c.id(), Kind: Claim, Name: c.name(), State: c.state, Why: c.why, Object: catalog.Ref{Kind: "claim", Name: c.name()}}
	switch {
	case len(c.path) == 0:
		n.Name = "the whole token"
	case c.name() == "sub":
		n.Facts = []string{"auth.uid()"}
	case c.name() == "role" && c.written == nil:
		n.Facts = []string{"the database role"}
	case c.state == Broken:
		n.Facts = []string{"in nobody's token"}
	case len(c.values) > 0:
		n.Facts = []string{strings.Join(c.values, ", ")}
	}
	b.node(n)
	switch {
	case c.legacy:
	case c.written != nil:
		b.node(b.hookNode())
		e := Edge{From: "hook", To: n.ID}
		if h, _ := b.graph.Node("hook"); h.State == Broken {
			e.State, e.Why, e.Label = Broken, h.Why, "never arrives"
		} else if c.state == Broken {
			e.State, e.Label, e.Why = Broken, "never written", c.why
		} else if c.written.When == hook.Sometimes {
			e.Label = "for some users"
		}
		b.edge(e)
	case c.auth || len(c.path) == 0:
		b.node(Node{ID: "auth", Kind: Issuer, Name: "Auth", Facts: []string{"in every token"}})
		b.edge(Edge{From: "auth", To: n.ID})
	case b.Hook != (catalog.Name{}):
		b.node(b.hookNode())
		e := Edge{From: "hook", To: n.ID, State: c.state, Label: "not written", Why: c.why}
		if c.state == Whole {
			e.State, e.Label, e.Why = Unsure, "not by the hook", "claim "+c.name()+" is expected in the token, but the hook does not write it"
		}
		b.edge(e)
	}
}

func quoted(s string) string { return `"` + s + `"` }

// quotedList is "a", "b" or "c".
func quotedList(list []string) string {
	var out strings.Builder
	for i, s := range list {
		switch {
		case i > 0 && i == len(list)-1:
			out.WriteString(" or ")
		case i > 0:
			out.WriteString(", ")
		}
		out.WriteString(quoted(s))
	}
	return out.String()
}
