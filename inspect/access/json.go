package access

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// decode reads a JSON document with its numbers as they are written.
func decode(s string) (any, bool) {
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil || d.More() {
		return nil, false
	}
	return v, true
}

// plainJSON turns what YAML or Go code has into what decode gives.
func plainJSON(v any) any {
	b, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	out, _ := decode(string(b))
	return out
}

// encode is a document as jsonb prints it: a blank after a comma and a colon,
// keys in order of length and then of bytes (PostgreSQL docs 8.14).
func encode(v any) string {
	switch v := v.(type) {
	case map[string]any:
		keys := slices.SortedFunc(maps.Keys(v), func(a, b string) int {
			return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
		})
		var parts []string
		for _, k := range keys {
			parts = append(parts, encode(k)+": "+encode(v[k]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case []any:
		var parts []string
		for _, x := range v {
			parts = append(parts, encode(x))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(v) != nil {
		return ""
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// jsonValue is a document as a value of type jsonb.
func jsonValue(v any) Value {
	return Value{Known: true, Text: encode(v), json: v, isJSON: true}
}

// scalarText is what ->> gives of a document.
func scalarText(v any) Value {
	switch v := v.(type) {
	case nil:
		return Absent()
	case string:
		return Text(v)
	}
	return Text(encode(v))
}

// member is document -> key, or ->> key; with index, the key is a number.
func member(doc any, key string, text, index bool) Value {
	var v any
	switch doc := doc.(type) {
	case map[string]any:
		var ok bool
		if v, ok = doc[key]; !ok || index {
			return Absent()
		}
	case []any:
		var ok bool
		if v, ok = element(doc, key); !ok || !index {
			return Absent()
		}
	default:
		if !index || key != "0" && key != "-1" {
			return Absent()
		}
		v = doc // jsonb takes a scalar for an array of one here
	}
	if text {
		return scalarText(v)
	}
	return jsonValue(v)
}

// element is the n-th one of an array, from the end where n is negative.
func element(array []any, key string) (any, bool) {
	n, err := strconv.Atoi(key)
	if n < 0 {
		n += len(array)
	}
	if err != nil || n < 0 || n >= len(array) {
		return nil, false
	}
	return array[n], true
}

func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case string:
		return "string"
	case bool:
		return "boolean"
	case json.Number:
		return "number"
	case []any:
		return "array"
	}
	return "object"
}

// hasKey is the operator ?.
func hasKey(doc any, key string) bool {
	switch doc := doc.(type) {
	case map[string]any:
		_, ok := doc[key]
		return ok
	case []any:
		return slices.ContainsFunc(doc, func(x any) bool { s, ok := x.(string); return ok && s == key })
	case string:
		return doc == key
	}
	return false
}

// compareJSON compares two documents.
func compareJSON(op string, l, r any) (Truth, bool) {
	switch op {
	case "=":
		return truth(sameJSON(l, r)), true
	case "<>":
		return truth(!sameJSON(l, r)), true
	case "@>":
		return truth(containsJSON(l, r, true)), true
	case "<@":
		return truth(containsJSON(r, l, true)), true
	}
	return 0, false
}

func sameJSON(a, b any) bool {
	switch x := a.(type) {
	case map[string]any:
		y, ok := b.(map[string]any)
		return ok && maps.EqualFunc(x, y, sameJSON)
	case []any:
		y, ok := b.([]any)
		return ok && slices.EqualFunc(x, y, sameJSON)
	case json.Number:
		y, ok := b.(json.Number)
		if !ok {
			return false
		}
		p, okP := new(big.Rat).SetString(x.String())
		q, okQ := new(big.Rat).SetString(y.String())
		return okP && okQ && p.Cmp(q) == 0
	case []byte:
		return false
	}
	return a == b
}

// containsJSON is containment (PostgreSQL docs 8.14.3): an array contains a
// scalar at the top only.
func containsJSON(a, b any, top bool) bool {
	switch y := b.(type) {
	case map[string]any:
		x, ok := a.(map[string]any)
		if !ok {
			return false
		}
		for k, v := range y {
			if w, ok := x[k]; !ok || !containsJSON(w, v, false) {
				return false
			}
		}
		return true
	case []any:
		x, ok := a.([]any)
		if !ok {
			return false
		}
		for _, v := range y {
			if !slices.ContainsFunc(x, func(w any) bool { return containsJSON(w, v, false) }) {
				return false
			}
		}
		return true
	}
	if x, ok := a.([]any); ok && top {
		return slices.ContainsFunc(x, func(w any) bool { return sameJSON(w, b) })
	}
	return sameJSON(a, b)
}
