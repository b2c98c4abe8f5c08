package hook

import (
	"policylint/inspect/hook"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-unqualified-name",
	Title:    "The access token hook uses a name without its schema",
	Severity: rules.Error,
	Why: `
Auth calls the hook with search_path ` + "`auth`" + `. A table, type or function of another
schema that is named without it is not found: 42P01, 42704 or 42883, and every
sign-in fails. In the SQL editor, as ` + "`postgres`" + `, the same function works.`,
	Fix: `
Name the schema, and pin the path:

` + "```sql" + `
create or replace function public.custom_access_token_hook(event jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  assigned public.user_role;
begin
  select role into assigned from public.profiles where id = (event->>'user_id')::uuid;
  return jsonb_set(event, '{claims,user_role}', coalesce(to_jsonb(assigned), 'null'));
end
$$;
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		r, ok := effect(p, hook.Options{Granted: true})
		if !ok {
			return
		}
		for _, e := range r.Raises {
			if e.Name != "" && e.SQLState != "42702" {
				report(p, r, e.At, often(e.When)+"fails"+on(r.Function, e.At)+" with "+e.SQLState+", "+e.Message)
				return
			}
		}
	},
})
