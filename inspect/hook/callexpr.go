package hook

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/static/builtin"
)

// callExpr is a function call.
func (m *machine) callExpr(e *env, c *expr.Call) *value {
	if aggregate[c.Name] && e.groups != ungrouped {
		return m.aggregate(e, c)
	}
	args := make([]*value, len(c.Args))
	for i, a := range c.Args {
		args[i] = m.eval(e, a)
	}
	if k, ok := firstConst(c); ok && k.Type == "" && (c.Name == "to_jsonb" || c.Name == "to_json") {
		m.fail("42804", "could not determine polymorphic type because input has type unknown")
	}
	parts := splitName(c.Name)
	if len(parts) == 2 {
		return m.callNamed(catalog.Name{Schema: parts[0], Name: parts[1]}, c, args)
	}
	if f, ok := functions[c.Name]; ok {
		return f(m, args)
	}
	return m.builtin(c.Name, args)
}

func firstConst(c *expr.Call) (*expr.Const, bool) {
	if len(c.Args) == 0 {
		return nil, false
	}
	k, ok := c.Args[0].(*expr.Const)
	return k, ok
}

// callNamed calls a function of a schema other than pg_catalog.
func (m *machine) callNamed(n catalog.Name, c *expr.Call, args []*value) *value {
	var fit []*catalog.Function
	if o, ok := m.in.cat.Functions.Get(n); ok {
		for _, f := range o.Functions {
			if accepts(f, len(args)) {
				fit = append(fit, f)
			}
		}
	}
	fit = m.closest(fit, args)
	if len(fit) == 0 && !m.in.cat.Functions.Has(n) {
		return m.perhaps("", "") // of the platform, and not known
	}
	if len(fit) == 0 {
		m.fail("42883", "function "+n.String()+"(…) does not exist")
	}
	f := fit[0]
	m.maySchema(n.Schema)
	if !m.in.opts.Granted && m.in.cat.MayExecute(m.role, f).Is(false) {
		m.fail("42501", "permission denied for function "+n.Name)
	}
	if len(fit) > 1 || f.Kind != catalog.PlainFunction || f.Extension != "" || f.Language != "sql" && f.Language != "plpgsql" {
		typ := f.Returns
		if len(fit) > 1 {
			m.unknown("which function " + n.String() + " is meant is not known")
			return m.vague(typ)
		}
		return m.perhaps(typ, "")
	}
	return m.call(f, named(f, c, args))
}

func accepts(f *catalog.Function, n int) bool {
	least, most := 0, 0
	for _, a := range f.Args {
		switch {
		case a.Mode == catalog.ArgVariadic:
			return n >= least
		case a.Input():
			most++
			if !a.Default {
				least++
			}
		}
	}
	return n >= least && n <= most
}

// closest leaves the functions whose argument types are the values' own, when
// there is more than one.
func (m *machine) closest(fit []*catalog.Function, args []*value) []*catalog.Function {
	if len(fit) < 2 {
		return fit
	}
	var exact []*catalog.Function
	for _, f := range fit {
		i, same := 0, true
		for _, a := range f.Args {
			if a.Input() && i < len(args) {
				same = same && (args[i].typ == a.Type || args[i].typ == "unknown")
				i++
			}
		}
		if same {
			exact = append(exact, f)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return fit
}

// named puts arguments in the notation name => x into their place.
func named(f *catalog.Function, c *expr.Call, args []*value) []*value {
	var in []catalog.Arg
	for _, a := range f.Args {
		if a.Input() {
			in = append(in, a)
		}
	}
	out := make([]*value, 0, len(in))
	byName := map[string]*value{}
	for i, a := range c.Args {
		if n, ok := a.(*expr.NamedArg); ok {
			byName[n.Name] = args[i]
		} else {
			out = append(out, args[i])
		}
	}
	if len(byName) == 0 {
		return out
	}
	for i := len(out); i < len(in); i++ {
		v, ok := byName[in[i].Name]
		if !ok {
			v = &value{typ: in[i].Type, scalar: &symbol{vague: true}}
		}
		out = append(out, v)
	}
	return out
}

// builtin is a function of the server that nothing special is known of: it is
// strict, and its result is of its type.
func (m *machine) builtin(name string, args []*value) *value {
	typ := ""
	for _, f := range builtin.Functions("pg_catalog", name) {
		if f.Required <= len(args) && (len(args) <= len(f.Args) || f.Variadic) {
			typ = f.Returns
			if matches(f.Args, args) {
				break
			}
		}
	}
	if strings.HasPrefix(typ, "any") && len(args) > 0 {
		typ = args[0].typ
	}
	for _, a := range args {
		if a.null && !lenientCalls[name] {
			return strictNull(typ, name, m.here(), args...)
		}
	}
	if nullable[name] && m.choose(2) == 1 {
		return null(typ, &reason{cause: FromOther, call: name, at: m.here()})
	}
	if isJSON(typ) {
		m.unknown("function " + name + " is not followed")
		return document(typ, m.blur())
	}
	return m.any(typ, "")
}

func matches(types []string, args []*value) bool {
	for i, a := range args {
		if i < len(types) && a.typ != types[i] && a.typ != "unknown" && a.typ != "" && !strings.HasPrefix(types[i], "any") {
			return false
		}
	}
	return true
}

var (
	lenientCalls = set("concat", "concat_ws", "format", "greatest", "least", "num_nulls", "num_nonnulls", "quote_nullable", "array_append",
		"array_prepend", "array_cat", "array_remove", "array_replace", "now", "random", "gen_random_uuid", "clock_timestamp")
	nullable = set("array_length", "array_position", "regexp_match", "regexp_substr", "to_regclass", "to_regrole", "jsonb_path_query_first",
		"array_upper", "array_lower", "obj_description", "col_description", "pg_get_userbyid", "inet_client_addr")
)

// aggregate is an aggregate over no rows or over some.
func (m *machine) aggregate(e *env, c *expr.Call) *value {
	if e.groups == noRows || c.Filter != nil && m.choose(2) == 1 {
		if c.Name == "count" {
			return text("bigint", "0")
		}
		return null("unknown", &reason{cause: FromRow, call: c.Name, at: m.here()})
	}
	inner := *e
	inner.groups = ungrouped
	args := make([]*value, len(c.Args))
	for i, a := range c.Args {
		args[i] = m.eval(&inner, a)
	}
	at := m.here()
	switch c.Name {
	case "count":
		if len(args) > 0 && args[0].null {
			return text("bigint", "0")
		}
		return &value{typ: "bigint", scalar: &symbol{form: numberText, not: []string{"0"}}}
	case "array_agg":
		return &value{typ: args[0].typ + "[]", list: &list{items: args[:1], rest: true}}
	case "jsonb_agg", "json_agg":
		n := m.node(array)
		n.items, n.rest = []*node{m.nodeOf(args[0])}, true
		return document(strings.TrimSuffix(c.Name, "_agg"), n)
	case "jsonb_object_agg", "json_object_agg":
		if args[0].null {
			m.fail("22004", "field name must not be null")
		}
		n := m.node(object)
		n.opens = []opening{{pool: anyMembers()}}
		return document(strings.TrimSuffix(c.Name, "_object_agg"), n)
	case "bool_and", "bool_or", "every":
		if args[0].null {
			return args[0]
		}
		if s, ok := args[0].scalar.known(); ok {
			return text("boolean", s)
		}
		return m.any("boolean", "")
	case "string_agg":
		if args[0].null {
			return null("text", args[0].why)
		}
		return &value{typ: "text", scalar: &symbol{}}
	case "min", "max", "any_value", "mode":
		return args[0]
	}
	if len(args) > 0 && args[0].null {
		return null("numeric", &reason{cause: FromRow, call: c.Name, at: at})
	}
	return m.any("numeric", "")
}

var aggregate = set("count", "sum", "avg", "min", "max", "bool_and", "bool_or", "every", "array_agg", "string_agg",
	"json_agg", "jsonb_agg", "json_object_agg", "jsonb_object_agg", "bit_and", "bit_or", "any_value")

// aggregates reports whether the query's output makes one row of all.
func aggregates(q *expr.Query) bool {
	found := false
	for _, t := range slices.Concat(q.Targets, []expr.Expr{q.Having}) {
		expr.Walk(t, func(x expr.Expr) bool {
			switch v := x.(type) {
			case *expr.Call:
				found = found || v.Star || aggregate[v.Name]
			case *expr.Query:
				return false
			}
			return !found
		})
	}
	return found
}
