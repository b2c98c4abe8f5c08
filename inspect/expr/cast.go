package expr

import "strings"

// cast is x::typ without what the server adds or drops by itself.
func (b *builder) cast(x Expr, typ string) Expr {
	if typ == "" {
		return x
	}
	switch v := x.(type) {
	case *Const:
		if c := convert(v, typ); c != nil {
			return c
		}
	case *Claim:
		if c := castClaim(v, typ); c != nil {
			return c
		}
	case *Array:
		if elem, ok := strings.CutSuffix(typ, "[]"); ok {
			out := &Array{Elems: make([]Expr, len(v.Elems))}
			for i, e := range v.Elems {
				out.Elems[i] = b.cast(e, elem)
			}
			return out
		}
	case *Cast:
		// (varchar)::text and the like: the first conversion decides
		if textCasts[typ] && textCasts[base(v.Type)] || v.Type == typ {
			return v
		}
	}
	if free(x, typ) {
		return x
	}
	return &Cast{X: x, Type: typ}
}

// free reports whether x::typ is the conversion between text-like types, or
// between numbers, that the server makes explicit and the author does not.
func free(x Expr, typ string) bool {
	elem := strings.TrimSuffix(typ, "[]")
	switch v := x.(type) {
	case *Column:
		if v.Type != "" {
			t := base(strings.TrimSuffix(v.Type, "[]"))
			return t == elem || textual[t] && textCasts[elem] || numeric[t] && wider(t, elem) || t == "date" && stamps[elem]
		}
		return textCasts[elem]
	case *Cast:
		return numeric[v.Type] && wider(v.Type, typ)
	case *Coalesce:
		return textCasts[typ] && anyFree(v.Args, typ)
	case *Case:
		for _, w := range v.Whens {
			if free(w.Result, typ) {
				return textCasts[typ]
			}
		}
		return textCasts[typ] && v.Else != nil && free(v.Else, typ)
	case *NullIf:
		return textCasts[typ] && free(v.X, typ)
	case *Query:
		return (v.Kind == Scalar || v.Kind == ArrayOf) && len(v.Targets) == 1 && textCasts[elem] && free(v.Targets[0], elem)
	case *Claim:
		return v.Text && v.Via != ViaUID && textCasts[typ]
	case *Setting:
		return textCasts[typ]
	case *Operator:
		return textCasts[typ] && (v.Op == "->>" || v.Op == "#>>")
	case *Subscript:
		return textCasts[typ] && free(v.X, typ+"[]")
	case *Call:
		return textCasts[typ] && texts[v.Name]
	}
	return false
}

func anyFree(list []Expr, typ string) bool {
	for _, e := range list {
		if free(e, typ) {
			return true
		}
	}
	return false
}

// wider reports whether the server converts from one number to the other by
// itself.
func wider(from, to string) bool {
	order := map[string]int{"smallint": 1, "integer": 2, "bigint": 3, "numeric": 4, "real": 5, "double precision": 6}
	return order[from] > 0 && order[from] <= order[to]
}

// texts are functions of pg_catalog that return text or name.
var texts = set("lower", "upper", "btrim", "ltrim", "rtrim", "concat", "concat_ws", "format", "replace", "left",
	"right", "substring", "substr", "split_part", "md5", "initcap", "regexp_replace", "current_user", "session_user",
	"current_schema", "current_catalog", "current_database", "to_char", "string_agg", "storage.filename",
	"storage.extension", "jsonb_array_elements_text", "json_array_elements_text")
