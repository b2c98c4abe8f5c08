package schema

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "duplicate-index",
	Title:    "Two indexes of the same columns",
	Category: rules.CategoryPerformance,
	Severity: rules.Warning,
	Why: `
Two indexes of the same columns in the same order do the same work: each write
pays for both, and no query gains. The usual pair is an index made by hand on
columns that a primary key or unique constraint has indexed already.`,
	Fix: `
Drop the one that no constraint needs:

` + "```sql" + `
drop index public.users_email_idx;
` + "```",
	Refs: []string{
		"https://www.postgresql.org/docs/current/indexes-unique.html",
		"https://supabase.com/docs/guides/database/database-advisors?lint=0009_duplicate_index",
	},
	Check: func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			if t.PartitionOf == (catalog.Name{}) && !t.Unsure.Any(catalog.Keys) {
				duplicates(p, t, t.Name, t.Indexes)
			}
		}
		for v := range p.ProjectViews() {
			duplicates(p, v, v.Name, v.Indexes)
		}
	},
})

// duplicates reports the indexes that another one of the relation makes
// superfluous.
func duplicates(p *rules.Pass, o rules.Object, on catalog.Name, indexes []*catalog.Index) {
	kept := slices.SortedStableFunc(slices.Values(indexes), func(a, b *catalog.Index) int { return weight(b) - weight(a) })
	for n, i := range kept {
		if i.Primary || !i.Valid {
			continue
		}
		at := slices.IndexFunc(kept[:n], func(k *catalog.Index) bool { return k.Valid && serves(k, i) })
		if at < 0 || isIdentity(o, i) {
			continue
		}
		f := p.Report(o, i.Origin, "index "+i.Name+" of "+on.String()+" repeats index "+kept[at].Name)
		if i.Constraint != "" {
			f.Message = "constraint " + i.Constraint + " of " + on.String() + " repeats index " + kept[at].Name
		} else { // a foreign key may need the constraint, and would go with it
			f.Fix = "drop index if exists " + catalog.Name{Schema: on.Schema, Name: i.Name}.SQL() + ";"
		}
		if !kept[at].Origin.IsZero() {
			f.Related = []rules.Related{{Origin: kept[at].Origin, Message: "index " + kept[at].Name}}
		}
	}
}

// weight is how much more than finding rows an index does.
func weight(i *catalog.Index) int {
	switch {
	case i.Primary:
		return 3
	case i.Constraint != "":
		return 2
	case i.Unique:
		return 1
	}
	return 0
}

// serves reports whether one index does all that the other does.
func serves(a, b *catalog.Index) bool {
	return a.Method == b.Method && slices.Equal(a.Columns, b.Columns) && slices.Equal(a.Options, b.Options) &&
		slices.EqualFunc(a.Exprs, b.Exprs, expr.Equal) && slices.Equal(a.Include, b.Include) &&
		(a.Where == nil) == (b.Where == nil) && (a.Where == nil || expr.Equal(a.Where, b.Where)) &&
		(a.Unique == b.Unique && a.NullsNotDistinct == b.NullsNotDistinct && a.Immediate == b.Immediate || !b.Unique)
}

func isIdentity(o rules.Object, i *catalog.Index) bool {
	t, ok := o.(*catalog.Table)
	return ok && (!t.Identity.Known || t.Identity.Value.Kind == catalog.IdentityIndex && t.Identity.Value.Index == i.Name)
}
