package hook

import (
	"policylint/inspect/hook"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-null-wipes-claims",
	Title:    "A null wipes all claims in the access token hook",
	Severity: rules.Error,
	Why: `
` + "`jsonb_set`" + `, ` + "`||`" + `, ` + "`-`" + ` and ` + "`#-`" + ` are strict: with a null among their arguments the whole
result is NULL. ` + "`to_jsonb`" + ` of a null is such a null, not a JSON one. A user without
a role, or without a row, then gets no event back at all, and cannot sign in.`,
	Fix: `
` + "```sql" + `
claims := jsonb_set(claims, '{user_role}', coalesce(to_jsonb(assigned), 'null'));
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		r, ok := meant(p)
		if !ok {
			return
		}
		for _, n := range r.Nulls {
			if n.Cause == hook.FromConstant || n.Caught {
				continue // hook-control-flow says it
			}
			report(p, r, n.At, often(n.When)+"returns null"+on(r.Function, n.At)+": "+because(n))
			return
		}
	},
})

// because says how a null came about.
func because(n hook.Null) string {
	switch n.Cause {
	case hook.FromStrict:
		if n.What != "" {
			return n.Call + " writes a null to " + n.What
		}
		return n.Call + " is given a null"
	case hook.FromRow:
		return "its query has no row, or a null"
	case hook.FromKey:
		return "the event has no key " + n.Call
	case hook.FromVariable:
		return "the variable was never set"
	case hook.FromToken:
		return n.Call + " is null outside a request"
	}
	return "what it returns is null"
}
