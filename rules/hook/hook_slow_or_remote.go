package hook

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "hook-slow-or-remote",
	Title:    "The access token hook waits",
	Severity: rules.Warning,
	Why: `
Auth gives the hook two seconds, and every sign-in and refresh waits for it. A call
over the network or a sleep makes all of them as slow as the slowest answer, and
fails them when there is none.`,
	Fix: `
Fetch what the hook needs beforehand, into a table, and have it read that.`,
	Refs: docs,
	Check: func(p *rules.Pass) {
		r, ok := meant(p)
		if !ok {
			return
		}
		for _, c := range r.Calls {
			if remote(p, c.Function) {
				report(p, r, c.At, "calls "+c.Function+on(r.Function, c.At))
				return
			}
		}
	},
})

// remote reports whether a function sleeps or talks to another server: those of
// PostgreSQL and of the extensions http, pg_net and dblink. What pg_net sends
// goes out later, and its answer cannot be had in time.
func remote(p *rules.Pass, name string) bool {
	schema, bare, ok := strings.Cut(name, ".")
	switch {
	case !ok:
		return strings.HasPrefix(name, "pg_sleep")
	case schema == "net" || strings.HasPrefix(bare, "dblink"):
		return true
	case bare != "http" && !strings.HasPrefix(bare, "http_"):
		return false
	}
	o, known := p.Functions.Get(catalog.Name{Schema: schema, Name: bare})
	return schema == "extensions" || known && o.Functions[0].Extension == "http"
}
