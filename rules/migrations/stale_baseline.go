package migrations

import "policylint/rules"

var _ = rules.Register(&rules.Rule{
	ID:       "stale-baseline",
	Title:    "Baseline entry that is no longer found",
	Severity: rules.Warning,
	Needs:    rules.NeedsBaseline,
	Why: `
A finding of the baseline is gone: somebody mended it. While its entry stays, the
same fault can come back about the same object and nobody is told.

An entry whose rule is off, or could not be judged in this run, is not reported.`,
	Fix: `
Write the baseline anew, which takes out what is no longer found, or take the
line out by hand:

` + "```sh" + `
policylint lint --update-baseline
` + "```" + `

To make a change fail that mends something and leaves the entry, set the rule's
severity to error.`,
	Check: func(p *rules.Pass) {
		for _, i := range p.IdleIgnores() {
			p.ReportRef(i.Object, i.Origin, i.Message)
		}
	},
})
