package claims

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "auth-users-role-changed",
	Title:    "Users are given a database role that is none",
	Severity: rules.Error,
	Needs:    rules.NeedsHistory,
	Why: `
` + "`auth.users.role`" + ` becomes claim ` + "`role`" + ` of the user's token, which PostgREST and Realtime
take as the PostgreSQL role to run as. With a value like ` + "`agent`" + ` every request of
that user fails: role "agent" does not exist.`,
	Fix: `
Leave the role alone, and keep the application's in app_metadata or in a table
that the access token hook reads:

` + "```sql" + `
update auth.users
set raw_app_meta_data = raw_app_meta_data || '{"user_role": "agent"}'
where id = '00000000-0000-0000-0000-0000000000a1';
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		usable := []string{"", catalog.Authenticated}
		for _, c := range p.Changes {
			if c.What == catalog.WhatRolesWrite && c.After != "" && !slices.Contains(usable, c.After) {
				p.ReportRef(catalog.Ref{Kind: "table", Name: "auth.users"}, c.Origin, "auth.users gets users with role "+quoted(c.After)+", as which no request can run")
				return
			}
		}
	},
})
