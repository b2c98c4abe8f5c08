package guard

import (
	"slices"
	"strings"
)

// arrayFunction are the functions on arrays. ok is false for a function that
// is none of them.
func arrayFunction(name string, args []Value) (Value, bool) {
	switch name {
	case "array_length", "cardinality", "array_upper", "array_lower", "array_to_string", "array_append", "array_prepend", "array_cat", "array_position", "array_remove":
	default:
		return Value{}, false
	}
	if len(args) > 0 && args[0].Kind == Text {
		args = slices.Clone(args)
		args[0] = parseArray(args[0].Text)
	}
	if name == "array_prepend" && len(args) == 2 {
		return concat(args[0], args[1]), true
	}
	if len(args) == 0 || args[0].Kind != Array {
		if len(args) == 2 && (name == "array_append" || name == "array_cat") && args[0].IsNull() {
			return concat(Value{Kind: Array}, args[1]), true
		}
		if len(args) > 0 {
			return nullOr(args[0]), true
		}
		return Value{}, true
	}
	items := args[0].Items
	switch name {
	case "cardinality":
		return Of(len(items)), true
	case "array_length", "array_upper":
		if len(items) == 0 {
			return null, true
		}
		return Of(len(items)), true
	case "array_lower":
		if len(items) == 0 {
			return null, true
		}
		return Of(1), true
	}
	if len(args) < 2 {
		return Value{}, true
	}
	switch name {
	case "array_append", "array_cat":
		return concat(args[0], args[1]), true
	case "array_position":
		for i, item := range items {
			switch eq := same(item, args[1]); {
			case eq.True():
				return Of(i + 1), true
			case !eq.False():
				return Value{}, true
			}
		}
		return null, true
	case "array_remove":
		out := Value{Kind: Array}
		for _, item := range items {
			switch eq := same(item, args[1]); {
			case eq.Kind == Unknown:
				return Value{}, true
			case !eq.True():
				out.Items = append(out.Items, item)
			}
		}
		return out, true
	}
	return join(items, args[1], args[2:]), true
}

// join is array_to_string and string_agg.
func join(items []Value, sep Value, ifNull []Value) Value {
	var words []string
	_, whole := sep.String()
	for _, item := range items {
		if item.IsNull() {
			if len(ifNull) == 0 {
				continue
			}
			item = ifNull[0]
		}
		_, ok := item.String()
		whole = whole && ok
		words = append(words, item.pattern())
	}
	return text(strings.Join(words, sep.pattern()), whole)
}

// parseArray reads the text of a one-dimensional array.
func parseArray(s string) Value {
	s = strings.TrimSpace(s)
	if !strings.HasPrefix(s, "{") || !strings.HasSuffix(s, "}") {
		return Value{}
	}
	s = s[1 : len(s)-1]
	out := Value{Kind: Array}
	if strings.TrimSpace(s) == "" {
		return out
	}
	for i := 0; i <= len(s); i++ {
		var b strings.Builder
		quoted := false
		for i < len(s) && (s[i] == ' ' || s[i] == '\n' || s[i] == '\t') {
			i++
		}
		if i < len(s) && s[i] == '"' {
			quoted = true
			for i++; i < len(s) && s[i] != '"'; i++ {
				if s[i] == '\\' && i+1 < len(s) {
					i++
				}
				b.WriteByte(s[i])
			}
			i++
		}
		for i < len(s) && s[i] != ',' {
			if s[i] == '{' {
				return Value{}
			}
			if !quoted {
				b.WriteByte(s[i])
			}
			i++
		}
		item := b.String()
		if !quoted {
			item = strings.TrimRight(item, " \n\t")
		}
		if !quoted && strings.EqualFold(item, "null") {
			out.Items = append(out.Items, null)
		} else {
			out.Items = append(out.Items, Of(item))
		}
	}
	return out
}
