package realtime

import (
	"regexp"
	"strings"
	"sync"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "private-channel-policy-missing",
	Title:    "Broadcast into a private channel that nobody may join",
	Severity: rules.Error,
	Why: `
Messages that the database sends with realtime.broadcast_changes, or with
realtime.send unless its last argument is false, go to a private channel. A client
joins one only when a SELECT policy on realtime.messages lets it: without any, each
join ends with Unauthorized.`,
	Fix: `
` + "```sql" + `
create policy "members listen to their tickets" on realtime.messages
  for select to authenticated
  using (extension = 'broadcast' and (select realtime.topic()) like 'ticket:%');
` + "```",
	Refs: []string{
		"https://supabase.com/docs/guides/realtime/authorization",
		"https://supabase.com/docs/guides/realtime/broadcast",
	},
	Check: func(p *rules.Pass) {
		messages, ok := p.Tables.Get(catalog.Name{Schema: "realtime", Name: "messages"})
		if !ok || messages.Unsure.Any(catalog.Policies) {
			return
		}
		for pol := range messages.Policies() {
			if pol.Permissive && pol.Command.Covers(catalog.ForSelect) {
				return
			}
		}
		for f := range p.ProjectFunctions() {
			if !f.Body.Known || f.Unsure.Any(catalog.Body) {
				continue
			}
			if name := sendsPrivately(f.Body.Value); name != "" {
				p.Report(f, f.Origin, f.Ref().String()+" calls "+name+", and no SELECT policy on realtime.messages lets anyone join its channel")
			}
		}
	},
})

var (
	sqlComment = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?s)--[^\n]*|/\*.*?\*/`) })
	sends      = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?is)\brealtime\s*\.\s*(broadcast_changes|send)\s*\((.*?)\)\s*;`)
	})
)

// sendsPrivately names the function with which a body sends a message into a
// private channel; "" when it sends none that surely is private.
func sendsPrivately(body string) string {
	if !strings.Contains(strings.ToLower(body), "realtime") { // as nearly all: no need to read it
		return ""
	}
	for _, m := range sends().FindAllStringSubmatch(sqlComment().ReplaceAllString(body, ""), -1) {
		name, args := strings.ToLower(m[1]), strings.ToLower(strings.TrimSpace(m[2]))
		if name == "broadcast_changes" || !strings.HasSuffix(args, "false") {
			return "realtime." + name
		}
	}
	return ""
}
