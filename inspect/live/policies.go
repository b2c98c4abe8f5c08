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
		if hasUsing {
			p.Using = l.policyExpr(using, t, p)
		}
		if hasCheck {
			p.Check = l.policyExpr(check, t, p)
		}
		t.PutPolicy(p)
		return nil
	})
}

// policyExpr parses an expression of a policy; what could not be understood is
// said aloud, because the policy then goes unjudged.
func (l *loader) policyExpr(text *string, t *catalog.Table, p *catalog.Policy) expr.Expr {
	e := l.expr(text, t)
	if o, ok := e.(*expr.Opaque); ok {
		l.gap(p.Ref(), "expression not understood: %s", o.Text)
	}
	return e
}
