package access_test

import (
	"testing"

	"policylint/inspect/access"
	"policylint/inspect/expr"
)

// TestEval evaluates conditions for a token without claim user_role, with sub
// 'u1' and everything else unknown. What PostgreSQL says of null stands in its
// docs, 9.1 to 9.2 and 9.24.
func TestEval(t *testing.T) {
	env := access.Env{NotNull: func(c *expr.Column) bool { return c.Name == "id" }, Claim: func(c *expr.Claim) access.Value {
		switch {
		case len(c.Path) == 1 && c.Path[0] == "user_role":
			return access.Absent()
		case len(c.Path) == 1 && c.Path[0] == "sub":
			return access.Text("u1")
		}
		return access.Value{}
	}}
	const role = "(select auth.jwt() ->> 'user_role')"
	for text, want := range map[string]access.Truth{
		"true":                                                          access.True,
		role + " = 'agent'":                                             access.Null,
		role + " <> 'agent'":                                            access.Null,
		role + " in ('agent', 'admin')":                                 access.Null,
		role + " not in ('agent', 'admin')":                             access.Null,
		role + " is null":                                               access.True,
		role + " is not null":                                           access.False,
		role + " is distinct from 'agent'":                              access.True,
		role + " is not distinct from 'agent'":                          access.False,
		"(" + role + " = 'agent') is not true":                          access.True,
		"not (" + role + " = 'agent')":                                  access.Null,
		"coalesce(" + role + ", 'agent') = 'agent'":                     access.True,
		"coalesce(" + role + ", '') = 'agent'":                          access.False,
		"coalesce(" + role + ", owner) = owner":                         access.True | access.Null,
		"coalesce(" + role + ", owner) = number":                        access.Unknown,
		"coalesce(" + role + ", id) = id":                               access.True,
		"id <> coalesce(" + role + ", id)":                              access.False,
		"coalesce(owner, id) = coalesce(owner, number)":                 access.Unknown,
		"lower(" + role + ") = 'agent'":                                 access.Null,
		"case when " + role + " = 'agent' then true else false end":     access.False,
		"auth.jwt() ->> 'sub' in ('u1', 'u2')":                          access.True,
		role + " = 'agent' or auth.jwt() ->> 'sub' = 'u1'":              access.True,
		role + " = 'agent' and auth.jwt() ->> 'sub' = 'u2'":             access.False,
		"owner = 'u1'":                                                  access.Unknown,
		"owner is null":                                                 access.True | access.False,
		"owner = 'u1' and " + role + " = 'agent'":                       access.False | access.Null,
		"exists (select 1 from t where t.r = " + role + ")":             access.False,
		"not exists (select 1 from t where t.r = " + role + ")":         access.True,
		"exists (select 1 from t where t.owner = auth.jwt() ->> 'sub')": access.True | access.False,
		role + " in (select r from t)":                                  access.False | access.Null,
		role + " = any (roles)":                                         access.False | access.Null,
		"(select t.r from t where t.r = " + role + ") = 'x'":            access.Null,
		"nullif(auth.jwt() ->> 'sub', 'u1') = 'u1'":                     access.Null,
		"auth.jwt() -> 'user_role' @> '{\"a\": 1}'":                     access.Null,
		"not '{\"a\": 1}' <@ (auth.jwt() -> 'user_role')":               access.Null,
		"case when true then true else owner = 'u1' end":                access.True,
	} {
		e, err := expr.Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := env.Eval(e); got != want {
			t.Errorf("%s is %03b, want %03b", text, got, want)
		}
	}
}
