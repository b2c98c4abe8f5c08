package storage

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "public-bucket-allows-listing",
	Title:    "Policy lets everyone list a public bucket",
	Severity: rules.Warning,
	Why: `
Storage serves an object of a public bucket to whoever knows its name, without
asking any policy. A SELECT policy on storage.objects adds one thing: it lets
clients list the bucket, and so find the names of all objects that were not meant
to be found.`,
	Fix: `
Drop the policy; downloads go on as before:

` + "```sql" + `
drop policy "avatars are readable" on storage.objects;
` + "```" + `

Where an application lists files on purpose, narrow the policy to the folder of
whoever asks.`,
	Refs: append([]string{"https://supabase.com/docs/guides/database/database-advisors?lint=0025_public_bucket_allows_listing"}, docs...),
	Check: func(p *rules.Pass) {
		for pol := range objects(p, catalog.ForSelect) {
			var open, who []string
			var first *catalog.Bucket
			for b := range p.Buckets.All() {
				if !b.Public.Is(true) || b.Unsure.Any(catalog.Existence) {
					continue
				}
				roles := openTo(p, pol, p.Expanded(pol).Using, func(id string) bool { return id == b.ID })
				if len(roles) == 0 {
					continue
				}
				if first == nil {
					first, who = b, roles
				}
				open = append(open, b.ID)
			}
			if first == nil {
				continue
			}
			what := "public bucket "
			if len(open) > 1 {
				what = "public buckets "
			}
			f := p.Report(pol, pol.UsingAt, pol.Ref().String()+" lets "+strings.Join(who, " and ")+" list "+what+strings.Join(open, ", "))
			if !first.Public.Origin.IsZero() {
				f.Related = []rules.Related{{Origin: first.Public.Origin, Message: "bucket " + first.ID + " is public"}}
			}
			if pol.Command == catalog.ForSelect {
				f.Fix = rules.DropPolicy(pol)
			}
		}
	},
})
