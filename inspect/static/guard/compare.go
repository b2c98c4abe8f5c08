package guard

import (
	"cmp"
	"strconv"
	"strings"
)

// compare compares two values that may be of different types: an untyped
// constant takes the type of the other side.
func compare(op string, l, r Value) Value {
	if l.IsNull() || r.IsNull() {
		return null
	}
	c, ok := order(l, r)
	if !ok {
		if (op == "=" || op == "<>" || op == "!=") && (differs(l, r) || differs(r, l)) {
			return Of(op == "<>" || op == "!=")
		}
		return Value{}
	}
	switch op {
	case "=":
		return Of(c == 0)
	case "<>", "!=":
		return Of(c != 0)
	}
	if l.Kind == Oid || r.Kind == Oid || l.Kind == Text && !isMoment(l) {
		return Value{} // numbers, or a collation, that are not modelled
	}
	switch op {
	case "<":
		return Of(c < 0)
	case ">":
		return Of(c > 0)
	case "<=":
		return Of(c <= 0)
	}
	return Of(c >= 0)
}

// differs reports whether what is known of a text already differs from the
// other; an ordering is not asked for.
func differs(l, r Value) bool {
	if l.Kind != Unknown || l.Text == "" || r.Kind != Text {
		return false
	}
	before, _, _ := strings.Cut(l.Text, Hole)
	after := l.Text[strings.LastIndex(l.Text, Hole)+len(Hole):]
	return !strings.HasPrefix(r.Text, before) || !strings.HasSuffix(r.Text, after)
}

func order(l, r Value) (int, bool) {
	switch {
	case l.Kind == Unknown || r.Kind == Unknown:
		return 0, false
	case l.Kind == Text && r.Kind == Text:
		return cmp.Compare(l.Text, r.Text), true
	case l.Kind == Bool || r.Kind == Bool:
		a, okA := truth(l)
		b, okB := truth(r)
		return b2i(a) - b2i(b), okA && okB
	case l.Kind == Oid && r.Kind == Oid:
		if l.Class == r.Class && l.Name == r.Name && l.Part == r.Part {
			return 0, true
		}
		return 1, true
	case l.Kind == Oid && r.Kind == Text && l.Text != "", l.Kind == Text && r.Kind == Oid && r.Text != "":
		return 0, false // e.operation looks the name up
	case l.Kind == Oid || r.Kind == Oid:
		// An oid never equals 0, and no other number is known.
		return 1, l.Kind == Int && l.Int == 0 || r.Kind == Int && r.Int == 0
	case l.Kind == Array && r.Kind == Array, l.Kind == Row && r.Kind == Row:
		return orderLists(l.Items, r.Items)
	case l.Kind == Array && r.Kind == Text:
		return order(l, parseArray(r.Text))
	case l.Kind == Text && r.Kind == Array:
		return order(parseArray(l.Text), r)
	}
	a, okA := number(l)
	b, okB := number(r)
	return cmp.Compare(a, b), okA && okB
}

func orderLists(l, r []Value) (int, bool) {
	for i := range min(len(l), len(r)) {
		if l[i].IsNull() || r[i].IsNull() {
			return 0, false
		}
		if c, ok := order(l[i], r[i]); !ok || c != 0 {
			return c, ok
		}
	}
	return cmp.Compare(len(l), len(r)), true
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// truth reads a Boolean, or the text of one.
func truth(v Value) (value, ok bool) {
	switch {
	case v.Kind == Bool:
		return v.Bool, true
	case v.Kind != Text:
		return false, false
	}
	switch strings.ToLower(strings.TrimSpace(v.Text)) {
	case "t", "true", "y", "yes", "on", "1":
		return true, true
	case "f", "false", "n", "no", "off", "0":
		return false, true
	}
	return false, false
}

func number(v Value) (float64, bool) {
	switch v.Kind {
	case Int:
		return float64(v.Int), true
	case Float:
		return v.Float, true
	case Text:
		f, err := strconv.ParseFloat(strings.TrimSpace(v.Text), 64)
		return f, err == nil
	}
	return 0, false
}
