package project

import (
	"net/url"
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "csp-blocks-websocket",
	Title:    "Content security policy that blocks Realtime's connection",
	Category: rules.CategoryRealtime,
	Severity: rules.Error,
	Needs:    rules.NeedsProject,
	Why: `
Realtime is a WebSocket: ` + "`wss://PROJECT.supabase.co`" + `. A policy whose connect-src has
only ` + "`https://PROJECT.supabase.co`" + ` lets every request through and blocks the socket:
https in a policy does not cover wss. Such headers are mostly sent in production
only, where channels then end with CHANNEL_ERROR.`,
	Fix: `
` + "```" + `
connect-src 'self' https://PROJECT.supabase.co wss://PROJECT.supabase.co;
` + "```",
	Refs: []string{
		"https://www.w3.org/TR/CSP3/#match-schemes",
		"https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy/connect-src",
	},
	Check: func(p *rules.Pass) {
		published := len(p.ExpectedTables()) > 0
		told := map[catalog.Ref]bool{}
		for _, c := range p.Project.Policies {
			sources, directive, known := c.ConnectSources()
			host := supabaseHost(sources)
			switch {
			case host == "" || allowsSocket(sources, host) || told[c.Ref()]:
			case !known:
				p.Doubt(c.Ref(), c.Origin, directive+" is computed in part: whether it lets Realtime's connection through is not known")
			default:
				told[c.Ref()] = true
				f := p.ReportRef(c.Ref(), c.Origin, "content security policy of "+c.File+" allows "+host+" and not wss://"+hostOf(host)+" in "+directive)
				if !published {
					p.Soften(f, rules.Info) // nothing says that clients use Realtime
				}
			}
		}
	},
})

// supabaseHost is the source for Supabase's own API that a policy names, ""
// when there is none: then the page does not speak with it, or by another name.
func supabaseHost(sources []string) string {
	for _, s := range sources {
		if host := hostOf(s); strings.HasPrefix(strings.ToLower(s), "https://") && (host == "*.supabase.co" || strings.HasSuffix(host, ".supabase.co")) {
			return s
		}
	}
	return ""
}

// allowsSocket reports whether a source lets wss to the host through, or might.
// One without a scheme is for browsers to argue about, so it might.
func allowsSocket(sources []string, host string) bool {
	return slices.ContainsFunc(sources, func(s string) bool {
		s = strings.ToLower(s)
		switch scheme, _, _ := strings.Cut(s, ":"); {
		case s == "*", s == "wss:", s == "ws:":
			return true
		case scheme == "wss", scheme == "ws":
			return covers(hostOf(s), hostOf(host))
		case strings.HasPrefix(s, "'"), strings.Contains(s, "://"), strings.HasSuffix(s, ":"):
			return false
		}
		return covers(hostOf("https://"+s), hostOf(host))
	})
}

// covers reports whether a host of a policy, perhaps with a wildcard, is
// another one or stands for it.
func covers(pattern, host string) bool {
	if pattern == host {
		return true
	}
	rest, wild := strings.CutPrefix(pattern, "*.")
	return wild && strings.HasSuffix(host, "."+rest)
}

func hostOf(source string) string {
	u, err := url.Parse(strings.ReplaceAll(strings.ToLower(source), "*", "xwildx"))
	if err != nil {
		return ""
	}
	return strings.ReplaceAll(u.Hostname(), "xwildx", "*")
}
