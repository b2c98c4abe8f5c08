package project

import (
	"policylint/inspect/catalog"
	"policylint/inspect/project"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-not-configured",
	Title:    "The access token hook exists and is not enabled",
	Category: rules.CategoryHook,
	Severity: rules.Error,
	Needs:    rules.NeedsProject,
	Why: `
A hook function does nothing by being there. Auth calls it only where the hook is
enabled: on a machine by config.toml, in a hosted project by its settings or by
` + "`supabase config push`" + `, which switches a hook off that stands as
` + "`enabled = false`" + `. Until then tokens have no claims of the application's own, and
policies that read them let nobody through.`,
	Fix: `
` + "```toml" + `
[auth.hook.custom_access_token]
enabled = true
uri = "pg-functions://postgres/public/custom_access_token_hook"
` + "```" + `

In the hosted project: Authentication, Hooks, or ` + "`supabase config push`" + `. Sign in
again afterwards: older tokens keep their claims until they are refreshed.`,
	Refs: []string{"https://supabase.com/docs/guides/auth/auth-hooks", docs},
	Check: func(p *rules.Pass) {
		h, ok := p.Hook()
		if !ok || h.Function() == nil {
			return
		}
		local := p.Project.Config.Local
		config := local.Hook(project.AccessToken)
		use, elsewhere := p.Project.Config.HookUse(project.AccessToken)
		switch use {
		case project.HookOn, project.HookNoAuth:
			return
		case project.HookByVariable:
			p.Doubt(config.Enabled.Ref(), config.Enabled.Origin(), "whether the hook is enabled comes from the environment")
			return
		case project.HookUnsaid:
			// A file that only says which project this is: Auth is set up elsewhere.
			p.Doubt(config.Section.Ref(), top(p), "config.toml has no [auth]: whether the hook is enabled is for the dashboard to know")
			return
		}
		at, _ := local.Has("auth")
		message := "is not configured"
		switch {
		case config.Enabled.Given():
			at, message = config.Enabled.Origin(), "is not enabled"
		case config.Section.Given():
			at, message = config.Section.Origin(), "is not enabled"
		}
		f := p.ReportRef(config.Section.Ref(), at, config.Section.Path+" "+message+", and "+h.Name.String()+" exists")
		f.Related = related("the function", h.Function().Origin)
		if use != project.HookOff {
			p.Soften(f, rules.Warning) // a push leaves a hosted hook that is not spoken of as it is
		}
		for _, hook := range elsewhere {
			f.Message = config.Section.Path + " is enabled for " + hook.Enabled.Target.Name + " and not on a developer's machine"
			f.Related = append(f.Related, related("enabled here", hook.Enabled.Origin())...)
		}
	},
})

// sameName reports whether two names differ by the case of letters only.
func sameName(a, b catalog.Name) bool { return fold(a) == fold(b) }
