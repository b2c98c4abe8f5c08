package functions

import (
	"regexp"
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "definer-in-exposed-schema",
	Title:    "Function with its owner's rights that clients may call",
	Severity: rules.Warning,
	Why: `
The API serves functions of exposed schemas. One that is SECURITY DEFINER goes
around row level security for whoever may execute it: all that keeps a client from
what the owner may do is the function's own code.

The finding is info where only signed-in users may call the function, where its
body asks who is calling, and where a policy calls it, which needs it callable.`,
	Fix: `
Keep it in a schema that is not exposed, or say who may call it:

` + "```sql" + `
revoke execute on function public.purge() from public, anon;
` + "```",
	Refs: []string{
		"https://supabase.com/docs/guides/database/functions",
		"https://supabase.com/docs/guides/database/database-advisors?lint=0028_anon_security_definer_function_executable",
	},
	Check: func(p *rules.Pass) {
		h, _ := p.Hook()
		called := map[*catalog.Function]bool{}
		for f := range helpers(p) {
			reach(p, f, called)
		}
		for f := range p.ProjectFunctions() {
			if !f.SecurityDefiner.Is(true) || !p.Exposed(f.Name.Schema) || f.Returns == "trigger" || f.Returns == "event_trigger" || f.Name == h.Name {
				continue
			}
			var who []string
			for _, role := range catalog.APIRoles() {
				if p.MayExecute(role, f).Is(true) && !p.MayUseSchema(role, f.Name.Schema).IsNot(true) {
					who = append(who, role)
				}
			}
			if len(who) == 0 {
				continue
			}
			found := p.Report(f, f.Origin, f.Ref().String()+" runs with its owner's rights for "+strings.Join(who, " and "))
			if who[0] != catalog.Anon || called[f] || asksWho(p, f, map[*catalog.Function]bool{}) {
				p.Soften(found, rules.Info)
			}
		}
	},
})

// asksWho reports whether the body looks at who is calling, or cannot be read.
// It may leave that to another function of the project, is_admin().
func asksWho(p *rules.Pass, f *catalog.Function, seen map[*catalog.Function]bool) bool {
	if !f.Body.Known {
		return true
	}
	seen[f] = true
	code := strings.ToLower(f.Body.Value)
	if slices.ContainsFunc(sessionWords, func(w string) bool { return strings.Contains(code, w) }) && session.MatchString(code) {
		return true
	}
	for _, g := range calls(p, f) {
		if !seen[g] && asksWho(p, g, seen) {
			return true
		}
	}
	return false
}

// reach adds the function, and those of the project that it calls, to a set.
func reach(p *rules.Pass, f *catalog.Function, set map[*catalog.Function]bool) {
	if set[f] {
		return
	}
	set[f] = true
	for _, g := range calls(p, f) {
		reach(p, g, set)
	}
}

// sessionWords are words of which session finds one, or nothing: searching for
// them is many times as fast.
var sessionWords = []string{"auth", "request.", "current_user", "session_user"}

var session = regexp.MustCompile(`\bauth\s*\.\s*(uid|jwt|role|email)\b|\brequest\.(jwt|headers)|\b(current_user|session_user)\b`)
