package hook

import (
	"strconv"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/hook"
	"policylint/rules"
)

// meant is what the hook is meant to do to the claims, whatever its grants and
// names still lack: other rules are about those.
func meant(p *rules.Pass) (*hook.Result, bool) { return effect(p, hook.Meant) }

// effect interprets the hook, when there is one and its body is known.
func effect(p *rules.Pass, o hook.Options) (*hook.Result, bool) {
	f, ok := function(p)
	if !ok || !f.Body.Known || f.Unsure.Any(catalog.Body) || signature(f) != "" {
		return nil, false
	}
	o.Role = p.Config.HookRole()
	return hook.Interpret(p.Catalog, f, o), true
}

// report adds a finding about the hook at a place of its body, or at the
// function where the source has no places.
func report(p *rules.Pass, r *hook.Result, at catalog.Origin, what string) *rules.Finding {
	return p.Report(r.Function, within(r.Function, at), r.Function.Ref().Name+" is the access token hook and "+what)
}

// within is a place of the body, where it stands in a file.
func within(f *catalog.Function, at catalog.Origin) catalog.Origin {
	if at.File == "" {
		return f.Origin
	}
	if at.EndLine == 0 {
		at.EndLine, at.EndColumn = at.Line, at.Column
	}
	return at
}

// on says where in the body something happens.
func on(f *catalog.Function, at catalog.Origin) string {
	if at.File != "" || at.Line == 0 {
		return ""
	}
	return " on line " + strconv.Itoa(at.Line) + " of its body"
}

// oneOf lists values as a sentence does.
func oneOf(values []string) string {
	if len(values) > 1 {
		return strings.Join(values[:len(values)-1], ", ") + " or " + values[len(values)-1]
	}
	return strings.Join(values, "")
}

// often says how often something happens.
func often(w hook.When) string {
	if w == hook.Always {
		return "always "
	}
	return "sometimes "
}
