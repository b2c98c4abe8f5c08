// Package hook has the rules about the custom access token hook: the function
// that writes the claims all the others rest on.
package hook

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

// docs are where Supabase describes the hook.
var docs = []string{
	"https://supabase.com/docs/guides/auth/auth-hooks/custom-access-token-hook",
	"https://supabase.com/docs/guides/auth/auth-hooks#security-model",
}

// function is the hook's function, when there is one and the platform runs
// hooks at all.
func function(p *rules.Pass) (*catalog.Function, bool) {
	h, ok := p.Hook()
	if !ok || h.Function() == nil || !p.Roles.Has(catalog.AuthAdmin) {
		return nil, false
	}
	return h.Function(), true
}
