package realtime

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "publish-actions-incomplete",
	Title:    "The Realtime publication leaves out kinds of change",
	Severity: rules.Error,
	Why: `
A publication with ` + "`publish = 'insert'`" + ` delivers inserts only. Subscribers to updates
and deletes are told SUBSCRIBED and hear nothing. TRUNCATE is never delivered by
Realtime, so leaving it out does no harm.`,
	Fix: `
` + "```sql" + `
alter publication supabase_realtime set (publish = 'insert, update, delete, truncate');
` + "```",
	Refs: []string{"https://www.postgresql.org/docs/current/sql-createpublication.html"},
	Check: func(p *rules.Pass) {
		pub, ok := p.Publication()
		if !ok || !pub.Publish.Known {
			return
		}
		var missing []string
		for _, a := range []struct {
			on   bool
			name string
		}{{pub.Publish.Value.Insert, "insert"}, {pub.Publish.Value.Update, "update"}, {pub.Publish.Value.Delete, "delete"}} {
			if !a.on {
				missing = append(missing, a.name)
			}
		}
		if len(missing) == 0 || !publishesAnything(p, pub) {
			return
		}
		p.Report(pub, pub.Publish.Origin, "publication "+pub.Name+" does not publish "+strings.Join(missing, ", ")).
			Fix = "alter publication " + catalog.Quote(pub.Name) + " set (publish = 'insert, update, delete, truncate');"
	},
})

// publishesAnything reports whether the publication has any table: an empty
// one is not in use.
func publishesAnything(p *rules.Pass, pub *catalog.Publication) bool {
	return pub.AllTables.Is(true) || len(pub.Schemas) > 0 || len(pub.Members) > 0 || listed(p)
}
