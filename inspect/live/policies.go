package live

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

var commands = map[string]catalog.Command{
	"*": catalog.ForAll, "r": catalog.ForSelect, "a": catalog.ForInsert, "w": catalog.ForUpdate, "d": catalog.ForDelete,
}

// policies reads the row level security policies.
func (l *loader) policies() error {
	var id uint32
	var name, command string
	var permissive, forPublic, hasUsing, hasCheck bool
	var roles []string
	var using, check *string
	return l.each("policies", []any{&id, &name, &command, &permissive, &roles, &forPublic, &using, &hasUsing, &check, &hasCheck}, func() error {
		t, ok := l.tablesByID[id]
		if !ok {
			return nil
		}
		p := &catalog.Policy{Name: name, Table: t.Name, Command: commands[command], Permissive: permissive, Roles: roles}
		if forPublic {
			p.Roles = append(p.Roles, catalog.Public)
		}
		slices.Sort(p.Roles)
		p.Roles = slices.Compact(p.Roles)
		if hasUsing {
			l.expr(using, t, func(e expr.Expr) { p.Using = e }).gap = notUnderstood(p.Ref(), "USING")
		}
		if hasCheck {
			l.expr(check, t, func(e expr.Expr) { p.Check = e }).gap = notUnderstood(p.Ref(), "WITH CHECK")
		}
		t.PutPolicy(p)
		return nil
	})
}

// notUnderstood is the gap that an expression leaves when it cannot be parsed,
// because what it belongs to then goes unjudged. The text comes behind it.
func notUnderstood(o catalog.Ref, what string) *catalog.Gap {
	return &catalog.Gap{Reason: what + " not understood: ", Object: o}
}
