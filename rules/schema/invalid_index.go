package schema

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "invalid-index",
	Title:    "Index that is not valid",
	Severity: rules.Error,
	Why: `
` + "`create index concurrently`" + ` and ` + "`reindex … concurrently`" + ` leave an index behind when they
fail: of two equal values, a deadlock, a timeout, a connection that breaks. Its
name is taken, so that ` + "`if not exists`" + ` is content with it; no query uses it, and most
often each write pays for it all the same. Of a partitioned table, it is an index
made with ` + "`on only`" + ` that not every partition has its part in.

A unique index that is not valid is an error: nothing says that the values are
unique, and ` + "`on conflict`" + ` does not find it. Any other is a warning. An index that is being
built is left alone.`,
	Fix: `
Build it anew, after what made it fail, such as equal values, is gone; outside of a
transaction, this takes no lock that stops writes:

` + "```sql" + `
reindex index concurrently public.notes_code_key;
` + "```" + `

Or drop it; one whose name ends in ` + "`_ccnew` or `_ccold`" + ` is of no use. To a
partitioned table's index, attach one of each partition:

` + "```sql" + `
alter index public.events_day_idx attach partition public.events_2025_day_idx;
` + "```",
	Refs: []string{
		"https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
		"https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY",
	},
	Check: func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			if !t.Unsure.Any(catalog.Keys) {
				invalid(p, t, t.Name, t.Indexes)
			}
		}
		for v := range p.ProjectViews() {
			invalid(p, v, v.Name, v.Indexes)
		}
	},
})

// invalid reports the indexes of a relation that are not valid and not being
// built.
func invalid(p *rules.Pass, o rules.Object, on catalog.Name, indexes []*catalog.Index) {
	t, _ := o.(*catalog.Table)
	for _, i := range indexes {
		parts := t != nil && t.Kind == catalog.Partitioned
		switch {
		case i.Valid:
			continue
		case !parts && p.Runtime != nil && p.Runtime.Building == nil:
			p.Doubt(o.Ref(), i.Origin, "index "+i.Name+" is not valid; whether it is being built could not be read")
			continue
		case !parts && p.Runtime != nil && p.Runtime.Building[on]:
			continue
		}
		words := "index " + i.Name + " of " + on.String() + " is not valid"
		name := catalog.Name{Schema: on.Schema, Name: i.Name}.SQL()
		fix, most := "reindex index "+name+";", rules.Error
		twin := slices.IndexFunc(indexes, func(k *catalog.Index) bool { return k.Valid && serves(k, i) })
		switch keys := serving(t, i); {
		case parts && !i.Unique:
			words, fix, most = words+": not every partition has an index attached to it", "", rules.Warning
		case parts:
			words, fix = "unique "+words+": not every partition has an index attached to it", ""
		case twin >= 0:
			words, most = words+", and repeats index "+indexes[twin].Name, rules.Warning
			if i.Constraint == "" {
				fix = "drop index if exists " + name + ";"
			}
		case i.Unique:
			words = "unique " + words + ": it was not built to the end, and values may repeat"
		case len(keys) > 0:
			words, most = words+": it was not built to the end, and foreign key "+strings.Join(keys, ", ")+" has no other", rules.Warning
		default:
			words, most = words+": it was not built to the end, and no query uses it", rules.Warning
		}
		f := p.Report(o, i.Origin, words)
		f.Fix = fix
		p.Soften(f, most)
	}
}

// serving names the foreign keys of a table that only this index would serve,
// were it valid.
func serving(t *catalog.Table, i *catalog.Index) (out []string) {
	if t == nil {
		return nil
	}
	valid := *i
	valid.Valid = true
	for _, k := range t.ForeignKeys {
		if finds(&valid, k.Columns) && !slices.ContainsFunc(t.Indexes, func(x *catalog.Index) bool { return finds(x, k.Columns) }) {
			out = append(out, k.Name)
		}
	}
	return out
}
