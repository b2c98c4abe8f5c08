package static

import (
	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// authUsers is the table of the platform that holds the users. Its column role
// becomes the role claim of their tokens (supabase/auth: tokens/service.go).
var authUsers = catalog.Name{Schema: "auth", Name: "users"}

// noteRoleWrite records an INSERT into auth.users that sets the role.
func (r *replay) noteRoleWrite(v *pg.RangeVar, columns []string, q *pg.SelectStmt) {
	rel, _, ok := r.relation(v)
	if !ok || rel.Name != authUsers {
		return
	}
	for i, c := range columns {
		if c != "role" {
			continue
		}
		lists := q.GetValuesLists()
		for _, l := range lists {
			if items := l.GetList().GetItems(); i < len(items) {
				r.roleWritten(items[i])
			}
		}
		if len(lists) == 0 {
			var value *pg.Node
			if i < len(q.GetTargetList()) {
				value = q.TargetList[i].GetResTarget().GetVal()
			}
			r.roleWritten(value)
		}
	}
}

func (r *replay) roleWritten(value *pg.Node) {
	r.change(catalog.Ref{Kind: "table", Name: authUsers.String()}, catalog.WhatRolesWrite, "", constant(value))
}
