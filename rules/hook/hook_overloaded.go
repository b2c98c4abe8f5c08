package hook

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-overloaded",
	Title:    "The access token hook has a namesake",
	Severity: rules.Error,
	Why: `
Auth passes the event without saying its type. When more than one function of the
hook's name can take it, PostgreSQL cannot choose, and every sign-in fails with
"function … is not unique".`,
	Fix: `
` + "```sql" + `
drop function public.custom_access_token_hook(json);
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		h, ok := p.Hook()
		if !ok {
			return
		}
		var fit []*catalog.Function
		for _, f := range h.Functions {
			if takesEvent(f) {
				fit = append(fit, f)
			}
		}
		if len(fit) < 2 {
			return
		}
		var names []string
		for _, f := range fit {
			names = append(names, f.Ref().Name)
		}
		f := p.ReportRef(catalog.Ref{Kind: "function", Name: h.Name.String()}, latest(fit), h.Name.String()+" is the access token hook and exists more than once: "+strings.Join(names, ", "))
		for _, x := range fit {
			if x.Signature() != "jsonb" {
				f.Fix = "drop function if exists " + x.Typed() + ";"
			}
		}
	},
})

// takesEvent reports whether a call with one untyped value could mean the
// function.
func takesEvent(f *catalog.Function) bool {
	first, required := "", 0
	for _, a := range f.Args {
		if !a.Input() {
			continue
		}
		if first == "" {
			first = a.Type
		}
		if !a.Default && a.Mode != catalog.ArgVariadic {
			required++
		}
	}
	return required <= 1 && (first == "jsonb" || first == "json" || first == "text")
}

// latest is the statement that made the last of the functions.
func latest(fs []*catalog.Function) catalog.Origin {
	at := fs[0].Origin
	for _, f := range fs[1:] {
		if f.Origin.File > at.File || f.Origin.File == at.File && f.Origin.Line > at.Line {
			at = f.Origin
		}
	}
	return at
}
