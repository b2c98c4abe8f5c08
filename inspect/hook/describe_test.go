package hook_test

import (
	"fmt"
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/hook"
)

// describe prints a result for golden files.
func describe(r *hook.Result) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	at := func(o catalog.Origin) string { return fmt.Sprintf("line %d", o.Line) }
	line("issued %s", r.Issued)
	line("role kept %s%s", r.Role.Kept, values(r.Role.Values))
	for _, c := range r.Claims {
		extra := ""
		if c.Null {
			extra += " or null"
		}
		if c.Condition != "" {
			extra += " when " + c.Condition
		}
		if c.Kind != "" {
			extra += " " + c.Kind
		}
		if c.From != "" {
			extra += " from " + c.From
		}
		line("claim %s %s%s%s, %s", strings.Join(c.Path, "."), c.When, values(c.Values), extra, at(c.At))
	}
	for _, m := range r.Missing {
		line("missing %s %s %s, %s", m.Claim, m.When, m.Wrong, at(m.At))
	}
	for _, n := range r.Nulls {
		line("null event %s by %s %s %s caught=%v, %s, returned at %s", n.When, n.Cause, n.Call, n.What, n.Caught, at(n.At), at(n.Return))
	}
	for _, s := range r.Shapes {
		line("shape %s %s, %s", s.What, s.When, at(s.At))
	}
	for _, e := range r.Raises {
		line("raises %s %s: %s name=%s deliberate=%v, %s", e.SQLState, e.When, e.Message, e.Name, e.Deliberate, at(e.At))
	}
	for _, x := range r.Refusals {
		line("refuses, %s", at(x.At))
	}
	for _, list := range [][]hook.Access{r.Reads, r.Writes} {
		for _, a := range list {
			line("%s %s (%s) as %s readonly=%v looped=%v, %s", a.Privilege, a.Relation, strings.Join(a.Columns, " "), a.Role, a.ReadOnly, a.Looped, at(a.At))
		}
	}
	for _, c := range r.Calls {
		line("calls %s, %s", c.Function, at(c.At))
	}
	for _, x := range r.NoEffects {
		line("no effect %s: %s, %s", strings.Join(x.Path, "."), x.Cause, at(x.At))
	}
	for _, x := range r.Replaced {
		line("replaces %s, %s", strings.Join(x.Path, "."), at(x.At))
	}
	for _, x := range r.Rows {
		line("one of many %s strict=%v ordered=%v, %s", x.Relation, x.Strict, x.Ordered, at(x.At))
	}
	for _, x := range r.Oddities {
		line("reads %s, %s", x.What, at(x.At))
	}
	for _, u := range r.Unknown {
		line("unknown: %s, %s", u.Reason, at(u.At))
	}
	return b.String()
}

func values(list []string) string {
	if list == nil {
		return ""
	}
	return " {" + strings.Join(slices.Clone(list), ", ") + "}"
}
