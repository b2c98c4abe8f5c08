package tenancy

import (
	"slices"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

// writes lists the columns that the lookup asks for and that a policy of its
// table lets signed-in users write as they like in a row of their own, as far
// as that gives them what they did not have.
func (l *lookup) writes(p *rules.Pass, pol *catalog.Policy) []string {
	t := l.table
	if !t.RLS.Is(true) || t.Unsure != 0 || !pol.Permissive || pol.Unsure != 0 || !slices.Contains(p.PolicyRoles(pol), catalog.Authenticated) {
		return nil
	}
	for _, c := range l.asks {
		if unique(t, c) {
			return nil // the row is what is owned, and there is one of it only
		}
	}
	e := p.Expanded(pol)
	using, check := e.Using, e.Check
	if check == nil {
		check = using
	}
	if l.own(check, "") && pol.Command.Covers(catalog.ForInsert) && !(unique(t, l.user) && made(p, t)) && l.may(p, catalog.ForInsert, catalog.Insert, l.asks) {
		return slices.DeleteFunc(slices.Clone(l.asks), func(c string) bool { return !l.gives(p, c) })
	}
	if !pol.Command.Covers(catalog.ForUpdate) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(l.asks), func(c string) bool {
		return !l.own(using, c) || !l.own(check, c) || !l.gives(p, c) || !l.may(p, catalog.ForUpdate, catalog.Update, []string{c})
	})
}

// gives reports whether writing the column gives access: it is held against a
// constant, or says to what a user belongs. Whom a user follows is not that.
func (l *lookup) gives(p *rules.Pass, column string) bool {
	if slices.Contains(l.values, column) {
		return true
	}
	for _, k := range l.table.ForeignKeys {
		if slices.Contains(k.Columns, column) && people(p, k.References) {
			return false
		}
	}
	return l.parent(p, column) != nil || unique(l.table, l.user)
}

// parent is the table of the project that the column refers to, nil for none.
func (l *lookup) parent(p *rules.Pass, column string) *catalog.Table {
	for _, k := range l.table.ForeignKeys {
		if t, ok := p.Tables.Get(k.References); ok && slices.Contains(k.Columns, column) && p.IsProjectTable(t) {
			return t
		}
	}
	return nil
}

// people reports whether a table has a row for each user: auth.users, or one
// whose key refers to it.
func people(p *rules.Pass, name catalog.Name) bool {
	users := catalog.Name{Schema: "auth", Name: "users"}
	t, ok := p.Tables.Get(name)
	return name == users || !ok || slices.ContainsFunc(t.ForeignKeys, func(k *catalog.ForeignKey) bool {
		return k.References == users && len(k.Columns) == 1 && unique(t, k.Columns[0])
	})
}

// own reports whether an expression is true of each row that has the caller
// in the lookup's column, whatever is in those that it asks for; or, with the
// one column that an update changes, in that.
func (l *lookup) own(e expr.Expr, changed string) bool {
	either := func(a expr.Expr) bool { return l.own(a, changed) }
	switch x := e.(type) {
	case nil:
		return false
	case *expr.And:
		return !slices.ContainsFunc(x.Args, func(a expr.Expr) bool { return !either(a) })
	case *expr.Or:
		return slices.ContainsFunc(x.Args, either)
	case *expr.Compare:
		if x.Op != "=" {
			break
		}
		for _, m := range append(pair(x.L, x.R), pair(x.R, x.L)...) {
			if m.column == l.user && m.claim != nil && is(m.claim, "sub") {
				return true
			}
		}
		if l.kept(x.L, x.R, changed) || l.kept(x.R, x.L, changed) {
			return true
		}
		if name := columnOf(x.L); name != "" && isConstant(x) && !slices.Contains(l.asks, name) && name != l.user {
			return true // a value that one may as well write
		}
	}
	return rules.Holder(catalog.Authenticated).Eval(e) == access.True
}

// kept reports whether a condition holds one column against what the caller's
// own row has in it, and an update changes another one.
func (l *lookup) kept(column, value expr.Expr, changed string) bool {
	name := columnOf(column)
	q, ok := bare(value).(*expr.Query)
	if !ok || changed == "" || name == "" || name == changed || len(q.From) != 1 || len(q.Targets) != 1 || q.SetOp != "" {
		return false
	}
	src := q.From[0]
	target, ok := bare(q.Targets[0]).(*expr.Column)
	return ok && target.Table == src.Alias && target.Name == name && src.Name == l.table.Name.String() && isCaller(q.Where, src.Alias)
}
