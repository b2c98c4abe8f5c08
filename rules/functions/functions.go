// Package functions has the rules about functions: those with their owner's
// rights, and those that policies call.
package functions

import (
	"iter"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

// helpers yields the project's functions that policies call themselves, each
// once with the first such policy, in order of policy.
func helpers(p *rules.Pass) iter.Seq2[*catalog.Function, *catalog.Policy] {
	return func(yield func(*catalog.Function, *catalog.Policy) bool) {
		seen := map[*catalog.Function]bool{}
		for _, pol := range p.PoliciesWith(expr.HasCall) {
			for _, f := range p.Callees(pol) {
				if seen[f] {
					continue
				}
				seen[f] = true
				if !yield(f, pol) {
					return
				}
			}
		}
	}
}

// searched reports whether the function's names are looked up in the search
// path of whoever calls it: its body is text, in a language that looks names up.
func searched(f *catalog.Function) bool {
	_, set := f.SearchPath()
	return !set && !f.StandardBody && (f.Language == "sql" || f.Language == "plpgsql") && f.Kind != catalog.Aggregate && f.Kind != catalog.Window
}
