package access_test

// cond is a random condition.
func (g gen) cond(depth int) cond {
	if depth > 0 && g.IntN(2) == 0 {
		l, r := g.cond(depth-1), g.cond(depth-1)
		switch g.IntN(11) {
		case 0, 1:
			return cond{"(%s and %s)", []cond{l, r}}
		case 2, 3:
			return cond{"(%s or %s)", []cond{l, r}}
		case 4:
			return cond{"(not %s)", []cond{l}}
		case 5:
			return cond{"((%s) is " + g.pick("", "not ") + g.pick("true", "false", "null", "unknown") + ")", []cond{l}}
		case 6:
			return cond{"(case when %s then %s else %s end)", []cond{g.cond(depth - 1), l, r}}
		case 7:
			return cond{"coalesce(%s, %s)", []cond{l, r}}
		case 8:
			return cond{"(%s " + g.pick("=", "<>", "is distinct from", "is not distinct from") + " %s)", []cond{leaf(g.onClaim()), leaf(g.onClaim())}}
		case 9:
			return cond{"(select %s)", []cond{leaf(g.onClaim())}}
		default:
			return cond{"(case when %s then %s when %s then %s end)", []cond{g.cond(0), l, g.cond(0), r}}
		}
	}
	switch g.IntN(7) {
	case 0, 1:
		return leaf(g.onClaim())
	case 2:
		return leaf(g.onRow())
	case 3:
		return leaf(g.onCast())
	case 4:
		return leaf(g.onJSON())
	case 5:
		return leaf(g.onQuery())
	}
	return leaf(g.onCall())
}

func (g gen) claim() string {
	c := g.pick("auth.jwt() ->> 'user_role'", "auth.jwt() ->> 'user_role'", "auth.jwt() -> 'app_metadata' ->> 'user_role'", "auth.jwt() #>> '{app_metadata,user_role}'",
		"auth.jwt() ->> 'role'", "auth.role()", "auth.jwt() ->> 'org'", "auth.jwt() -> 'user_metadata' ->> 'user_role'", "private.role()",
		"current_setting('request.jwt.claims', true)::jsonb ->> 'user_role'", "nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'user_role'",
		"auth.jwt() ->> 'level'", "lower(auth.jwt() ->> 'user_role')", "split_part(auth.jwt() ->> 'user_role', ':', 1)", "auth.jwt() ->> 'nested.key'",
		"nullif(auth.jwt() ->> 'user_role', '')", "current_setting('request.jwt.claim.user_role', true)", "current_setting('app.role', true)",
		"coalesce(auth.jwt() ->> 'user_role', auth.jwt() -> 'app_metadata' ->> 'user_role')", "auth.jwt() -> 'roles' ->> 0", "auth.jwt() #>> '{roles,0}'",
		"trim(auth.jwt() ->> 'user_role')", "auth.email()", "auth.jwt() ->> 'aal'",
		"case auth.jwt() ->> 'user_role' when 'agent' then 'acme' when 'customer' then auth.jwt() ->> 'org' end")
	if g.IntN(3) == 0 {
		return "(select " + c + ")"
	}
	return "(" + c + ")"
}

func (g gen) text() string {
	return g.pick("'agent'", "'customer'", "'authenticated'", "'acme'", "''", "'5'", "'agent'", "'Agent'")
}

func (g gen) onClaim() string {
	c := g.claim()
	switch g.IntN(16) {
	case 0, 1, 2:
		return "(" + c + " " + g.pick("=", "<>", "=", ">", "<=") + " " + g.text() + ")"
	case 3:
		return "(" + c + g.pick("", " not") + " in ('agent', " + g.text() + "))"
	case 4:
		return "(" + c + " is " + g.pick("", "not ") + "distinct from " + g.text() + ")"
	case 5:
		return "(" + c + " is " + g.pick("", "not ") + "null)"
	case 6:
		return "(coalesce(" + c + ", " + g.text() + ") = " + g.text() + ")"
	case 7:
		return "(" + c + g.pick("", " not") + g.pick(" like ", " ilike ") + g.pick("'ag%'", "'%t'", "'a_ent'") + ")"
	case 8:
		return "(" + c + " = " + g.pick("any", "all") + " (" + g.pick("array['agent', 'admin']", "'{agent,customer}'::text[]", "array["+g.claim()+", 'acme']", "string_to_array('agent,acme', ',')") + "))"
	case 9:
		return "(" + c + " <> " + g.pick("any", "all") + " (" + g.pick("array['agent', 'admin']", "'{agent,customer}'::text[]") + "))"
	case 10:
		return "(" + c + " || ':' = " + g.pick("'agent:'", "'acme:'") + ")"
	case 11:
		return "(" + c + " ~ " + g.pick("'^ag'", "'t$'", "'[A-Z]'") + ")"
	case 12:
		return "(" + c + " between 'a' and 'b')"
	case 13:
		return "((" + c + ", auth.jwt() ->> 'org') = ('agent', 'acme'))"
	case 14:
		return "(" + c + " = " + g.claim() + ")"
	}
	return "(length(" + c + ") " + g.pick(">", "=", "<") + " 5)"
}

func (g gen) onRow() string {
	switch g.IntN(8) {
	case 0, 1:
		return "(owner = " + g.pick("auth.uid()", "(select auth.uid())", "(auth.jwt() ->> 'sub')::uuid", "((select auth.jwt()) ->> 'sub')::uuid") + ")"
	case 2:
		return "(status = " + g.pick("'open'", g.claim()) + ")"
	case 3:
		return g.pick("(status is not null)", "(level is null)", "(id = id)", "(level = level)", "(status <> status)", "(level > 3)", "true", "false", "null::boolean", "flag", "(not flag)", "(flag is not null)", "(owner is not distinct from auth.uid())")
	case 4:
		return "(" + g.pick(g.claim(), "'x'", "'agent'") + " = any (" + g.pick("tags", "coalesce(tags, '{}')") + "))"
	case 5:
		return "(tags " + g.pick("&&", "@>", "<@") + " array[" + g.pick("'agent'", g.claim()) + "])"
	case 6:
		return "(" + g.pick("meta ->> 'org' = "+g.claim(), "meta @> '{\"org\": \"acme\"}'", "meta ? 'k'", "coalesce(meta ->> 'org', 'acme') = 'acme'", "(meta -> 'k') @> '[\"agent\"]'") + ")"
	}
	return "(" + g.pick("coalesce(level, 0) >= 0", "role = 'agent'", "role::text = "+g.claim(), "level between 1 and 5", "coalesce(owner, auth.uid()) = auth.uid()", "level is distinct from 1", "coalesce(flag, false)", "array_length(tags, 1) > 0", "cardinality(tags) >= 0") + ")"
}

func (g gen) onCast() string {
	switch g.IntN(9) {
	case 0:
		return "((auth.jwt() ->> 'level')::" + g.pick("integer", "bigint", "numeric", "smallint", "float8", "text::integer") + " " + g.pick(">=", "=", "<") + " " + g.pick("3", "5", "level") + ")"
	case 1:
		return "((auth.jwt() ->> 'user_role')::public.app_role = " + g.pick("'agent'", "role") + ")"
	case 2:
		return "((auth.jwt() -> 'user_role')" + g.pick("::text = 'agent'", " = '\"agent\"'", "::text = '\"agent\"'", " <> 'null'") + ")"
	case 3:
		return "((auth.jwt() ->> 'is_anonymous')::boolean is " + g.pick("false", "true", "not true") + ")"
	case 4:
		return "((auth.jwt() ->> 'org')::uuid = " + g.pick("owner", "auth.uid()") + ")"
	case 5:
		return "((auth.jwt() -> 'level')::" + g.pick("integer", "numeric", "text::integer") + " > 1)"
	case 6:
		return "((auth.jwt() -> 'is_anonymous')::boolean)"
	case 7:
		return "(to_timestamp((auth.jwt() ->> 'exp')::bigint) > now())"
	}
	return "((auth.jwt() ->> 'user_role')::" + g.pick("jsonb ? 'a'", "boolean", "date < current_date", "text[] @> '{agent}'", "varchar(3) = 'age'", "name = 'agent'", "uuid is not null") + ")"
}

func (g gen) onJSON() string {
	roles := "auth.jwt() -> 'roles'"
	switch g.IntN(8) {
	case 0:
		return "(auth.jwt() @> '" + g.pick(`{"user_role": "agent"}`, `{"app_metadata": {"user_role": "agent"}}`, `{"roles": ["admin"]}`, `{"level": 5}`, `{}`) + "')"
	case 1:
		return "((" + roles + ") " + g.pick("? 'admin'", "?| array['admin', 'x']", "?& array['x', 'open']", `@> '["admin"]'`, `@> '"admin"'`, `<@ '["admin", "x"]'`, `= '["admin"]'`) + ")"
	case 2:
		return "(auth.jwt() ? " + g.pick("'user_role'", "'roles'", "'nothing'") + ")"
	case 3:
		return "(" + g.pick("status", "'admin'", g.claim()) + " in (select jsonb_array_elements_text(" + roles + ")))"
	case 4:
		return "('admin' " + g.pick("= any (array(select jsonb_array_elements_text("+roles+")))", "= any (string_to_array(auth.jwt() ->> 'user_role', ','))", "= any (select jsonb_array_elements_text(coalesce("+roles+", '[]')))") + ")"
	case 5:
		return "(" + g.pick("jsonb_array_length("+roles+") > 0", "jsonb_typeof("+roles+") = 'array'", "coalesce(jsonb_array_length("+roles+"), 0) = 0", roles+" is null", roles+" <> 'null'", "jsonb_path_exists(auth.jwt(), '$.roles[*] ? (@ == \"admin\")')") + ")"
	case 6:
		return "(" + g.pick("auth.jwt()['user_role'] = '\"agent\"'", "auth.jwt()['app_metadata']['user_role'] is not null", "auth.jwt() #> '{roles,0}' = '\"admin\"'", "auth.jwt() -> 'app_metadata' -> 'orgs' ? 'acme'", "auth.jwt() -> 'app_metadata' <> '{}'", "(auth.jwt() -> 'app_metadata') @> '{\"user_role\": \"agent\"}'") + ")"
	}
	return "(exists (select 1 from jsonb_array_elements_text(" + g.pick(roles, "coalesce("+roles+", '[]')") + ") as r(v) where r.v = " + g.pick("'admin'", "t.status") + "))"
}

func (g gen) onQuery() string {
	member := "from public." + g.pick("members", "my_members", "all_members") + " m where " + g.pick("m.user_id = auth.uid()", "m.user_id = t.owner", "m.org = "+g.claim(), "m.user_id = auth.uid() and m.org = 'acme'")
	switch g.IntN(10) {
	case 0, 1:
		return "(" + g.pick("", "not ") + "exists (select 1 " + member + "))"
	case 2:
		return "(exists (select 1 from public.orgs o where " + g.pick("o.open", "o.id = "+g.claim(), "o.open and o.id = t.status") + "))"
	case 3:
		return "(" + g.pick("status", g.claim()) + g.pick("", " not") + " in (select m.org " + member + "))"
	case 4:
		return "((select m.org " + member + " limit 1) = " + g.pick("'acme'", g.claim()) + ")"
	case 5:
		return "((select count(*) " + member + ") " + g.pick("> 0", "= 0", ">= 0") + ")"
	case 6:
		return "(exists (select 1 from public.members m " + g.pick("join", "left join", "join") + " public.orgs o on o.id = m.org where m.user_id = auth.uid()" + g.pick("", " and o.open") + "))"
	case 7:
		return "(exists (select 1 from public.teams x where " + g.pick("x.lead = auth.uid()", "x.id = t.id", "x.name = "+g.claim(), "exists (select 1 from public.orgs o where o.id = x.name)") + "))"
	case 8:
		return "(status " + g.pick("in", "not in", "= any", "<> all") + " (select " + g.pick("private.my_orgs()", "private.seen_orgs()", "o.id from public.orgs o where o.open") + "))"
	}
	return "((select " + g.pick("max(m.rank)", "bool_or(m.rank > 0)::integer", "min(m.rank)") + " from public.members m where m.user_id = auth.uid()) " + g.pick("> 0", "is null", "is not null") + ")"
}

func (g gen) onCall() string {
	f := g.pick("private.is_staff()", "private.is_member()", "private.has_role('agent')", "private.has_role(status)", "private.owns(owner)", "private.owns(auth.uid())", "private.may()",
		"(private.level() >= 3)", "(private.level() = level)", "(private.rank_of(auth.jwt() ->> 'user_role') >= 2)", "(private.rank_of(status) >= 2)",
		"(current_user = 'authenticated')", "(current_role <> 'anon')",
		"(auth.uid() is not null)", "(auth.uid() is null)", "(auth.role() = 'authenticated')", "(auth.jwt() is null)", "(auth.jwt() is not null)", "(now() > '2020-01-01')",
		"(current_setting('app.tenant', true) = 'x')", "(current_setting('app.tenant') = 'x')", "(current_setting('request.jwt.claim.sub', true)::uuid = owner)", "(current_setting('role') = 'anon')",
		"starts_with(auth.jwt() ->> 'user_role', 'ag')", "(position('gent' in (auth.jwt() ->> 'user_role')) > 0)", "(concat(auth.jwt() ->> 'user_role', 'x') = 'agentx')",
		"(replace(auth.jwt() ->> 'user_role', ':1', '') = 'agent')", "(left(auth.jwt() ->> 'user_role', 2) = 'ag')", "(initcap(auth.jwt() ->> 'user_role') = 'Agent')", "(greatest(auth.jwt() ->> 'org', 'b') = 'b')")
	if g.IntN(3) == 0 {
		return "(select " + f + ")"
	}
	return f
}
