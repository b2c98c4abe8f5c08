package guard

import (
	"encoding/json"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// set calls a function that returns a set. ok is false when it is none that is
// known; the items are nil when they are not known.
func (e *Env) set(f *pg.FuncCall, s *scope) (items *Value, ok bool, err error) {
	names, _ := parts(f.Funcname)
	name := bare(names)
	switch name {
	case "unnest", "generate_series", "regexp_split_to_table", "string_to_table", "jsonb_array_elements_text",
		"json_array_elements_text", "generate_subscripts":
	default:
		return nil, false, nil
	}
	args, err := e.list(f.Args, s)
	if err != nil || len(args) == 0 {
		return nil, true, err
	}
	switch name {
	case "unnest":
		v := args[0]
		if v.Kind == Text {
			v = parseArray(v.Text)
		}
		if v.IsNull() {
			return &Value{Kind: Array}, true, nil
		}
		if v.Kind != Array || len(args) > 1 {
			return nil, true, nil
		}
		return &v, true, nil
	case "generate_series":
		return series(args), true, nil
	case "regexp_split_to_table", "string_to_table":
		text, ok := arg(args, 0)
		sep, ok2 := arg(args, 1)
		if !ok || !ok2 || sep == "" || name[0] == 'r' && strings.ContainsAny(sep, `\.+*?()|[]{}^$`) {
			return nil, true, nil
		}
		v := Of(strings.Split(text, sep))
		return &v, true, nil
	case "generate_subscripts":
		if args[0].Kind != Array {
			return nil, true, nil
		}
		return series([]Value{Of(1), Of(len(args[0].Items))}), true, nil
	}
	// A constant cast to json is looked at where it is written.
	text := f.Args[0].GetTypeCast().GetArg().GetAConst().GetSval().GetSval()
	var list []any
	if json.Unmarshal([]byte(text), &list) != nil {
		return nil, true, nil
	}
	v := Value{Kind: Array}
	for _, x := range list {
		word, ok := x.(string)
		if !ok {
			return nil, true, nil
		}
		v.Items = append(v.Items, Of(word))
	}
	return &v, true, nil
}

// maxSeries bounds generate_series.
const maxSeries = 1000

func series(args []Value) *Value {
	step := int64(1)
	if len(args) > 2 {
		step = args[2].Int
	}
	for _, a := range args {
		if a.Kind != Int {
			return nil
		}
	}
	if len(args) < 2 || step == 0 || (args[1].Int-args[0].Int)/step > maxSeries {
		return nil
	}
	v := &Value{Kind: Array}
	for i := args[0].Int; step > 0 && i <= args[1].Int || step < 0 && i >= args[1].Int; i += step {
		v.Items = append(v.Items, Of(i))
	}
	return v
}
