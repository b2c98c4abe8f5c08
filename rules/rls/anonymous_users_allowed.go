package rls

import (
	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/rules"
)

// anonymousOptions are the options of the rule.
type anonymousOptions struct {
	SignIns bool `yaml:"sign_ins"` // anonymous sign-ins are enabled in the project
}

var _ = rules.Register(&rules.Rule{
	ID:       "anonymous-users-allowed",
	Title:    "Policy that counts anonymous users as signed in",
	Severity: rules.Info,
	From:     rules.Audit,
	Why: `
A user who signed in anonymously has the role authenticated, like everybody with
an account; only the claim is_anonymous tells them apart. Where anonymous
sign-ins are enabled, a policy for authenticated that asks for nothing more is
open to anyone.`,
	Fix: `
Ask for the claim, most simply in a restrictive policy:

` + "```sql" + `
create policy "accounts only" on public.articles
  as restrictive for all to authenticated
  using ((select auth.jwt() ->> 'is_anonymous') is distinct from 'true');
` + "```" + `

The rule needs to know that anonymous sign-ins are enabled: from config.toml
(` + "`auth.enable_anonymous_sign_ins`" + `), or by its option.`,
	Refs: []string{
		"https://supabase.com/docs/guides/auth/auth-anonymous",
		"https://supabase.com/docs/guides/database/database-advisors?lint=0012_auth_allow_anonymous_sign_ins",
	},
	Options: func() any { return &anonymousOptions{} },
	Access:  true,
	Check: func(p *rules.Pass) {
		if enabled := signIns(p); !enabled.Known {
			p.Skip("whether anonymous sign-ins are enabled is not known: set sign_ins under rules in rules.yaml")
			return
		} else if !enabled.Value {
			return
		}
		visitor := access.NewSubject("an anonymous user", map[string]any{"is_anonymous": true})
		for t := range p.ProjectTables() {
			if !p.Exposed(t.Name.Schema) || !t.RLS.Is(true) {
				continue
			}
			told := map[*catalog.Policy]bool{}
			for _, command := range access.Commands {
				c := p.Access().Cell(visitor, t, command)
				if c.Verdict != access.Always || c.Policy == nil || told[c.Policy] || c.Policy.AppliesTo(catalog.Anon) {
					continue
				}
				told[c.Policy] = true
				p.Report(c.Policy, c.Origin, c.Policy.Ref().String()+" lets anonymous users "+string(command)+" every row")
			}
		}
	},
})

// signIns says whether anonymous sign-ins are enabled: by the option, or in any
// of the stacks of config.toml.
func signIns(p *rules.Pass) catalog.Fact[bool] {
	if p.Options.(*anonymousOptions).SignIns {
		return catalog.Of(true, catalog.Origin{})
	}
	if p.Project == nil || p.Project.Config == nil {
		return catalog.Fact[bool]{}
	}
	var out catalog.Fact[bool]
	for _, t := range p.Project.Config.Targets() {
		f := t.Setting("auth.enable_anonymous_sign_ins").Bool()
		if f.Is(true) || f.Known && !out.Known {
			out = f
		}
	}
	return out
}
