package guard

import (
	"slices"

	"policylint/inspect/catalog"
)

// platformViews are the tables of the platform whose rows are modelled.
var platformViews = map[string]*view{
	"storage.buckets": {
		cols: []string{"id", "public"},
		rows: func(e *Env, add func(bool, ...any)) {
			for b := range e.Cat.Buckets.All() {
				add(doubtful(b.Unsure), b.ID, fact(b.Public))
			}
		},
		// Once rows were written of which nothing is known there may be any.
		open: func(e *Env) bool {
			return slices.ContainsFunc(e.Cat.Gaps, func(g catalog.Gap) bool { return g.Object == catalog.Ref{Kind: "table", Name: "storage.buckets"} })
		},
	},
}
