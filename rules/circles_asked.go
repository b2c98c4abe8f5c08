package rules

import (
	"slices"

	"policylint/inspect/catalog"
)

// asked is a policy that PostgreSQL asks for a command.
type asked struct {
	policy       *catalog.Policy
	using, check bool // which expressions it asks
}

// asks reports whether the expression is asked: WITH CHECK, or USING, which
// stands for WITH CHECK where there is none.
func (a asked) asks(check bool) bool {
	if check {
		return a.check
	}
	return a.using || a.check && a.policy.Check == nil
}

// applying lists the policies for the command that PostgreSQL asks for the
// role: none without a permissive one. UPDATE and DELETE come with those for
// SELECT, since they look for rows.
func (g *graph) applying(t *catalog.Table, command catalog.Command) []asked {
	var out []asked
	for pol := range t.Policies() {
		if !pol.AppliesTo(g.groups...) {
			continue
		}
		var a asked
		if pol.Command.Covers(command) {
			a.using = command != catalog.ForInsert && pol.Using != nil
			a.check = (command == catalog.ForInsert || command == catalog.ForUpdate) && pol.CheckOrUsing() != nil
		}
		if pol.Command.Covers(catalog.ForSelect) && command != catalog.ForInsert {
			a.using = pol.Using != nil
		}
		if a.policy = pol; a.using || a.check {
			out = append(out, a)
		}
	}
	if !slices.ContainsFunc(out, func(a asked) bool { return a.policy.Permissive }) {
		return nil
	}
	return out
}
