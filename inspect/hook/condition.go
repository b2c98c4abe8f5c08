package hook

import (
	"cmp"
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

// A way is what the runs that end with a token have of facts and of paths
// written.
type way struct {
	facts map[factKey]int // 1 for so, -1 for not so, 0 for both
	paths map[string]bool
}

type factKey struct {
	about string
	rank  int
	at    catalog.Origin
}

// ways are all of a hook that end with a token, and their facts in words.
type ways struct {
	list []way
	said map[factKey]fact
}

// add takes a run in. A query that finds a row knows more of what it looks for.
func (ws *ways) add(facts []fact, paths map[string]bool) {
	w := way{map[factKey]int{}, paths}
	for _, f := range facts {
		k, n := factKey{f.about, f.rank, f.at}, -1
		if f.holds {
			n = 1
		}
		if old, ok := w.facts[k]; ok && old != n {
			n = 0 // a loop came to it twice
		}
		w.facts[k] = n
		if old, ok := ws.said[k]; !ok || f.holds && !old.holds {
			ws.said[k] = f
		}
	}
	ws.list = append(ws.list, w)
}

// condition says when the path is written: the facts that are so on every way
// that writes it and of which, on every other, one is known not to be; or, the
// other way round, what the ways that do not write it have in common. "" when
// it cannot be said plainly.
func (ws *ways) condition(path string) string {
	var with, without []way
	for _, w := range ws.list {
		if w.paths[path] {
			with = append(with, w)
		} else {
			without = append(without, w)
		}
	}
	if len(with) == 0 || len(without) == 0 {
		return ""
	}
	if words := ws.separating(with, without, true); words != nil {
		return strings.Join(words, " and ")
	}
	return strings.Join(ws.separating(without, with, false), " or ")
}

// mostFacts is how many facts make a condition that can still be said plainly.
const mostFacts = 3

// separating lists the facts that hold on all of the ways, and of which one is
// contradicted on each other; in the words for so, or for not so.
func (ws *ways) separating(some, others []way, so bool) []string {
	keys := ws.common(some)
	for _, k := range keys { // one is best
		if len(uncovered(others, k, some[0].facts[k])) == 0 {
			return []string{ws.words(some[0], k, so)}
		}
	}
	var chosen []factKey
	for _, k := range keys {
		rest := uncovered(others, k, some[0].facts[k])
		if len(rest) == len(others) {
			continue
		}
		chosen = append(chosen, k)
		if others = rest; len(others) == 0 {
			break
		}
	}
	if len(others) > 0 || len(chosen) > mostFacts {
		return nil
	}
	slices.SortFunc(chosen, func(a, b factKey) int { return compareAt(a.at, b.at) })
	var out []string
	for _, k := range chosen {
		text := ws.words(some[0], k, so)
		if slices.Contains(out, text) {
			return nil // a variable that was set anew between
		}
		out = append(out, text)
	}
	return out
}

// common lists the facts that are the same on all ways, the plainest first.
func (ws *ways) common(some []way) []factKey {
	var out []factKey
	for k, n := range some[0].facts {
		if n != 0 && !slices.ContainsFunc(some, func(w way) bool { return w.facts[k] != n }) {
			out = append(out, k)
		}
	}
	said := ws.said
	slices.SortFunc(out, func(a, b factKey) int {
		return cmp.Or(cmp.Compare(said[a].rank, said[b].rank), compareAt(a.at, b.at), cmp.Compare(a.about, b.about))
	})
	return out
}

// uncovered lists the ways on which the fact is not known to be otherwise.
func uncovered(some []way, k factKey, n int) []way {
	return slices.DeleteFunc(slices.Clone(some), func(w way) bool { return w.facts[k] == -n })
}

func (ws *ways) words(w way, k factKey, so bool) string {
	f := ws.said[k]
	if (w.facts[k] > 0) == so {
		return f.yes
	}
	return f.no
}
