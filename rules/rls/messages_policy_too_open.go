package rls

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "messages-policy-too-open",
	Title:    "Everyone may join, or send to, every private channel",
	Severity: rules.Warning,
	Why: `
Policies on realtime.messages decide who joins a private channel (SELECT) and who
sends to it (INSERT). One that looks neither at the topic nor at anything of the
user but being signed in lets each holder of the role into every channel of the
project, whatever the channels are called.`,
	Fix: `
Ask for the topic:

` + "```sql" + `
create policy "members listen to their rooms" on realtime.messages
  for select to authenticated
  using (exists (
    select 1 from public.members m
    where m.user_id = (select auth.uid()) and 'room:' || m.room = (select realtime.topic())
  ));
` + "```",
	Refs: []string{"https://supabase.com/docs/guides/realtime/authorization"},
	Check: func(p *rules.Pass) {
		t, ok := p.Tables.Get(catalog.Name{Schema: "realtime", Name: "messages"})
		if !ok {
			return
		}
		for pol := range t.Policies() {
			if pol.Platform || !pol.Permissive || pol.Unsure.Any(catalog.Existence) {
				continue
			}
			for _, c := range []catalog.Command{catalog.ForSelect, catalog.ForInsert} {
				e, at := p.Expanded(pol).Using, pol.UsingAt
				if c == catalog.ForInsert && pol.Check != nil {
					e, at = p.Expanded(pol).Check, pol.CheckAt
				}
				if !pol.Command.Covers(c) || e == nil || expr.AlwaysFalse(e, nil) || asks(e) || narrowed(p, t, c, pol.Roles) {
					continue
				}
				verb := "join"
				if c == catalog.ForInsert {
					verb = "send to"
				}
				if who := allowed(p, t, pol, c.Privilege()); len(who) > 0 {
					p.Report(pol, at, pol.Ref().String()+" lets "+and(who)+" "+verb+" every private channel")
					break
				}
			}
		}
	},
})

// asks reports whether an expression looks at the topic, or at more of the
// user than being signed in.
func asks(e expr.Expr) bool {
	found := false
	expr.Walk(e, func(n expr.Expr) bool {
		switch n := n.(type) {
		case *expr.IsNull:
			if c, ok := n.X.(*expr.Claim); ok && strings.Join(c.Path, ".") == "sub" {
				return false
			}
		case *expr.Query, *expr.Setting:
			found = true
		case *expr.Call:
			found = true
		case *expr.Column:
			found = found || n.Name != "extension" && n.Name != "private"
		case *expr.Claim:
			found = found || strings.Join(n.Path, ".") != "role"
		}
		return !found
	})
	return found
}
