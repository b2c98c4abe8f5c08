package hook

import (
	"slices"
	"strings"

	"policylint/inspect/hook"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-drops-required-claims",
	Title:    "The access token hook drops claims that a token must have",
	Severity: rules.Error,
	Why: `
What the hook returns replaces all claims. Auth then checks that ` + "`aud`" + `, ` + "`exp`" + `, ` + "`iat`" + `,
` + "`sub`" + `, ` + "`email`" + `, ` + "`phone`" + `, ` + "`role`" + `, ` + "`aal`" + `, ` + "`session_id`" + ` and ` + "`is_anonymous`" + ` are there, with
their types, and otherwise fails the sign-in: "output claims do not conform to the
expected schema".`,
	Fix: `
Start from the claims of the event:

` + "```sql" + `
claims := event->'claims';
claims := jsonb_set(claims, '{user_role}', to_jsonb(assigned));
return jsonb_set(event, '{claims}', claims);
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		r, ok := meant(p)
		if !ok || len(r.Missing) == 0 {
			return
		}
		var gone, wrong []string
		for _, m := range r.Missing {
			switch {
			case m.Wrong != "" && !slices.Contains(wrong, m.Claim+" a "+m.Wrong):
				wrong = append(wrong, m.Claim+" a "+m.Wrong)
			case m.Wrong == "" && !slices.Contains(gone, m.Claim):
				gone = append(gone, m.Claim)
			}
		}
		what := "drops "
		if r.Missing[0].When != hook.Always {
			what = "sometimes drops "
		}
		if len(gone) == 0 {
			what, gone = "makes ", wrong
		} else if len(wrong) > 0 {
			gone = append(gone, "makes "+strings.Join(wrong, ", "))
		}
		at := r.Missing[0].At
		report(p, r, at, what+strings.Join(gone, ", ")+on(r.Function, at))
	},
})
