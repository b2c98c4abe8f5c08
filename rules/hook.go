package rules

import "policylint/inspect/catalog"

// DefaultHook is the function that Supabase's own examples and its dashboard
// use as the custom access token hook (Supabase docs: Custom Access Token
// Hook).
var DefaultHook = catalog.Name{Schema: "public", Name: "custom_access_token_hook"}

// A Hook is the custom access token hook of the application.
type Hook struct {
	Name       catalog.Name
	Functions  []*catalog.Function // all functions of that name, in order of signature; none when it is missing
	Configured bool                // named in rules.yaml
	Origin     catalog.Origin      // the entry in rules.yaml; zero when not configured
}

// Function is the one function that Auth would call: the only one of its
// name, or the one that takes a single jsonb, or else a single json. It is
// nil when there is none that can be told.
func (h Hook) Function() *catalog.Function {
	if len(h.Functions) == 1 {
		return h.Functions[0]
	}
	for _, signature := range []string{"jsonb", "json"} {
		for _, f := range h.Functions {
			if f.Signature() == signature {
				return f
			}
		}
	}
	return nil
}

// Hook is the configured hook, whether or not its function exists, or
// DefaultHook where nothing is configured and that function exists. It
// reports false when the application has no hook.
func (p *Pass) Hook() (Hook, bool) {
	h := Hook{Name: DefaultHook}
	if p.Config != nil && p.Config.Hook.Function != (catalog.Name{}) {
		h = Hook{Name: p.Config.Hook.Function, Configured: true, Origin: p.Config.Hook.Origin}
	}
	if o, ok := p.Functions.Get(h.Name); ok {
		for _, f := range o.Functions {
			if !f.Unsure.Any(catalog.Existence) {
				h.Functions = append(h.Functions, f)
			}
		}
		if len(h.Functions) == 0 {
			return Hook{}, false // whether it exists is not known
		}
	}
	return h, h.Configured || len(h.Functions) > 0
}
