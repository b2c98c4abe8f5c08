package claims

import (
	"encoding/json"
	"maps"
	"slices"

	"policylint/inspect/expr"
)

// contained reads claim @> '{"user_role": "agent"}' as the comparisons it
// stands for.
func contained(n *expr.Compare) []comparison {
	claim, ok := n.L.(*expr.Claim)
	if !ok {
		return nil
	}
	c, ok := n.R.(*expr.Const)
	if !ok || c.Null {
		return nil
	}
	var v any
	if json.Unmarshal([]byte(c.Text), &v) != nil {
		return nil
	}
	return leaves(claim, nil, v)
}

func leaves(claim *expr.Claim, path []string, v any) []comparison {
	switch v := v.(type) {
	case string:
		at := *claim
		at.Path = slices.Concat(claim.Path, path)
		return []comparison{{&at, v}}
	case map[string]any:
		var out []comparison
		for _, k := range slices.Sorted(maps.Keys(v)) {
			out = append(out, leaves(claim, append(slices.Clip(path), k), v[k])...)
		}
		return out
	}
	return nil
}
