package policies

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "duplicate-policy",
	Title:    "Two policies that say the same",
	Severity: rules.Warning,
	Why: `
Both policies are for the same command and the same roles and have the same
conditions. Each is evaluated for every row. Worse, whoever tightens one of them
changes nothing: the other still lets through what it did. The usual cause is a
migration that gives a policy a new name and leaves the old one.`,
	Fix: `
` + "```sql" + `
drop policy if exists "Users can read their notes" on public.notes;
` + "```",
	Refs: []string{docs},
	Check: func(p *rules.Pass) {
		for t := range p.Tables.All() {
			var kept []*catalog.Policy
			for pol := range t.Policies() {
				if pol.Platform || pol.Unsure != 0 || pol.Using == nil && pol.Check == nil {
					continue
				}
				i := slices.IndexFunc(kept, func(k *catalog.Policy) bool { return rules.SamePolicy(k, pol) })
				if i < 0 {
					kept = append(kept, pol)
					continue
				}
				f := p.Report(pol, pol.Origin, pol.Ref().String()+" says the same as policy "+kept[i].Name)
				f.Fix = rules.DropPolicy(pol)
				if !kept[i].Origin.IsZero() {
					f.Related = []rules.Related{{Origin: kept[i].Origin, Message: "policy " + kept[i].Name}}
				}
			}
		}
	},
})
