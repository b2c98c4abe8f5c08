// Package project has the rules about the configuration beside the database:
// config.toml, and the lists of origins and content security policies.
package project

import (
	"policylint/inspect/catalog"
	"policylint/inspect/project"
	"policylint/rules"
)

// docs is where Supabase describes config.toml.
const docs = "https://supabase.com/docs/guides/local-development/cli/config"

// hosted yields what config.toml describes of hosted projects: its remotes,
// and the base itself where a script pushes it.
func hosted(p *rules.Pass) []*project.Target {
	c := p.Project.Config
	out := append([]*project.Target{}, c.Remotes...)
	if len(p.Project.Pushes) > 0 {
		out = append(out, c.Local)
	}
	return out
}

// related lists the places that are known.
func related(message string, places ...catalog.Origin) []rules.Related {
	var out []rules.Related
	for _, at := range places {
		if !at.IsZero() {
			out = append(out, rules.Related{Origin: at, Message: message})
		}
	}
	return out
}

// top is where a finding about the whole of config.toml stands.
func top(p *rules.Pass) catalog.Origin {
	return catalog.Origin{File: p.Project.File, Line: 1, Column: 1, EndLine: 1, EndColumn: 1}
}
