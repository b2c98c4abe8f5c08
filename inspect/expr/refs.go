package expr

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Refs is what an expression depends on; everything sorted, each once.
type Refs struct {
	Relations []string    // read by sub-selects, CTEs left out
	Columns   []RefColumn // those whose relation is known
	Functions []string    // as in Call.Name; auth.uid and the like included
	Types     []string    // named by casts, those of pg_catalog left out
}

// A RefColumn is a column of a relation; Relation "" is the row under the
// policy, Name "*" all columns.
type RefColumn struct{ Relation, Name string }

type refs struct {
	relations, functions, types map[string]bool
	columns                     map[RefColumn]bool
}

// RefsOf collects what an expression depends on.
func RefsOf(e Expr) Refs {
	r := &refs{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[RefColumn]bool{}}
	r.visit(e, nil)
	return Refs{
		Relations: slices.Sorted(maps.Keys(r.relations)),
		Columns: slices.SortedFunc(maps.Keys(r.columns), func(a, b RefColumn) int {
			return cmp.Or(cmp.Compare(a.Relation, b.Relation), cmp.Compare(a.Name, b.Name))
		}),
		Functions: slices.Sorted(maps.Keys(r.functions)),
		Types:     slices.Sorted(maps.Keys(r.types)),
	}
}

// Relations lists the relations that sub-selects read, sorted, each once.
func Relations(e Expr) []string { return RefsOf(e).Relations }

// visit takes the relations in sight by their aliases.
func (r *refs) visit(e Expr, sight map[string]string) {
	Walk(e, func(x Expr) bool {
		switch v := x.(type) {
		case *Column:
			if rel, ok := sight[v.Table]; ok && rel != "" || v.Table == "" {
				r.columns[RefColumn{rel, v.Name}] = true
			}
		case *Claim:
			switch name, _ := v.base(); {
			case v.Via == ViaSetting || v.Via == ViaLegacy:
				r.functions["current_setting"] = true
			default:
				r.functions[strings.TrimSuffix(name, "()")] = true
			}
		case *Setting:
			r.functions["current_setting"] = true
		case *Call:
			r.functions[v.Name] = true
		case *Cast:
			r.typ(v.Type)
		case *Const:
			r.typ(v.Type)
		case *Query:
			inner := maps.Clone(sight)
			if inner == nil {
				inner = map[string]string{}
			}
			r.sources(v.From, inner)
			v.below(func(c Expr) { r.visit(c, inner) })
			return false
		}
		return true
	})
}

func (r *refs) sources(list []Source, sight map[string]string) {
	for _, s := range list {
		switch {
		case s.Join != nil:
			r.sources(s.Join.L, sight)
			r.sources(s.Join.R, sight)
		case s.Name != "" && !s.CTE:
			r.relations[s.Name] = true
			sight[s.Alias] = s.Name
		default:
			sight[s.Alias] = ""
		}
	}
}

func (r *refs) typ(name string) {
	if strings.Contains(name, ".") {
		r.types[base(strings.TrimSuffix(name, "[]"))] = true
	}
}
