package catalog

import "policylint/inspect/expr"

// A Trigger is a trigger of a table or view.
type Trigger struct {
	Name       string
	Timing     string   // "before", "after" or "instead of"
	Events     []string // of "insert", "update", "delete", "truncate", in this order
	Columns    []string // of UPDATE OF
	ForEachRow bool
	Function   Name
	When       expr.Expr // nil when absent
	Constraint bool
	Enabled    bool
	Inherited  bool // cloned from the partitioned table above
	Origin     Origin
	// Transition: it has the rows of the whole statement as a table. Only
	// migrations have it.
	Transition bool
}
