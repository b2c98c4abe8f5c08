package project

import (
	"fmt"

	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "major-version-mismatch",
	Title:    "The database is another major version than config.toml says",
	Severity: rules.Warning,
	Needs:    rules.NeedsProject | rules.NeedsDatabase,
	Why: `
` + "`db.major_version`" + ` chooses the PostgreSQL that developers and CI run migrations on.
Where the hosted database is another version, what works on every machine may be
refused there, and ` + "`supabase db diff`" + ` and ` + "`db pull`" + ` compare unlike servers.`,
	Fix: `
Set it to what the hosted database answers to ` + "`show server_version`" + `:

` + "```toml" + `
[db]
major_version = 15
` + "```",
	Refs: []string{docs},
	Check: func(p *rules.Pass) {
		setting := p.Project.Config.Local.Setting("db.major_version")
		server := int64(p.Source.Version / 10000)
		want := setting.Int()
		if !want.Known || server == 0 || want.Value == server {
			return
		}
		for _, r := range p.Project.Config.Remotes {
			if r.Setting("db.major_version").Int().Is(server) {
				return // this may be that one
			}
		}
		p.ReportRef(setting.Ref(), setting.Origin(), fmt.Sprintf("db.major_version is %d, and the server is PostgreSQL %d", want.Value, server))
	},
})
