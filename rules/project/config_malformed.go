package project

import (
	"policylint/inspect/catalog"
	"policylint/inspect/project"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "config-malformed",
	Title:    "config.toml is not TOML",
	Severity: rules.Error,
	Needs:    rules.NeedsProjectFile,
	Why: `
The Supabase CLI refuses to do anything in a project whose config.toml it cannot
read: no start, no push, no deploy. No other rule can judge the file either.`,
	Fix: `
Mend the line. A text stands in quotes, a key stands once in its table, and a
table has one header.`,
	Refs: []string{"https://toml.io/en/v1.0.0"},
	Check: func(p *rules.Pass) {
		if f := p.Project.Fault; f != nil {
			p.ReportRef(catalog.Ref{Kind: "file", Name: project.ConfigFile}, f.Origin, "config.toml is not TOML: "+f.Message)
		}
	},
})
