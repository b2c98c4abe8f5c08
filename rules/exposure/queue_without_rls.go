package exposure

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "queue-without-rls",
	Title:    "Queue that the API serves without row level security",
	Severity: rules.Error,
	Why: `
With schema pgmq_public exposed, clients call the queue functions themselves. They
run with the caller's rights on the queue's table: without row level security
there, every client with privileges on it reads, and removes, all messages.`,
	Fix: `
` + "```sql" + `
alter table pgmq.q_jobs enable row level security;
` + "```" + `

and add policies for the roles that may send and read.`,
	Refs: []string{
		"https://supabase.com/docs/guides/queues/expose-self-hosted-queues",
		"https://supabase.com/docs/guides/database/database-advisors?lint=0019_insecure_queue_exposed_in_api",
	},
	Check: func(p *rules.Pass) {
		if !p.Exposed("pgmq_public") {
			return
		}
		for t := range p.Tables.All() {
			if t.Name.Schema == "pgmq" && strings.HasPrefix(t.Name.Name, "q_") && t.PartitionOf == (catalog.Name{}) && t.RLS.Is(false) && !t.Unsure.Any(catalog.Existence) {
				p.Report(t, t.Origin, "queue "+strings.TrimPrefix(t.Name.Name, "q_")+" has row level security off and pgmq_public is exposed").
					Fix = "alter table " + t.Name.SQL() + " enable row level security;"
			}
		}
	},
})
