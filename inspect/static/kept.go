package static

import (
	"context"
	"maps"
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/platform"
	"policylint/inspect/static/source"
)

// A Text is a migration by its file's name, with what it says.
type Text struct{ Name, Text string }

// A Kept is a replay that goes on from where texts change: those before the
// first change are not replayed again. It is for editors, which ask anew with
// every keystroke. It must not be used by two goroutines at a time.
type Kept struct {
	platform platform.Variant
	version  int
	dump     dump
	replay   *replay // nil before the first load, and after a panic
	done     []kept
}

// kept is a text that was replayed, and what stood there before it.
type kept struct {
	text Text
	mark
	source                     catalog.Source
	gaps, failures, directives int
	operators                  map[string]bool
	sightings
}

// Keep returns a Kept that has replayed nothing, for a platform and a major
// version as in Options.
func Keep(v platform.Variant, version int) *Kept { return &Kept{platform: v, version: version} }

// Load is what Load of this package returns for these files in this order. The
// catalog holds until the next call. When ctx is done, Load returns its error
// between two files; what was replayed by then is kept.
func (k *Kept) Load(ctx context.Context, texts []Text) (*catalog.Catalog, error) {
	fsys, names := textFS{}, make([]string, len(texts))
	for i, t := range texts {
		fsys[t.Name], names[i] = t.Text, t.Name
	}
	r := k.start(dumped(fsys, names))
	same := 0
	for same < min(len(k.done), len(texts)) && k.done[same].text == texts[same] {
		same++
	}
	k.replay = nil // unless all goes well
	k.back(r, same)
	for file, err := range source.ReadAhead(fsys, names[same:], readAhead) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			k.replay = r
			return nil, err
		}
		k.done = append(k.done, r.keep(texts[len(k.done)]))
		r.file(file)
	}
	k.replay = r
	return r.cat.View(), nil
}

// start is the replay to go on with: a new one where the old one broke down,
// or was of another kind.
func (k *Kept) start(d dump) *replay {
	if k.replay == nil || k.dump != d {
		k.replay, k.dump, k.done = newReplay(k.platform, k.version), d, nil
		k.replay.restoring(d)
	}
	return k.replay
}

// keep notes what stands before a text.
func (r *replay) keep(t Text) kept {
	return kept{
		text: t, mark: r.mark(""), source: r.cat.Source,
		gaps: len(r.cat.Gaps), failures: len(r.cat.Failures), directives: len(r.cat.Directives),
		operators: maps.Clone(r.deps.operators), sightings: r.deps.sightings,
	}
}

// back takes back all texts from one on.
func (k *Kept) back(r *replay, to int) {
	gone := map[string]bool{}
	for len(k.done) > to {
		last := k.done[len(k.done)-1]
		k.done = k.done[:len(k.done)-1]
		gone[last.text.Name] = true
		r.back(last.mark)
		c, d := r.cat, &r.deps
		c.Source = last.source
		// Clipped, so that what is added next leaves alone what the last
		// catalog was read for.
		c.Gaps = slices.Clip(c.Gaps[:last.gaps])
		c.Failures = slices.Clip(c.Failures[:last.failures])
		c.Directives = slices.Clip(c.Directives[:last.directives])
		c.Changes = slices.Clip(c.Changes)
		d.operators, d.sightings = last.operators, last.sightings
	}
	maps.DeleteFunc(r.defaults, func(a argument, _ *pg.Node) bool { return gone[a.at.File] })
}
