package expr

import (
	"encoding/json"
	"maps"
	"slices"
)

// contained reads claim @> '{"user_role": "agent"}' as the comparisons it
// stands for.
func contained(n *Compare) []Comparison {
	claim, ok := n.L.(*Claim)
	if !ok {
		return nil
	}
	c, ok := n.R.(*Const)
	if !ok || c.Null {
		return nil
	}
	var v any
	if json.Unmarshal([]byte(c.Text), &v) != nil {
		return nil
	}
	return pairs(claim, nil, v)
}

func pairs(claim *Claim, path []string, v any) []Comparison {
	switch v := v.(type) {
	case string:
		at := *claim
		at.Path = slices.Concat(claim.Path, path)
		return []Comparison{{Claim: &at, Value: v}}
	case map[string]any:
		var out []Comparison
		for _, k := range slices.Sorted(maps.Keys(v)) {
			out = append(out, pairs(claim, append(slices.Clip(path), k), v[k])...)
		}
		return out
	}
	return nil
}
