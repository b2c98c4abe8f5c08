package project

import (
	"policylint/inspect/project"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "remote-override-conflict",
	Title:    "A remote switches off what the application needs",
	Severity: rules.Error,
	Needs:    rules.NeedsProject,
	Why: `
A section ` + "`[remotes.NAME]`" + ` overrides single settings for one hosted project. Where it
switches the access token hook or Realtime off, or names another hook, the
application works on every machine but that one: its tokens lack the claims that
the policies read. Two remotes with one project_id, or one that is no reference of
a project, stop every command of the CLI.`,
	Fix: `
Take the override out, or make both sides the same:

` + "```toml" + `
[remotes.production.auth.hook.custom_access_token]
enabled = true
` + "```",
	Refs: []string{"https://supabase.com/docs/guides/deployment/branching/configuration", docs},
	Check: func(p *rules.Pass) {
		c := p.Project.Config
		seen := map[string]*project.Target{}
		for _, r := range c.Remotes {
			checkIdentity(p, r, seen)
			checkSwitch(p, r, "realtime.enabled", true)
			checkSwitch(p, r, "auth.hook."+project.AccessToken+".enabled", false)
			checkFunction(p, r)
		}
	},
})

// checkIdentity holds that a remote is one project, and no other's.
func checkIdentity(p *rules.Pass, r *project.Target, seen map[string]*project.Target) {
	id := r.Own("project_id")
	switch other := seen[r.Project()]; {
	case !id.Given():
		p.ReportRef(r.Ref(), r.Origin, "remotes."+r.Name+" has no project_id")
	case id.Text().Known && r.Project() == "":
		p.ReportRef(id.Ref(), id.Origin(), "remotes."+r.Name+".project_id is no reference of a project: 20 lower-case letters")
	case r.Project() != "" && other != nil:
		f := p.ReportRef(id.Ref(), id.Origin(), "remotes."+r.Name+" is the same project as remotes."+other.Name)
		f.Related = related("remotes."+other.Name, other.Own("project_id").Origin())
	case r.Project() != "":
		seen[r.Project()] = r
	}
}

// checkSwitch reports what is on here and off there.
func checkSwitch(p *rules.Pass, r *project.Target, path string, otherwise bool) {
	base, own := p.Project.Config.Local.Setting(path), r.Own(path)
	if own.Bool().Is(false) && base.Or(otherwise).Is(true) {
		f := p.ReportRef(own.Ref(), own.Origin(), "remotes."+r.Name+" switches "+path+" off, which is on otherwise")
		f.Related = related("on here", base.Origin())
	}
}

// checkFunction reports another hook there than here.
func checkFunction(p *rules.Pass, r *project.Target) {
	base, own := p.Project.Config.Local.Hook(project.AccessToken), r.Own("auth.hook."+project.AccessToken+".uri")
	here, isFunction := base.Function()
	if !isFunction || !own.Text().Known || !base.On().Is(true) || !r.Hook(project.AccessToken).On().Is(true) {
		return
	}
	u := project.ParseHookURI(own.Text().Value)
	if u.Fault != "" || u.Function == here {
		return // the former is hook-uri-invalid
	}
	there := u.Function.String()
	if there == "" {
		there = "an " + u.Scheme + " hook"
	}
	f := p.ReportRef(own.Ref(), own.Origin(), "remotes."+r.Name+" uses "+there+" as access token hook, and "+here.String()+" is used otherwise")
	f.Related = related("here", base.URI.Origin())
}
