package report

import (
	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/flow"
	"policylint/inspect/hook"
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
		in.Hook, in.Function = h.Name, h.Function()
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
