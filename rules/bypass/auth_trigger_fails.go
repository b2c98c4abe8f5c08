package bypass

import (
	"cmp"
	"regexp"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/expr/dml"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "auth-trigger-fails",
	Title:    "Trigger on auth.users that Auth cannot run",
	Category: rules.CategoryCorrectness,
	Severity: rules.Error,
	Why: `
Auth writes auth.users as role ` + "`supabase_auth_admin`" + `, with search_path ` + "`auth`" + `, and a
trigger's function runs in that session. Without SECURITY DEFINER it lacks
privileges on the project's tables and stands outside their policies; and a table
that it names without its schema is not found, unless it sets its own search_path.
Then the sign-up ends with "Database error saving new user".`,
	Fix: `
` + "```sql" + `
alter function public.handle_new_user() security definer set search_path = '';
` + "```" + `

and each table in it with its schema, public.profiles.`,
	Refs: []string{"https://supabase.com/docs/guides/auth/managing-user-data"},
	Check: func(p *rules.Pass) {
		users, ok := p.Tables.Get(catalog.Name{Schema: "auth", Name: "users"})
		if !ok || !p.Roles.Has(catalog.AuthAdmin) {
			return
		}
		seen := map[*catalog.Function]bool{}
		for _, g := range users.Triggers {
			o, ok := p.Functions.Get(g.Function)
			if !ok || !g.Enabled || len(o.Functions) != 1 {
				continue
			}
			f := o.Functions[0]
			if seen[f] || f.Platform || f.Extension != "" || f.Unsure != 0 || !f.Body.Known || catches.MatchString(f.Body.Value) {
				continue
			}
			seen[f] = true
			if words := authFails(p, f); words != "" {
				p.Report(f, f.Origin, f.Ref().String()+" is run by Auth on each "+strings.Join(g.Events, " and ")+" of auth.users, and "+words)
			}
		}
	},
})

// catches finds a body that goes on after an error.
var catches = regexp.MustCompile(`(?i)\bexception\s+when\b`)

// authFails says what in the function fails when Auth runs it, "" for nothing.
func authFails(p *rules.Pass, f *catalog.Function) string {
	path := f.LookIn()
	if _, set := f.SearchPath(); !set {
		path = []string{"auth"}
	}
	list, _ := statementsIn(p, f, path)
	for _, s := range list {
		for _, q := range []*expr.Query{s.Query, s.Returning} {
			if q == nil {
				continue
			}
			for _, name := range expr.Relations(q) {
				if words := unseen(p, name); words != "" {
					return words
				}
			}
		}
		for _, w := range s.Writes {
			if words := cmp.Or(unseen(p, w.Table), refused(p, f, w)); words != "" {
				return words
			}
		}
	}
	return ""
}

// unseen says that a table of the project is named without its schema.
func unseen(p *rules.Pass, name string) string {
	if !strings.Contains(name, ".") && p.Tables.Has(catalog.Name{Schema: "public", Name: name}) {
		return "names " + name + " without its schema, and does not look in public"
	}
	return ""
}

var commands = map[dml.Kind]catalog.Command{dml.Insert: catalog.ForInsert, dml.Update: catalog.ForUpdate, dml.Delete: catalog.ForDelete}

// refused says that Auth's role may not write a table.
func refused(p *rules.Pass, f *catalog.Function, w dml.Write) string {
	t, ok := p.Tables.Get(catalog.ParseName(w.Table))
	c := commands[w.Kind]
	if !ok || c == "" || !f.SecurityDefiner.Is(false) || !p.IsProjectTable(t) {
		return ""
	}
	switch {
	case p.MayAnyColumn(catalog.AuthAdmin, t, c.Privilege()).Is(false):
		return catalog.AuthAdmin + " may not " + string(c) + " rows of " + t.Name.String()
	case t.RLS.Is(true) && !around(p, catalog.Fact[string]{Value: catalog.AuthAdmin, Known: true}, t) && !admits(p, t, c):
		return "no policy lets " + catalog.AuthAdmin + " " + string(c) + " rows of " + t.Name.String()
	}
	return ""
}

// admits reports whether a policy may let Auth's role do the command.
func admits(p *rules.Pass, t *catalog.Table, c catalog.Command) bool {
	for pol := range t.Policies() {
		if pol.Unsure != 0 || pol.Permissive && pol.Command.Covers(c) && pol.AppliesTo(p.Groups(catalog.AuthAdmin, true)...) {
			return true
		}
	}
	return t.Unsure.Any(catalog.Policies)
}
