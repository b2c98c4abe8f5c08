package report

import (
	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/flow"
	"policylint/inspect/hook"
	"policylint/inspect/project"
	"policylint/rules"
)

// Flow is how the users of a project come to their realtime updates.
func Flow(p *rules.Pass) *flow.Graph { return flow.Build(FlowInput(p)) }

// FlowInput is what that picture is made from.
func FlowInput(p *rules.Pass) flow.Input {
	in := flow.Input{Catalog: p.Catalog, Judge: p.Access(), Publication: p.PublicationName(), Subjects: p.Subjects()}
	listed := map[catalog.Name]bool{}
	for _, e := range p.ExpectedTables() {
		listed[e.Table] = true
		in.Tables = append(in.Tables, flow.Wanted{Name: e.Table, Expected: e.Configured, Identity: e.Identity})
	}
	for t := range p.Published() {
		if !listed[t.Name] {
			in.Tables = append(in.Tables, flow.Wanted{Name: t.Name})
		}
	}
	if h, ok := p.Hook(); ok {
		in.Hook, in.Function, in.Switch = h.Name, h.Function(), hookSwitch(p, h)
	}
	if r, ok := p.HookEffect(); ok {
		in.Effect = r
		in.Real = hook.Interpret(p.Catalog, r.Function, hook.Options{Role: p.Config.HookRole()})
	}
	for _, c := range p.Claims() {
		for _, path := range c.Paths {
			in.Claims = append(in.Claims, flow.Values{Path: path, Values: c.Values})
		}
	}
	if p.Config != nil {
		for _, e := range p.Config.Expect {
			if v, asked := e.Verdicts[catalog.ForSelect]; asked {
				in.Expect = append(in.Expect, flow.Expected{Subject: e.Subject, Table: e.Table, Select: access.Verdict(v)})
			}
		}
	}
	return in
}

// hookSwitch is what config.toml says of the use of the hook, as the rule
// hook-not-configured weighs it.
func hookSwitch(p *rules.Pass, h rules.Hook) flow.Switch {
	if p.Project == nil || p.Project.Config == nil {
		return flow.Switch{}
	}
	use, elsewhere := p.Project.Config.HookUse(project.AccessToken)
	section, name := "auth.hook."+project.AccessToken, h.Name.String()
	switch use {
	case project.HookOff:
		return flow.Switch{State: flow.Broken, Fact: "not enabled in config.toml", Why: section + " is not enabled in config.toml: Auth does not run " + name}
	case project.HookOffHere:
		return flow.Switch{State: flow.Partial, Fact: "not enabled on a developer's machine", Why: section + " is enabled for " + elsewhere[0].Enabled.Target.Name + " and not on a developer's machine"}
	case project.HookUnset:
		return flow.Switch{State: flow.Partial, Fact: "not in config.toml", Why: "config.toml does not enable " + section + ": on a developer's machine Auth does not run " + name}
	case project.HookByVariable:
		return flow.Switch{State: flow.Unsure, Fact: "enabled or not: by the environment", Why: "whether " + section + " is enabled comes from the environment"}
	}
	return flow.Switch{}
}
