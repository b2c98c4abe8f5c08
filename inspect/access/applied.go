package access

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// An applied is what row level security of a table is for a role, whoever it
// is that has it.
type applied struct {
	permissive, restrictive []judged // not worked out yet
	unsure                  bool     // there may be others
	open                    bool     // a permissive one is plainly true, which leaves nothing to ask of the others
	recursive               *Raise
}

// applied finds the policies that apply to the asker's role.
func (a *asker) applied(t *catalog.Table, command catalog.Command, s side) *applied {
	key := passKey{t.Name, a.role, command, s}
	if on, ok := a.judge.applied[key]; ok {
		return on
	}
	on := &applied{}
	for pol := range t.Policies() {
		if !pol.Command.Covers(command) {
			continue
		}
		if pol.Unsure.Any(catalog.Everything) {
			on.unsure = true
			continue
		}
		e := wanted(a.judge.cat.Expanded(pol), s)
		if e == nil || !pol.AppliesTo(a.groups()...) {
			continue
		}
		x := judged{policy: pol, expr: e}
		if !pol.Permissive {
			on.restrictive = append(on.restrictive, x)
			continue
		}
		on.permissive = append(on.permissive, x)
		on.open = on.open || folded(wanted(catalog.Expanded{Using: pol.Using, Check: pol.Check}, s)) == True
	}
	// PostgreSQL asks permissive policies in descending order of their names,
	// restrictive ones in ascending order (src/backend/rewrite/rowsecurity.c).
	slices.Reverse(on.permissive)
	if on.recursive = a.recursion(t, command, s, nil); on.recursive != nil {
		on.recursive.by(on.culprit())
	}
	a.judge.applied[key] = on
	return on
}

// culprit is the policy that has a sub-select, as one that is recursive does.
func (on *applied) culprit() *catalog.Policy {
	for _, list := range [][]judged{on.restrictive, on.permissive} {
		for _, x := range list {
			if len(expr.Queries(x.policy.Using))+len(expr.Queries(x.policy.Check)) > 0 {
				return x.policy
			}
		}
	}
	return nil
}
