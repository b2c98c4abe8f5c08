package identity

import (
	"fmt"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "replica-identity-mixed",
	Title:    "Published tables with different replica identities",
	Severity: rules.Warning,
	Why: `
Some published tables carry old values in their events and some do not, so the
same client code works for one table and not for the next. Usually somebody met
the problem on one table, mended that one, and stopped.

When rules.yaml lists the expected tables, each with its identity, the
difference is meant, and this rule is silent.`,
	Fix: `
Give all of them the same, or list them in rules.yaml with what each should
have:

` + "```sql" + `
alter table public.attachments replica identity full;
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		pub, ok := p.Publication()
		if !ok || p.Config != nil && p.Config.Realtime.Listed {
			return
		}
		var full, other []*catalog.Table
		for t := range published(p) {
			switch {
			case !t.Identity.Known:
			case t.Identity.Value.Kind == catalog.IdentityFull:
				full = append(full, t)
			default:
				other = append(other, t)
			}
		}
		if len(full) == 0 || len(other) == 0 {
			return
		}
		f := p.Report(pub, other[0].Identity.Origin, fmt.Sprintf("publication %s has %s with full replica identity and %s without", pub.Name, list(full), list(other)))
		var fixes []string
		for _, t := range other {
			fixes = append(fixes, setFull(t))
			if !t.Identity.Origin.IsZero() {
				f.Related = append(f.Related, rules.Related{Origin: t.Identity.Origin, Message: t.Name.String() + " has replica identity " + t.Identity.Value.String()})
			}
		}
		f.Fix = strings.Join(fixes, "\n")
	},
})

// list names up to three tables and counts the rest.
func list(tables []*catalog.Table) string {
	var names []string
	for i, t := range tables {
		if i == 3 {
			names = append(names, fmt.Sprintf("%d more", len(tables)-3))
			break
		}
		names = append(names, t.Name.String())
	}
	return strings.Join(names, ", ")
}
