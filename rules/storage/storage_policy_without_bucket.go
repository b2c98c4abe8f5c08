package storage

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "storage-policy-without-bucket",
	Title:    "Policy opens the objects of all buckets",
	Severity: rules.Warning,
	Why: `
All buckets share the table storage.objects. A policy there that neither names a
bucket nor asks whose object it is applies to every bucket, the private ones and
those of next year included.`,
	Fix: `
` + "```sql" + `
alter policy "uploads are readable" on storage.objects
  using (bucket_id = 'uploads');
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		t, _ := p.Tables.Get(catalog.Name{Schema: "storage", Name: "objects"})
		for pol := range objects(p, catalog.ForSelect, catalog.ForInsert) {
			e, at, what := p.Expanded(pol).Using, pol.UsingAt, "read every object"
			if pol.Command == catalog.ForInsert {
				e, at, what = p.Expanded(pol).Check, pol.CheckAt, "add objects"
			}
			if e == nil || mentions(e) || pol.Command != catalog.ForSelect && rules.AlwaysOn(t, e) {
				continue // write-always-allowed tells of the last
			}
			if who := openTo(p, pol, e, func(string) bool { return false }); len(who) > 0 {
				p.Report(pol, at, pol.Ref().String()+" lets "+strings.Join(who, " and ")+" "+what+" of every bucket")
			}
		}
	},
})
