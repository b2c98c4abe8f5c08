package live

import (
	"slices"

	"policylint/inspect/catalog"
)

var commands = map[string]catalog.Command{
	"*": catalog.ForAll, "r": catalog.ForSelect, "a": catalog.ForInsert, "w": catalog.ForUpdate, "d": catalog.ForDelete,
}

// policies reads the row level security policies.
func (l *loader) policies() error {
	var id uint32
	var name, command string
	var permissive, forPublic, hasUsing, hasCheck bool
	var roles, all []string
	var using, check *string
	return l.each("policies", []any{&id, &name, &command, &permissive, &roles, &forPublic, &using, &hasUsing, &check, &hasCheck}, func() error {
		t, ok := l.tablesByID[id]
		if !ok {
			return nil
		}
		p := &catalog.Policy{Name: name, Table: t.Name, Command: commands[command], Permissive: permissive}
		all = append(all[:0], roles...)
		if forPublic {
			all = append(all, catalog.Public)
		}
		slices.Sort(all)
		p.Roles = l.words.same(slices.Compact(all))
		if hasUsing {
			l.parser.add(parse{text: deref(using), table: t, to: &p.Using, judged: p, what: "USING"})
		}
		if hasCheck {
			l.parser.add(parse{text: deref(check), table: t, to: &p.Check, judged: p, what: "WITH CHECK"})
		}
		t.PutPolicy(p)
		return nil
	})
}
