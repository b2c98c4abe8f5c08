package access

import (
	"regexp"
	"slices"
	"strings"

	"policylint/inspect/expr"
)

// compare is a binary operator with a boolean result.
func (m *machine) compare(x *expr.Compare) outcome {
	if claims, values, ok := x.Pairs(); ok {
		return m.contains(x, claims, values)
	}
	switch x.Op {
	case "@>", "<@", "&&":
		if o, ok := m.overlap(x); ok {
			return o
		}
	}
	l, r := m.value(x.L), m.value(x.R)
	switch {
	case l.sure, r.sure:
		return outcome{raise: merge(l, r).raise}
	case l.isNull(), r.isNull():
		return outcome{t: Null, raise: merge(l, r).raise}
	case (x.Op == "?|" || x.Op == "?&") && l.isJSON:
		if keys, ok := m.elements(x.R); ok && keys.raise == nil && !slices.ContainsFunc(keys.list, func(v Value) bool { return !v.Known }) {
			has := func(v Value) bool { return v.isText() && hasKey(l.json, v.Text) }
			if x.Op == "?|" {
				return outcome{t: truth(slices.ContainsFunc(keys.list, has))}
			}
			return outcome{t: truth(!slices.ContainsFunc(keys.list, func(v Value) bool { return v.isText() && !has(v) }))}
		}
	case l.isText() && r.isText():
		return m.known(x.Op, x.L, x.R, l, r)
	}
	t := True | False
	if !l.isText() && !l.present || !r.isText() && !r.present {
		t |= Null
	}
	if a := m.left(x.L); steady(a) && expr.Equal(a, m.left(x.R)) {
		switch x.Op {
		case "=", "<=", ">=":
			t &^= False
		case "<>", "<", ">":
			t &^= True
		}
	}
	return l.open(t, r)
}

// contains is claim @> '{…}', leaf by leaf: what is not there is not contained,
// and in what is null nothing is.
func (m *machine) contains(x *expr.Compare, claims []*expr.Claim, values []*expr.Const) outcome {
	in := m.value(x.L)
	if x.Op == "<@" {
		in = m.value(x.R)
	}
	if in.isNull() {
		return outcome{t: Null, raise: in.raise}
	}
	out := outcome{t: True}
	for i, c := range claims {
		out = both(out, m.contained(in, c, values[i]), false)
	}
	return out
}

func (m *machine) contained(in Value, c *expr.Claim, want *expr.Const) outcome {
	whole := *c
	whole.Text = false // a number is not the text of it
	v := m.value(&whole)
	switch {
	case v.sure, !v.Known:
		return truthOrOpen(v)
	case v.Null && !in.Known && !in.present:
		return in.open(False | Null)
	case v.Null:
		return outcome{t: False}
	}
	doc := any(want.Text)
	if want.IsNumber() || want.IsBool() {
		doc, _ = decode(want.Text)
	}
	return outcome{t: truth(sameJSON(v.json, doc))}
}

func truthOrOpen(v Value) outcome {
	if v.sure {
		return outcome{raise: v.raise}
	}
	return v.open(Unknown)
}

// known compares two known values that are not null.
func (m *machine) known(op string, lx, rx expr.Expr, l, r Value) outcome {
	raise := merge(l, r).raise
	if l.isJSON != r.isJSON && op != "?" { // a literal beside a document is one
		l, r = l.asDocument(lx), r.asDocument(rx)
	}
	if l.isJSON && r.isJSON {
		if t, ok := compareJSON(op, l.json, r.json); ok {
			return outcome{t: t, raise: raise}
		}
	}
	switch op {
	case "~", "!~", "~*", "!~*":
		hit, ok := matches(l.Text, r.Text, strings.HasSuffix(op, "*"))
		if !ok {
			break
		}
		return outcome{t: truth(hit != strings.HasPrefix(op, "!")), raise: raise}
	case "~~", "!~~", "~~*", "!~~*":
		hit, ok := like(l.Text, r.Text, strings.HasSuffix(op, "*"))
		if !ok {
			break
		}
		return outcome{t: truth(hit != strings.HasPrefix(op, "!")), raise: raise}
	case "?":
		if l.isJSON {
			return outcome{t: truth(hasKey(l.json, r.Text)), raise: raise}
		}
	default:
		number := isNumber(lx) || isNumber(rx)
		c := &expr.Compare{Op: op, L: l.constant(lx, number), R: r.constant(rx, number)}
		if l.isJSON || r.isJSON { // a JSON document against something else
			break
		}
		switch {
		case expr.AlwaysTrue(c, nil):
			return outcome{t: True, raise: raise}
		case expr.AlwaysFalse(c, nil):
			return outcome{t: False, raise: raise}
		case op == "=" || op == "<>":
			// Two known texts, of a type whose spelling could matter.
			if l.Text == r.Text {
				return outcome{t: truth(op == "="), raise: raise}
			}
		case !number && words.MatchString(l.Text) && words.MatchString(r.Text):
			return outcome{t: truth(ordered(op, strings.Compare(l.Text, r.Text))), raise: raise}
		}
	}
	return outcome{t: True | False, unknown: "the operator " + op + " on these values", raise: raise}
}

// words are texts that every collation puts in the same order.
var words = regexp.MustCompile(`^[a-z]*$`)

func ordered(op string, c int) bool {
	switch op {
	case "<":
		return c < 0
	case "<=":
		return c <= 0
	case ">":
		return c > 0
	}
	return c >= 0
}

// isNumber reports whether an expression is a number, whose text is compared
// as one.
func isNumber(x expr.Expr) bool {
	switch x := x.(type) {
	case *expr.Const:
		return x.IsNumber()
	case *expr.Cast:
		base, _, _ := strings.Cut(strings.TrimPrefix(x.Type, "pg_catalog."), "(")
		_, whole := integers[base]
		return whole || base == "numeric" || base == "double precision" || base == "real"
	case *expr.Call:
		return slices.Contains(lengths, x.Name)
	case *expr.Coalesce:
		return slices.ContainsFunc(x.Args, isNumber)
	}
	return false
}

// asDocument is a value as JSON where it is a literal.
func (v Value) asDocument(x expr.Expr) Value {
	if _, literal := x.(*expr.Const); literal && !v.isJSON {
		if doc, ok := decode(v.Text); ok {
			return jsonValue(doc)
		}
	}
	return v
}

// simple are regular expressions that mean the same to Go and to PostgreSQL.
var simple = regexp.MustCompile(`^[A-Za-z0-9 ^$.*+?|()@_:\[\]-]*$`)

// matches is the operator ~, or with fold ~*.
func matches(s, pattern string, fold bool) (hit, ok bool) {
	if !simple.MatchString(pattern) || strings.Contains(pattern, "[:") || strings.Contains(pattern, "(?") {
		return false, false
	}
	if fold {
		pattern = "(?i)" + pattern
	}
	re, err := regexp.Compile("(?s)" + pattern)
	return err == nil && re.MatchString(s), err == nil
}

// like is LIKE, or with fold ILIKE, with a backslash as the escape.
func like(s, pattern string, fold bool) (bool, bool) {
	var b strings.Builder
	b.WriteString("(?s)")
	if fold {
		b.WriteString("(?i)")
	}
	b.WriteByte('^')
	for rest := []rune(pattern); len(rest) > 0; rest = rest[1:] {
		switch rest[0] {
		case '%':
			b.WriteString(".*")
		case '_':
			b.WriteByte('.')
		case '\\':
			if len(rest) == 1 {
				return false, false
			}
			rest = rest[1:]
			b.WriteString(regexp.QuoteMeta(string(rest[0])))
		default:
			b.WriteString(regexp.QuoteMeta(string(rest[0])))
		}
	}
	b.WriteByte('$')
	re, err := regexp.Compile(b.String())
	return err == nil && re.MatchString(s), err == nil
}

// in is X IN (…).
func (m *machine) in(x *expr.In) outcome {
	out := outcome{t: False}
	for _, item := range x.List {
		out = either(out, m.compare(&expr.Compare{Op: "=", L: x.X, R: item}))
	}
	if x.Not {
		return out.negated()
	}
	return out
}

// anyOf is X Op ANY (array) or ALL (array).
func (m *machine) anyOf(x *expr.AnyOf) outcome {
	v := m.value(x.X)
	if v.sure {
		return outcome{raise: v.raise}
	}
	if l, ok := m.elements(x.Array); ok {
		switch {
		case l.raise != nil:
			return outcome{raise: l.raise}
		case l.null:
			return outcome{t: Null}
		}
		return m.among(x.Op, x.X, v, l.list, x.All)
	}
	arr := m.value(x.Array)
	if arr.sure {
		return outcome{raise: arr.raise}
	}
	if arr.isNull() {
		return outcome{t: Null}
	}
	t := Unknown
	if v.isNull() && !x.All {
		t = False | Null // false for an empty array
	}
	return v.open(t, arr)
}

// among compares a value with each of a list.
func (m *machine) among(op string, x expr.Expr, v Value, list []Value, all bool) outcome {
	out := outcome{t: truth(all)}
	for _, item := range list {
		var o outcome
		switch {
		case v.isNull(), item.isNull():
			o = outcome{t: Null}
		case v.isText() && item.isText():
			o = m.known(op, x, nil, v, item)
		default:
			o = v.open(Unknown, item)
		}
		if all {
			out = both(out, o, false)
		} else {
			out = either(out, o)
		}
	}
	return out
}
