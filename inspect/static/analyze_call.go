package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/builtin"
)

// call analyses a function call. The routine is nil when it is not certain
// which one is meant.
func (a *analysis) call(n *pg.FuncCall, s *scope, inFrom bool) (*routine, string, *sqlError) {
	parts := names(n.Funcname)
	nodes, named := n.Args, false
	types := make([]string, 0, len(nodes))
	for _, x := range nodes {
		named = named || x.GetNamedArgExpr() != nil
		typ, err := a.expr(x, s)
		if err != nil {
			return nil, "", err
		}
		types = append(types, typ)
	}
	for _, x := range n.AggOrder {
		if _, err := a.expr(x.GetSortBy().GetNode(), s); err != nil {
			return nil, "", err
		}
	}
	if err := a.condition(n.AggFilter, s, inWhere, "FILTER"); err != nil {
		return nil, "", err
	}
	if n.Over != nil {
		for _, x := range n.Over.PartitionClause {
			if _, err := a.expr(x, s); err != nil {
				return nil, "", err
			}
		}
		for _, x := range n.Over.OrderClause {
			if _, err := a.expr(x.GetSortBy().GetNode(), s); err != nil {
				return nil, "", err
			}
		}
	}
	if n.AggWithinGroup {
		return nil, anyKnown, a.r.missingCall(parts, -1)
	}
	f, typ, err := a.resolve(parts, nodes, types, named, n.FuncVariadic)
	if err != nil || f == nil {
		return nil, typ, err
	}
	return f, typ, a.allowed(f, n, s, inFrom)
}

// resolve finds the function that a call means.
func (a *analysis) resolve(parts []string, nodes []*pg.Node, types []string, named, variadic bool) (*routine, string, *sqlError) {
	if len(parts) > 1 {
		if a.r.unlisted() && !a.r.hasSchema(parts[len(parts)-2]) {
			return nil, anyKnown, nil
		}
		if err := a.r.missingSchema(parts); err != nil {
			return nil, "", err
		}
	}
	all, certain := a.r.routines(parts)
	var list []candidate
	for i, f := range all {
		if args, ok := f.argsFor(len(types), variadic); ok && !named {
			list = append(list, candidate{args, f.returns, i})
		} else if named && f.fn == nil || named && f.takesNamed(nodes) {
			list = append(list, candidate{nil, f.returns, i})
		}
	}
	best := list
	if !named {
		best = a.r.choose(list, types)
	}
	if len(best) == 1 {
		f := all[best[0].index]
		if !named && certain && rivals(all, list, best[0], variadic) {
			return nil, "", errf("42725", "function %s(%s) is not unique", written(parts), strings.Join(types, ", "))
		}
		if named {
			a.calls([]*routine{f})
			return f, polymorphicUnknown(f.returns), nil
		}
		return f, a.r.resultType(best[0], types), a.chosen(f, best[0], nodes, types)
	}
	if len(types) == 1 { // type(x) is a cast, column(row) a field
		if typ, err := a.r.namedType(parts); err == nil && len(best) == 0 && !strings.HasSuffix(typ, "[]") {
			return nil, bareType(typ), nil
		}
		if len(parts) == 1 && (types[0] == "record" || a.r.category(types[0]) == 'C') {
			return nil, anyKnown, nil
		}
	}
	if len(best) == 0 && certain {
		// About an argument of a type that is not known nothing is certain but
		// how many there are.
		for _, t := range types {
			if len(list) > 0 && (t == anyKnown || t != literal && !a.r.solid(t)) {
				return nil, anyKnown, nil
			}
		}
		return nil, "", errf("42883", "function %s(%s) does not exist", written(parts), strings.Join(types, ", "))
	}
	if len(best) == 0 {
		return nil, anyKnown, nil
	}
	return nil, a.sameResult(best), nil
}

// rivals reports whether another function of the same schema takes the same
// arguments, one of the two by leaving out some that have defaults: the server
// cannot tell which is meant.
func rivals(all []*routine, list []candidate, best candidate, variadic bool) bool {
	f := all[best.index]
	for _, c := range list {
		g := all[c.index]
		if c.index == best.index || g.name != f.name || !slices.Equal(c.args, best.args) || g.variadic || f.variadic || variadic {
			continue
		}
		if len(f.args) > len(best.args) || len(g.args) > len(best.args) {
			return true
		}
	}
	return false
}

func polymorphicUnknown(typ string) string {
	if isPolymorphic(typ) {
		return anyKnown
	}
	return bareType(typ)
}

// sameResult is the result of several candidates if they agree on it.
func (a *analysis) sameResult(list []candidate) string {
	for _, c := range list {
		if c.result != list[0].result || isPolymorphic(c.result) {
			return anyKnown
		}
	}
	return bareType(list[0].result)
}

// chosen records that the function is called, and takes literals as of the
// types that it wants.
func (a *analysis) chosen(f *routine, c candidate, nodes []*pg.Node, types []string) *sqlError {
	a.calls([]*routine{f})
	switch {
	case f.of != "":
		a.referType(f.of)
		a.refer(object{aFunction, f.name, f.signature()})
	case f.fn == nil:
		if builtin.Volatility(f.name.Name, strings.Join(f.args, ",")) != 'i' {
			a.mutable = true
		}
	case f.fn.Volatility.IsNot(catalog.Immutable) && (f.fn.Language != "sql" || a.place.immutable && a.mutableBody(f.fn)):
		a.mutable = true
	}
	for i, n := range nodes {
		if types[i] != literal {
			a.conversion(types[i], c.args[i])
			continue
		}
		if !isPolymorphic(c.args[i]) {
			if err := a.literalAs(n, c.args[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// allowed refuses a kind of function that may not stand where the call does.
func (a *analysis) allowed(f *routine, n *pg.FuncCall, s *scope, inFrom bool) *sqlError {
	switch {
	case f.kind == catalog.Procedure:
		return errf("42809", "%s(%s) is a procedure", f.name.Name, f.signature())
	case f.kind == catalog.Window && n.Over == nil:
		return errf("42809", "window function %s requires an OVER clause", f.name.Name)
	case n.Over != nil && f.kind == catalog.PlainFunction:
		return errf("42809", "OVER specified, but %s is not a window function nor an aggregate function", f.name.Name)
	case !a.place.noCalls || s.outer != nil || inFrom:
	case n.Over != nil:
		return errf("42P20", "window functions are not allowed in %s", a.place.calls)
	case f.kind == catalog.Aggregate:
		return errf("42803", "aggregate functions are not allowed in %s", a.place.calls)
	case f.set:
		return errf("0A000", "set-returning functions are not allowed in %s", a.place.calls)
	}
	return nil
}

// argsFor is the types the function wants for so many arguments. With
// variadic, the last one is given as an array.
func (f *routine) argsFor(nargs int, variadic bool) ([]string, bool) {
	if f.variadic && !variadic && nargs >= len(f.args) {
		last := f.args[len(f.args)-1]
		if elem, ok := elementType(last); ok {
			last = elem
		} else if last == "anyarray" {
			last = "anyelement"
		} else if last == "anycompatiblearray" {
			last = "anycompatible"
		}
		out := slices.Clone(f.args[:len(f.args)-1])
		for len(out) < nargs {
			out = append(out, last)
		}
		return out, true
	}
	if nargs < f.required || nargs > len(f.args) {
		return nil, false
	}
	return f.args[:nargs], true
}

// takesNamed reports whether the function has the arguments that a call names.
func (f *routine) takesNamed(nodes []*pg.Node) bool {
	positional, given := 0, map[string]bool{}
	for _, n := range nodes {
		if arg := n.GetNamedArgExpr(); arg != nil {
			given[arg.Name] = true
		} else {
			positional++
		}
	}
	i := 0
	for _, arg := range f.fn.Args {
		if !arg.Input() {
			continue
		}
		switch {
		case i < positional:
		case given[arg.Name]:
			delete(given, arg.Name)
		case !arg.Default:
			return false
		}
		i++
	}
	return len(given) == 0 && positional <= i
}
