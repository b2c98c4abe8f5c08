package bypass

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "immutable-reads-session",
	Title:    "IMMUTABLE function that depends on who asks",
	Severity: rules.Error,
	Why: `
IMMUTABLE promises the same result for the same arguments for ever. The planner
computes such a call once, when it plans, and a plan that is kept for a
connection serves the next request on it, which is another user's: policies that
call the function then decide by somebody else's token.`,
	Fix: `
` + "```sql" + `
alter function public.current_org() stable;
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/xfunc-volatility.html"},
	Check: func(p *rules.Pass) {
		for f := range p.ProjectFunctions() {
			if !f.Volatility.Is(catalog.Immutable) || f.Returns == "trigger" {
				continue
			}
			b := bodyOf(p, f)
			if !b.session {
				continue
			}
			found := p.Report(f, f.Volatility.Origin, f.Ref().String()+" is IMMUTABLE and reads who asks")
			found.Fix = "alter function " + f.Name.SQL() + "(" + f.Signature() + ") stable;"
			if !b.token {
				found.Message = f.Ref().String() + " is IMMUTABLE and reads a setting of the session"
				p.Soften(found, rules.Warning) // it may be the same for everyone
			}
		}
	},
})
