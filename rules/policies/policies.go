// Package policies has the rules about conditions of policies that do not say
// what they seem to.
package policies

import (
	"policylint/inspect/expr"
)

const docs = "https://www.postgresql.org/docs/current/sql-createpolicy.html"

// depends reports whether an expression looks at anything: a row, the session,
// a function. What does not was written so on purpose.
func depends(e expr.Expr) bool {
	found := false
	expr.Walk(e, func(x expr.Expr) bool {
		switch x.(type) {
		case *expr.Column, *expr.Claim, *expr.Setting, *expr.Call, *expr.Query:
			found = true
		}
		return !found
	})
	return found
}

// bare takes conversions off an expression.
func bare(e expr.Expr) expr.Expr {
	for {
		switch x := e.(type) {
		case *expr.Cast:
			e = x.X
		case *expr.Collate:
			e = x.X
		default:
			return e
		}
	}
}
