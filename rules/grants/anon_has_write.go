package grants

import (
	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "anon-has-write",
	Title:    "Anybody may change or delete rows",
	Severity: rules.Warning,
	Why: `
A policy lets the role anon, which is everybody who has the public key, update or
delete rows. An INSERT may be meant, as for a contact form; changes by somebody
who cannot be told from anybody else hardly ever are.

A policy that is plainly true is reported by ` + "`write-always-allowed`" + `; one that
compares with a header or another setting of the request knows a key, and is left
alone.`,
	Fix: `
Name the role in the policy, or take the privilege away:

` + "```sql" + `
alter policy "drafts are changed" on public.notes to authenticated;
revoke update, delete on public.notes from anon;
` + "```",
	Refs:   []string{"https://supabase.com/docs/guides/database/postgres/row-level-security"},
	Access: true,
	Check: func(p *rules.Pass) {
		if !p.Roles.Has(catalog.Anon) {
			return
		}
		anon := access.NewSubject(catalog.Anon, map[string]any{"role": catalog.Anon})
		for t := range p.ProjectTables() {
			if !p.Exposed(t.Name.Schema) || !t.RLS.Is(true) {
				continue
			}
			for pol := range t.Policies() {
				command, ok := changes(p, t, pol)
				if !ok {
					continue
				}
				if c := p.Access().Cell(anon, t, command); c.Raise == nil && (c.Verdict == access.Always || c.Verdict == access.Rows) {
					p.Report(pol, at(pol), pol.Ref().String()+" lets anon "+string(command)+" rows").
						Fix = "revoke update, delete on " + t.Name.SQL() + " from anon;"
				}
			}
		}
	},
})

// changes is the command by which the policy lets anon change rows, if there
// is one that anon has the privilege for.
func changes(p *rules.Pass, t *catalog.Table, pol *catalog.Policy) (catalog.Command, bool) {
	if !pol.Permissive || pol.Using == nil || pol.Unsure.Any(catalog.Existence) || !pol.AppliesTo(p.Groups(catalog.Anon, true)...) || keyed(pol) {
		return "", false
	}
	if visitor := (access.Env{Claim: ofAnon}); !visitor.Eval(p.Expanded(pol).Using).Can(access.True) {
		return "", false
	}
	for _, c := range catalog.Commands() {
		if (c == catalog.ForUpdate || c == catalog.ForDelete) && pol.Command.Covers(c) && p.MayAnyColumn(catalog.Anon, t, c.Privilege()).Is(true) {
			return c, true
		}
	}
	return "", false
}

// ofAnon is what the token of the public key holds: the role, and no user.
func ofAnon(c *expr.Claim) access.Value {
	if len(c.Path) == 1 && c.Path[0] == "role" {
		return access.Text(catalog.Anon)
	}
	return access.Absent()
}

// keyed reports whether the policy is open to everyone, which is another
// rule's, or asks for something that only some visitors send.
func keyed(pol *catalog.Policy) bool {
	if expr.AlwaysTrue(pol.Using, nil) {
		return true
	}
	found := false
	expr.Walk(pol.Using, func(n expr.Expr) bool {
		switch n := n.(type) {
		case *expr.Setting:
			found = true
		case *expr.Call:
			found = found || n.Name == "current_setting"
		}
		return !found
	})
	return found
}
