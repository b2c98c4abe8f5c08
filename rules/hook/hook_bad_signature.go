package hook

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-bad-signature",
	Title:    "The access token hook cannot be called as Auth calls it",
	Severity: rules.Error,
	Why: `
Auth runs ` + "`select hook($1)`" + ` with the event as one jsonb value and reads one JSON object
back. A procedure, another number or type of arguments, a set, or a result that is
no JSON makes every sign-in fail.`,
	Fix: `
` + "```sql" + `
create function public.custom_access_token_hook(event jsonb) returns jsonb
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		h, ok := p.Hook()
		if !ok || len(h.Functions) != 1 {
			return // none, or hook-overloaded says it
		}
		f := h.Functions[0]
		if wrong := signature(f); wrong != "" {
			p.Report(f, f.Origin, f.Ref().Name+" is the access token hook and "+wrong)
		}
	},
})

// signature says what keeps Auth from calling the function, "" for nothing.
func signature(f *catalog.Function) string {
	in, required := 0, 0
	first := ""
	for _, a := range f.Args {
		if !a.Input() {
			continue
		}
		if in == 0 {
			first = a.Type
		}
		in++
		if !a.Default && a.Mode != catalog.ArgVariadic {
			required++
		}
	}
	switch {
	case f.Kind != catalog.PlainFunction:
		return "is a " + string(f.Kind)
	case in == 0:
		return "takes no argument"
	case required > 1:
		return "takes more than the event"
	case first != "jsonb" && first != "json":
		return "takes " + first + ", not jsonb"
	case f.ReturnsSet:
		return "returns a set"
	case f.Returns != "jsonb" && f.Returns != "json":
		return "returns " + f.Returns + ", not jsonb"
	}
	return ""
}
