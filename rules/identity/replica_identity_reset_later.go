package identity

import (
	"policylint/inspect/catalog"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "replica-identity-reset-later",
	Title:    "A later migration takes full replica identity away",
	Severity: rules.Warning,
	Needs:    rules.NeedsHistory,
	Why: `
One migration gave the published table full replica identity, and a later one
set it back or dropped and re-created the table. From that migration on, filtered
DELETEs and old values are missing, while the statement that asked for them still
stands in the history.`,
	Fix: `
Repeat it behind the statement that lost it, or delete both:

` + "```sql" + `
alter table public.tickets replica identity full;
` + "```",
	Refs: docs,
	Check: func(p *rules.Pass) {
		full := map[catalog.Ref]catalog.Origin{}
		for _, c := range p.Changes {
			if c.What == catalog.WhatIdentity && c.After == string(catalog.IdentityFull) {
				full[c.Object] = c.Origin
			}
		}
		for t := range published(p) {
			at, was := full[t.Ref()]
			if !was || !t.Identity.Known || t.Identity.Value.Kind == catalog.IdentityFull || expectedOtherwise(p, t.Name) {
				continue
			}
			f := p.Report(t, t.Identity.Origin, t.Name.String()+" had full replica identity and loses it here")
			f.Related = []rules.Related{{Origin: at, Message: "was made full here"}}
			f.Fix = setFull(t)
		}
	},
})

// expectedOtherwise reports whether the configuration asks for an identity
// that is not FULL.
func expectedOtherwise(p *rules.Pass, t catalog.Name) bool {
	if p.Config == nil || !p.Config.Realtime.Listed {
		return false
	}
	e, ok := p.Expects(t)
	return ok && e.Identity.Kind != catalog.IdentityFull
}
