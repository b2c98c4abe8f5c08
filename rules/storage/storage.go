// Package storage has the rules about buckets and the policies on their
// objects.
package storage

import (
	"iter"
	"slices"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var docs = []string{
	"https://supabase.com/docs/guides/storage/security/access-control",
	"https://supabase.com/docs/guides/storage/buckets/fundamentals",
}

// objects yields the project's permissive policies on storage.objects that
// cover one of the commands. No restrictive policy of the project stands
// beside them: what it would leave is not worked out.
func objects(p *rules.Pass, commands ...catalog.Command) iter.Seq[*catalog.Policy] {
	return func(yield func(*catalog.Policy) bool) {
		t, ok := p.Tables.Get(catalog.Name{Schema: "storage", Name: "objects"})
		if !ok || t.RLS.Is(false) || t.Unsure.Any(catalog.Existence|catalog.Policies) {
			return
		}
		for pol := range t.Policies() {
			if !pol.Permissive {
				return
			}
		}
		for pol := range t.Policies() {
			if pol.Platform || pol.Unsure != 0 {
				continue
			}
			for _, c := range commands {
				if pol.Command.Covers(c) {
					if !yield(pol) {
						return
					}
					break
				}
			}
		}
	}
}

// opens reports whether an expression is true for everyone who has the role,
// for an object of any owner and name, as far as bucket says of comparisons
// with the bucket's name.
func opens(e expr.Expr, role string, bucket func(id string) bool) bool {
	switch e := e.(type) {
	case *expr.And:
		for _, a := range e.Args {
			if !opens(a, role, bucket) {
				return false
			}
		}
		return true
	case *expr.Or:
		for _, a := range e.Args {
			if opens(a, role, bucket) {
				return true
			}
		}
		return false
	case *expr.Compare:
		if id, ok := compared(e.L, e.R); ok && e.Op == "=" {
			return bucket(id)
		}
		if id, ok := compared(e.R, e.L); ok && e.Op == "=" {
			return bucket(id)
		}
	case *expr.In:
		for _, x := range e.List {
			if id, ok := compared(e.X, x); ok && !e.Not && bucket(id) {
				return true
			}
		}
	}
	return rules.Holder(role).Eval(e) == access.True
}

// openTo lists the API roles that the policy applies to and the expression
// opens everything to.
func openTo(p *rules.Pass, pol *catalog.Policy, e expr.Expr, bucket func(id string) bool) []string {
	return slices.DeleteFunc(p.PolicyRoles(pol), func(role string) bool { return e == nil || !opens(e, role, bucket) })
}

func compared(column, constant expr.Expr) (string, bool) {
	col, ok := column.(*expr.Column)
	k, isConst := constant.(*expr.Const)
	if !ok || !isConst || col.Table != "" || col.Name != "bucket_id" || k.Null {
		return "", false
	}
	return k.Text, true
}

// mentions reports whether an expression looks at which bucket it is.
func mentions(e expr.Expr) bool {
	for _, c := range expr.Columns(e) {
		if c.Name == "bucket_id" || c.Name == "*" {
			return true
		}
	}
	return false
}
