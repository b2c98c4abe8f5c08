package hook

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/hook"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-control-flow",
	Title:    "The access token hook has a way that leads nowhere",
	Severity: rules.Error,
	Why: `
A way through the hook that ends without RETURN raises 2F005; one that returns null,
from an exception handler above all, hands Auth no event. Either fails the sign-in.
A key that the event does not have is null, and so are ` + "`auth.uid()`" + ` and ` + "`auth.jwt()`" + `:
no request is under way when Auth calls the hook, so what is looked up by them is
never found. A text that is cast to jsonb must be JSON: ` + "`'agent'`" + ` is not, ` + "`'\"agent\"'`" + ` is.`,
	Fix: `
Return the event on every way, and find the user by it:

` + "```sql" + `
select role into assigned from public.profiles where id = (event->>'user_id')::uuid;
...
exception when others then
  return event;
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		r, ok := meant(p)
		if !ok {
			return
		}
		var first *rules.Finding
		say := func(at catalog.Origin, what string) {
			if first == nil {
				first = report(p, r, at, what+on(r.Function, at))
				return
			}
			first.Related = append(first.Related, rules.Related{Origin: within(r.Function, at), Message: "it also " + what})
		}
		for _, e := range r.Raises {
			switch {
			case e.SQLState == "2F005":
				say(e.At, often(e.When)+"ends without RETURN")
			case fails(e):
				say(e.At, often(e.When)+"fails with "+e.SQLState+", "+e.Message)
			}
		}
		for _, n := range r.Nulls {
			switch {
			case n.Caught:
				say(n.Return, "returns null when something fails")
			case n.Cause == hook.FromConstant:
				say(n.At, often(n.When)+"returns null")
			}
		}
		faults := first != nil || len(r.Nulls) > 0
		for _, o := range r.Oddities {
			say(o.At, "reads "+o.What+", which is always null")
			faults = faults || !strings.HasPrefix(o.What, "event key ")
		}
		if first != nil && !faults {
			p.Soften(first, rules.Warning) // there may be another way to the user
		}
	},
})

// elsewhere has the errors that are other rules' business: names, privileges,
// signatures, several rows.
var elsewhere = map[string]bool{"42702": true, "42501": true, "0A000": true, "42883": true, "42725": true, "42809": true, "P0002": true, "P0003": true, "21000": true}

// fails reports whether an error is a fault of the hook itself: it always
// comes, or a text that is no JSON is taken for some.
func fails(e hook.Raise) bool {
	if e.Deliberate || e.Name != "" || elsewhere[e.SQLState] {
		return false
	}
	return e.When == hook.Always || e.SQLState == "22P02" && strings.HasPrefix(e.Message, "invalid input syntax for type json")
}
