package rls

import (
	"fmt"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

type multipleOptions struct {
	Max int `yaml:"max"`
}

var _ = rules.Register(&rules.Rule{
	ID:       "multiple-permissive-policies",
	Title:    "Several permissive policies for the same role and command",
	Category: rules.CategoryPerformance,
	Severity: rules.Info,
	Why: `
Permissive policies add up: a row passes if any of them lets it. PostgreSQL joins
them with OR and may evaluate each for every row, and a reader has to find all of
them to know who sees what. One policy with the conditions in order of cost is
cheaper and plainer.`,
	Fix: `
Join them:

` + "```sql" + `
create policy "notes are read by their owner and by staff" on public.notes
  for select to authenticated
  using (owner_id = (select auth.uid()) or (select private.is_staff()));
` + "```",
	Refs:    []string{"https://supabase.com/docs/guides/database/database-advisors?lint=0006_multiple_permissive_policies"},
	Options: func() any { return &multipleOptions{Max: 1} },
	Check: func(p *rules.Pass) {
		most := p.Options.(*multipleOptions).Max
		for t := range p.ProjectTables() {
			if !t.RLS.Is(true) {
				continue
			}
			var crowded []string
			told := map[string]bool{}
			for _, role := range catalog.APIRoles() {
				if !p.Roles.Has(role) || p.BypassesRLS(role) {
					continue
				}
				for _, c := range catalog.Commands() {
					list := permissive(p, t, c, role)
					if len(list) <= most || !p.MayAnyColumn(role, t, c.Privilege()).Is(true) {
						continue
					}
					names := make([]string, len(list))
					for i, pol := range list {
						names[i] = pol.Name
					}
					if key := string(c) + "\n" + strings.Join(names, "\n"); !told[key] {
						told[key] = true
						crowded = append(crowded, fmt.Sprintf("%d to %s for %s (%s)", len(list), c, role, strings.Join(names, "; ")))
					}
				}
			}
			if len(crowded) > 0 {
				p.Report(t, t.Origin, t.Name.String()+" has several permissive policies: "+strings.Join(crowded, ", "))
			}
		}
	},
})
