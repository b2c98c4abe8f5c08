package project

import (
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/project"
	"policylint/rules"
)

var _ = rules.Register(&rules.Rule{
	ID:       "origin-lists-differ",
	Title:    "Lists of origins that do not agree",
	Severity: rules.Warning,
	Needs:    rules.NeedsProject,
	Why: `
Where an application is served from stands in several places: the redirect URLs of
Auth, the CORS lists of edge functions, ` + "`origins`" + ` in rules.yaml. Browsers compare
origins letter by letter: scheme, host with or without www, port, and no slash at
the end. A portal that one list lacks cannot sign in, or its calls to the functions
are blocked, in production only. (Realtime and the REST API do not ask for
origins.)`,
	Fix: `
Write each origin the same in all lists, as the browser sends it:

` + "```" + `
https://agents.example.com
` + "```" + `

` + "`origins`" + ` in rules.yaml says which there are; the others are held against it.`,
	Refs: []string{
		"https://supabase.com/docs/guides/auth/redirect-urls",
		"https://supabase.com/docs/guides/functions/cors",
		"https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Origin",
	},
	Check: func(p *rules.Pass) {
		lists := originLists(p)
		told := map[catalog.Ref]bool{}
		report := func(l *originList, o project.WebOrigin, at catalog.Origin, message string, where string, other catalog.Origin) {
			ref := catalog.Ref{Kind: l.ref.Kind, Name: l.ref.Name + " " + o.String()}
			if told[ref] {
				return
			}
			told[ref] = true
			p.ReportRef(ref, at, l.name+" "+message).Related = related(where, other)
		}
		for i := range lists {
			l := &lists[i]
			for _, e := range l.entries {
				if l.rank >= bySharedCode && e.slashed() && !hasPlain(l, e) {
					report(l, e.origin, e.at, "has "+e.text+", and browsers send "+e.origin.String(), "", catalog.Origin{})
				}
			}
			for j := range lists {
				if from := &lists[j]; from.rank < l.rank {
					compare(from, l, report)
				}
			}
		}
	},
})

// hasPlain reports whether the list has the entry without its slash too.
func hasPlain(l *originList, slashed listedOrigin) bool {
	for _, e := range l.entries {
		if e.origin == slashed.origin && !e.slashed() {
			return true
		}
	}
	return false
}

// compare holds a list against one that counts more: what it has in almost the
// same words, and what it lacks.
func compare(from, l *originList, report func(*originList, project.WebOrigin, catalog.Origin, string, string, catalog.Origin)) {
	shared := l.common(from)
	// Lists that have little in common are for different deployments. Without a
	// list of all portals, two that are the same say that the others should be.
	complete := l.whole && (from.rank == byRules && shared >= 1 || shared >= 2)
	for _, want := range from.entries {
		if l.has(want.origin) {
			continue
		}
		near := false
		for _, e := range l.entries {
			if by := e.origin.Near(want.origin); by != "" && !from.has(e.origin) {
				near = true
				report(l, want.origin, e.at, "has "+e.origin.String()+", and "+from.name+" has "+want.origin.String()+": they differ by "+by, "there", want.at)
			}
		}
		if !near && complete {
			report(l, want.origin, l.at, "does not have "+want.origin.String()+", which "+from.name+" has", "there", want.at)
		}
	}
}

// slashed reports whether an entry is an origin but for the slash behind it.
func (e listedOrigin) slashed() bool {
	rest, cut := strings.CutSuffix(e.text, "/")
	return cut && strings.Count(rest, "/") == 2
}
