package hook

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-function-missing",
	Title:    "The access token hook does not exist",
	Severity: rules.Error,
	Why: `
Auth calls the configured hook whenever it issues a token. When there is no such
function, every sign-in and every refresh fails with 500, for all users.`,
	Fix: `
Create the function, or take it out of the configuration:

` + "```sql" + `
create function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$ begin return event; end $$;
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		h, ok := p.Hook()
		if !ok || !h.Configured || len(h.Functions) > 0 {
			return
		}
		for f := range p.ProjectFunctions() {
			if p.Project != nil && h.Origin.File == p.Project.File && strings.EqualFold(f.Name.String(), h.Name.String()) {
				return // hook-uri-invalid says so better
			}
		}
		ref, at := catalog.Ref{Kind: "function", Name: h.Name.String()}, h.Origin
		message := h.Name.String() + " is configured as access token hook and does not exist"
		for _, c := range p.Changes {
			if c.What == catalog.WhatDropped && c.Object.Kind == "function" && catalog.ParseName(before(c.Object.Name)) == h.Name {
				at, message = c.Origin, h.Name.String()+" is configured as access token hook and is dropped here"
			}
		}
		p.ReportRef(ref, at, message).Related = []rules.Related{{Origin: h.Origin, Message: "configured here"}}
	},
})

// before is a function's reference without its arguments.
func before(ref string) string {
	for i, c := range ref {
		if c == '(' {
			return ref[:i]
		}
	}
	return ref
}
