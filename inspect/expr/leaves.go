package expr

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// A leaf is a scalar inside a JSON document.
type leaf struct {
	path  []string
	value *Const
}

// flatten lists the scalars of a JSON object in order of their paths; false
// when it is no object or something else than scalars and objects is in it.
func flatten(s string) ([]leaf, bool) {
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	var v map[string]any
	if d.Decode(&v) != nil {
		return nil, false
	}
	return flattenMap(nil, v, nil)
}

func flattenMap(path []string, m map[string]any, out []leaf) ([]leaf, bool) {
	for _, k := range slices.Sorted(maps.Keys(m)) {
		at := slices.Concat(path, []string{k})
		switch v := m[k].(type) {
		case string:
			out = append(out, leaf{at, &Const{Text: v}})
		case bool:
			out = append(out, leaf{at, boolean(v)})
		case json.Number:
			out = append(out, leaf{at, &Const{Type: "numeric", Text: v.String()}})
		case map[string]any:
			var ok bool
			if out, ok = flattenMap(at, v, out); !ok {
				return nil, false
			}
		default:
			return nil, false
		}
	}
	return out, true
}
