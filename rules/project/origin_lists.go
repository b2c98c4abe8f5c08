package project

import (
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/project"
	"policylint/rules"
)

// An originList is a place that lists where the application is served from.
type originList struct {
	ref      catalog.Ref
	name     string // as messages call it
	rank     int    // of two lists that differ, the one of higher rank is taken to be wrong
	whole    bool   // should have every portal
	at       catalog.Origin
	entries  []listedOrigin
	patterns []project.RedirectPattern
}

// A listedOrigin is an entry that is served to people, not to developers.
type listedOrigin struct {
	text   string
	origin project.WebOrigin
	at     catalog.Origin
}

// The ranks: what was written down on purpose counts more than what code has.
const (
	byRules = iota
	byConfig
	bySharedCode
	byCode
)

// originLists collects the lists that name a host that is not local, and
// those that cannot be judged are doubted.
func originLists(p *rules.Pass) []originList {
	var out []originList
	add := func(l originList) {
		if len(l.entries) > 0 {
			out = append(out, l)
		}
	}
	declared := originList{ref: catalog.Ref{Kind: "key", Name: "origins"}, name: "rules.yaml", rank: byRules}
	for _, o := range p.Config.Origins {
		declared.entry(o.URL, o.Origin)
	}
	add(declared)
	for _, t := range p.Project.Config.Targets() {
		add(configured(t))
	}
	for _, l := range p.Project.Lists {
		code := originList{ref: l.Ref(), name: l.File, rank: byCode, at: l.Origin}
		if l.Shared {
			code.rank, code.whole = bySharedCode, true
		}
		for _, e := range l.Entries {
			code.entry(e.Text, e.Origin)
		}
		switch {
		case l.Any || len(code.entries) == 0:
		case !l.Complete:
			p.Doubt(l.Ref(), code.entries[0].at, "the list of origins is computed in part")
		default:
			add(code)
		}
	}
	return out
}

// configured is the list of config.toml: the site URL and where else Auth may
// redirect to. It is judged where it is the target's own.
func configured(t *project.Target) originList {
	site, more := t.Setting("auth.site_url"), t.Setting("auth.additional_redirect_urls")
	l := originList{ref: t.Own(more.Path).Ref(), rank: byConfig, whole: true}
	l.name, l.at = l.ref.Name, more.Origin()
	if !more.Given() {
		l.at = site.Origin()
	}
	own := t.Own(site.Path).Given() || t.Own(more.Path).Given()
	urls, known := more.List()
	if !own || !known && more.Given() || site.Env() != "" {
		return originList{}
	}
	for _, s := range append([]project.Setting{site}, urls...) {
		text := s.Text()
		if !text.Known {
			return originList{} // the one that is missing may be it
		}
		if r := project.ParseRedirect(text.Value); r.Wild() {
			l.patterns = append(l.patterns, r)
		} else {
			l.entry(text.Value, s.Origin())
		}
	}
	return l
}

// entry adds what names a host that is not local.
func (l *originList) entry(text string, at catalog.Origin) {
	if o, ok := project.OriginOf(text); ok && !o.Local() {
		l.entries = append(l.entries, listedOrigin{text, o, at})
	}
}

// has reports whether the list has the origin, by itself or by a pattern.
func (l *originList) has(o project.WebOrigin) bool {
	return slices.ContainsFunc(l.entries, func(e listedOrigin) bool { return e.origin == o }) ||
		slices.ContainsFunc(l.patterns, func(r project.RedirectPattern) bool { return r.Matches(o) })
}

// common counts the origins that two lists share.
func (l *originList) common(other *originList) int {
	n := 0
	for _, e := range l.entries {
		if other.has(e.origin) {
			n++
		}
	}
	return n
}
