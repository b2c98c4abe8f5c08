package bypass

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "definer-ignores-caller",
	Title:    "Function that reads or writes protected rows without asking for whom",
	Severity: rules.Info,
	Why: `
A SECURITY DEFINER function goes around the policies of the tables it touches.
This one can be called by clients and nowhere looks at who calls it: not at the
token, not at a setting, not at the role. Whatever it returns or changes, it does
for everyone. Arguments are no protection, the caller chooses them.`,
	Fix: `
Ask for the caller in the function, or take the right to call it away:

` + "```sql" + `
revoke execute on function public.close_ticket(bigint) from public, anon, authenticated;
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY"},
	Check: func(p *rules.Pass) {
		for f := range p.ProjectFunctions() {
			if !f.SecurityDefiner.Is(true) || !p.Exposed(f.Name.Schema) || f.Returns == "trigger" || f.Returns == "event_trigger" || f.Unsure != 0 {
				continue
			}
			who := callers(p, f)
			if len(who) == 0 {
				continue
			}
			helper := f.Returns == "boolean" // of policies, which pass to it who asks
			if helper && harmless(p, f) {
				continue
			}
			b := bodyOf(p, f)
			if !b.sure || b.session || helper && len(b.writes) == 0 {
				continue
			}
			if t, verb := touched(p, f, b); verb != "" {
				p.Report(f, f.Origin, f.Ref().String()+" "+verb+" "+t.String()+" around its policies for "+and(who)+", and never looks at who asks")
			}
		}
	},
})

// touched is the first table whose policies the function goes around, written
// ones before those that are read.
func touched(p *rules.Pass, f *catalog.Function, b *body) (catalog.Name, string) {
	guarded := func(n catalog.Name) bool {
		t, ok := p.Tables.Get(n)
		return ok && p.IsProjectTable(t) && around(p, f.Owner, t) && t.HasPolicies()
	}
	for _, w := range b.writes {
		if guarded(w.table) {
			return w.table, "writes"
		}
	}
	if i := slices.IndexFunc(b.reads, guarded); i >= 0 {
		return b.reads[i], "reads"
	}
	return catalog.Name{}, ""
}
