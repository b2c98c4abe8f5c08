package policies

import (
	"strings"

	"policylint/inspect/expr"
	"policylint/inspect/static/builtin"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "setting-without-prefix",
	Title:    "Policy reads a setting that nobody can set",
	Severity: rules.Error,
	Why: `
A setting of an application needs a prefix with a dot, as in ` + "`app.tenant_id`" + `. A name
without one is a parameter of the server, and there is none of this name: SET and
set_config refuse it, and the policy raises an error for each query, or, where it
asks with ` + "`missing_ok`" + `, is null and lets nobody in.`,
	Fix: `
` + "```sql" + `
alter policy "rows of the tenant" on public.orders
  using (tenant_id = (select current_setting('app.tenant_id', true)));
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/runtime-config-custom.html"},
	Check: func(p *rules.Pass) {
		p.OncePerPolicy(expr.HasSetting, func(s *rules.Side) string {
			found := ""
			expr.Walk(s.Expr, func(x expr.Expr) bool {
				if v, ok := x.(*expr.Setting); ok && !strings.Contains(v.Name, ".") && !builtin.IsParameter(v.Name) {
					found = v.Name
				}
				return found == ""
			})
			if found == "" {
				return ""
			}
			return "reads setting " + found + ", which the server does not have and nobody can set"
		})
	},
})
