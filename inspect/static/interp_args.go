package static

import (
	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/guard"
)

// An argument is one of a function, by where the function was made and its
// place among all arguments.
type argument struct {
	at    catalog.Origin
	index int
}

// keepDefault keeps the default of an argument for calls that leave it out. A
// statement in a loop may make several functions: their defaults are not told
// apart.
func (r *replay) keepDefault(index int, n *pg.Node) {
	if r.platform {
		return
	}
	if r.defaults == nil {
		r.defaults = map[argument]*pg.Node{}
	}
	key := argument{r.at, index}
	if old, ok := r.defaults[key]; ok && old != n {
		n = nil
	}
	r.defaults[key] = n
}

// passed puts the arguments of a call in the order of the declaration, and
// defaults in the place of those left out.
func (i *interp) passed(fn *catalog.Function, f *pg.FuncCall, args []guard.Value) ([]guard.Value, *sqlError) {
	var inputs []int // among all arguments
	for k, a := range fn.Args {
		if a.Input() {
			inputs = append(inputs, k)
		}
	}
	out := make([]guard.Value, max(len(inputs), len(args)))
	given := make([]bool, len(out))
	for k, v := range args {
		at := k
		if k < len(f.Args) {
			if n := f.Args[k].GetNamedArgExpr(); n != nil {
				for j, index := range inputs {
					if fn.Args[index].Name == n.Name {
						at = j
					}
				}
			}
		}
		out[at], given[at] = v, true
	}
	for j, index := range inputs {
		n := i.defaults[argument{fn.Body.Origin, index}]
		if given[j] || n == nil {
			continue
		}
		v, err := i.guardEnv().Eval(n)
		if err != nil {
			return nil, i.refused(err)
		}
		if out[j], err = i.guardEnv().Cast(v, fn.Args[index].Type); err != nil {
			return nil, i.refused(err)
		}
	}
	return out, nil
}
