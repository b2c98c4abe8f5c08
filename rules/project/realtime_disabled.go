package project

import (
	"fmt"

	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "realtime-disabled",
	Title:    "Realtime is switched off and tables are published",
	Category: rules.CategoryRealtime,
	Severity: rules.Error,
	Needs:    rules.NeedsProject,
	Why: `
With ` + "`[realtime] enabled = false`" + ` the stack on a developer's machine has no Realtime:
every channel ends with an error there, and nothing that depends on it is ever
tried before production.`,
	Fix: `
` + "```toml" + `
[realtime]
enabled = true
` + "```",
	Refs: []string{docs},
	Check: func(p *rules.Pass) {
		enabled := p.Project.Config.Local.Setting("realtime.enabled")
		if !enabled.Bool().Is(false) {
			return
		}
		tables := p.ExpectedTables()
		if len(tables) == 0 {
			return
		}
		more := ""
		if n := len(tables) - 1; n > 0 {
			more = fmt.Sprintf(" and %d more", n)
		}
		f := p.ReportRef(enabled.Ref(), enabled.Origin(), "realtime.enabled is false, and Realtime should deliver "+tables[0].Table.String()+more)
		if !tables[0].Configured {
			p.Soften(f, rules.Warning) // published, but whether a client listens is not known
		}
	},
})
