package storage

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "storage-objects-writable",
	Title:    "Policy lets everyone change or delete the files of others",
	Severity: rules.Warning,
	Why: `
The policy asks for a bucket and perhaps for a session, but not whose file it is:
every holder of the role can replace or delete what others have uploaded. For
uploads alone that is often meant; UPDATE and DELETE need the owner, or the
folder that carries the user's id.`,
	Fix: `
` + "```sql" + `
alter policy "files are changed" on storage.objects
  using (bucket_id = 'files' and owner_id = (select auth.uid()::text));
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		t, _ := p.Tables.Get(catalog.Name{Schema: "storage", Name: "objects"})
		for pol := range objects(p, catalog.ForUpdate, catalog.ForDelete) {
			e := p.Expanded(pol).Using
			if rules.AlwaysOn(t, e) {
				continue // write-always-allowed says so
			}
			who := openTo(p, pol, e, func(string) bool { return true })
			if len(who) == 0 {
				continue
			}
			what := "change and delete"
			switch pol.Command {
			case catalog.ForUpdate:
				what = "change"
			case catalog.ForDelete:
				what = "delete"
			}
			p.Report(pol, pol.UsingAt, pol.Ref().String()+" lets "+strings.Join(who, " and ")+" "+what+" every file it covers, whoever owns it")
		}
	},
})
