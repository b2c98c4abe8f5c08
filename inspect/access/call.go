package access

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"policylint/inspect/expr"
)

// strict has the functions of which null in is null out (PostgreSQL: proisstrict).
var strict = []string{
	"lower", "upper", "btrim", "ltrim", "rtrim", "length", "replace", "split_part", "substr", "substring", "left", "right",
	"string_to_array", "to_jsonb", "jsonb_array_elements_text", "jsonb_array_length", "initcap", "translate", "md5", "jsonb_typeof",
	"json_array_elements_text", "jsonb_array_elements", "json_array_elements", "char_length", "starts_with", "strpos", "position",
	"to_timestamp", "cardinality", "array_length", "abs", "jsonb_path_exists",
}

// lengths are functions that give a number.
var lengths = []string{"length", "char_length", "octet_length", "jsonb_array_length", "json_array_length", "position", "strpos", "cardinality", "array_length", "count"}

// clocks are functions that give something else each time, never null.
var clocks = []string{"now", "current_date", "localtimestamp", "clock_timestamp", "statement_timestamp", "transaction_timestamp", "random", "gen_random_uuid"}

func (m *machine) call(x *expr.Call) Value {
	args := m.values(x.Args)
	all := merge(args...)
	switch {
	case all.sure && !x.Star:
		return raising(all.raise)
	case slices.Contains(clocks, x.Name):
		return byRow(true)
	case m.asker != nil && len(args) == 0 && (x.Name == "current_user" || x.Name == "current_role" || x.Name == "user"):
		return Text(m.asker.role)
	case slices.Contains(strict, x.Name) && slices.ContainsFunc(args, Value.isNull):
		return Absent()
	case x.Name == "to_timestamp" && all.unknown == "":
		return byRow(true) // a time, and what time it is now is not known
	}
	if v, ok := m.counted(x); ok {
		return v
	}
	if v, ok := compute(x.Name, args); ok {
		return v
	}
	if m.asker != nil {
		if v, ok := m.asker.call(x); ok {
			return v
		}
	}
	switch {
	case all.row:
		all.present = false
		return all
	case all.unknown != "":
		return all
	}
	return unknownValue("function " + x.Name)
}

// counted is the length of an array.
func (m *machine) counted(x *expr.Call) (Value, bool) {
	switch {
	case (x.Name == "jsonb_array_length" || x.Name == "json_array_length") && len(x.Args) == 1:
		v := m.value(x.Args[0])
		if !v.isText() {
			return Value{}, false
		}
		doc, ok := v.document()
		if !ok {
			return Value{}, false
		}
		switch doc := doc.(type) {
		case []any:
			return Text(strconv.Itoa(len(doc))), true
		case map[string]any:
			return raising(&Raise{SQLState: "22023", Message: "cannot get array length of a non-array"}), true
		}
		return raising(&Raise{SQLState: "22023", Message: "cannot get array length of a scalar"}), true
	case x.Name == "cardinality" && len(x.Args) == 1, x.Name == "array_length" && len(x.Args) == 2:
		l, ok := m.elements(x.Args[0])
		switch {
		case !ok:
			return Value{}, false
		case l.raise != nil:
			return raising(l.raise), true
		case l.null, x.Name == "array_length" && len(l.list) == 0:
			return Absent(), true
		}
		return Text(strconv.Itoa(len(l.list))), true
	}
	return Value{}, false
}

// compute is a function of known texts.
func compute(name string, args []Value) (Value, bool) {
	if name == "concat" {
		args = slices.DeleteFunc(slices.Clone(args), Value.isNull)
	}
	for _, a := range args {
		if !a.isText() {
			return Value{}, false
		}
	}
	text := func(i int) string { return args[i].Text }
	switch {
	case len(args) == 1:
		return computeOne(name, args[0])
	case name == "split_part" && len(args) == 3 && text(1) != "":
		n, err := strconv.Atoi(text(2))
		if parts := strings.Split(text(0), text(1)); err == nil && n > 0 {
			return Text(slices.Concat(parts, make([]string, n))[n-1]), true
		}
	case name == "replace" && len(args) == 3 && text(1) != "":
		return Text(strings.ReplaceAll(text(0), text(1), text(2))), true
	case name == "starts_with" && len(args) == 2:
		return valueOf(outcome{t: truth(strings.HasPrefix(text(0), text(1)))}), true
	case name == "strpos" && len(args) == 2, name == "position" && len(args) == 2:
		before, _, found := strings.Cut(text(0), text(1))
		if !found {
			return Text("0"), true
		}
		return Text(strconv.Itoa(utf8.RuneCountInString(before) + 1)), true
	case (name == "left" || name == "right") && len(args) == 2:
		n, err := strconv.Atoi(text(1))
		if runes := []rune(text(0)); err == nil && n >= 0 {
			n = min(n, len(runes))
			if name == "left" {
				return Text(string(runes[:n])), true
			}
			return Text(string(runes[len(runes)-n:])), true
		}
	case name == "greatest" || name == "least":
		for _, a := range args {
			if !words.MatchString(a.Text) {
				return Value{}, false
			}
		}
		pick := slices.MaxFunc[[]Value]
		if name == "least" {
			pick = slices.MinFunc[[]Value]
		}
		return pick(args, func(a, b Value) int { return strings.Compare(a.Text, b.Text) }), true
	case name == "concat":
		out := ""
		for _, a := range args {
			out += a.Text
		}
		return Text(out), true
	}
	return Value{}, false
}

// computeOne is a function of one known text.
func computeOne(name string, a Value) (Value, bool) {
	switch name {
	case "lower":
		return Text(strings.ToLower(a.Text)), true
	case "upper":
		return Text(strings.ToUpper(a.Text)), true
	case "btrim":
		return Text(strings.Trim(a.Text, " ")), true
	case "ltrim":
		return Text(strings.TrimLeft(a.Text, " ")), true
	case "rtrim":
		return Text(strings.TrimRight(a.Text, " ")), true
	case "length", "char_length":
		return Text(strconv.Itoa(utf8.RuneCountInString(a.Text))), !a.isJSON
	case "initcap":
		if words.MatchString(strings.ToLower(a.Text)) && a.Text != "" {
			return Text(strings.ToUpper(a.Text[:1]) + strings.ToLower(a.Text[1:])), true
		}
		return Value{}, false
	case "concat":
		return Text(a.Text), true
	case "jsonb_typeof", "json_typeof":
		return Text(kindOf(a.json)), a.isJSON
	case "to_jsonb":
		switch {
		case a.isJSON:
			return a, true
		case a.Text == "true" || a.Text == "false":
			return Value{}, false // a text or a boolean
		}
		if _, err := json.Number(a.Text).Float64(); err != nil {
			return jsonValue(a.Text), true
		}
	}
	return Value{}, false
}
