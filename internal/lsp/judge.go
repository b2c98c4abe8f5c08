package lsp

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"policylint/rules"
)

// world is how things are: what is judged, at one moment.
type world struct {
	roots   []string
	docs    map[string]*document
	reload  bool
	units   encoding
	related bool
}

// judge judges the projects that the client works on, and keeps what helps to
// judge them again.
type judge struct {
	started  bool
	find     func(string) (*Setup, error)
	disk     disk
	found    map[string]finding
	projects map[string]*project      // by folder of migrations
	sent     map[string]publishParams // what the client shows, by path
	told     []string
}

// finding is the outcome of a search for the project of a folder.
type finding struct {
	folder string // of migrations; "" for none
	err    error
}

func newJudge(find func(string) (*Setup, error)) *judge {
	return &judge{find: find, disk: disk{}, found: map[string]finding{}, projects: map[string]*project{}, sent: map[string]publishParams{}}
}

// judgement is what came out.
type judgement struct {
	files    map[string]*file  // by path: those that are open, and those with diagnostics
	configs  map[string]config // that projects were judged by, by folder of migrations
	messages []string          // faults that have no place
}

// judge judges everything. It returns an error when run is done before it is.
func (j *judge) judge(run context.Context, w world) (*judgement, error) {
	if w.reload || slices.ContainsFunc(slices.Collect(maps.Values(j.projects)), (*project).stale) {
		j.found = map[string]finding{}
	}
	j.search(w)
	b := &board{world: w, disk: j.disk, out: &judgement{files: map[string]*file{}, configs: map[string]config{}}}
	for path := range w.docs {
		b.file(path)
	}
	for _, f := range j.found {
		b.faults(f.err)
	}
	b.configs()
	for _, folder := range slices.Sorted(maps.Keys(j.projects)) {
		if err := j.projects[folder].judge(run, b); err != nil {
			if run.Err() != nil {
				return nil, run.Err()
			}
			b.tell(err.Error())
		}
	}
	b.sort()
	return b.out, nil
}

// search finds the projects of the workspace and of the open migrations.
func (j *judge) search(w world) {
	used := map[string]bool{}
	look := func(start string) {
		f, known := j.found[start]
		if !known {
			f = j.setup(start)
			j.found[start] = f
		}
		used[f.folder] = true
	}
	starts := map[string]bool{}
	for _, root := range w.roots {
		starts[root] = true
		look(root)
	}
	for _, path := range slices.Sorted(maps.Keys(w.docs)) {
		within := func(folder string) bool { return inside(path, folder) }
		if filepath.Ext(path) == ".sql" && !slices.ContainsFunc(slices.Collect(maps.Keys(used)), within) {
			starts[filepath.Dir(path)] = true
			look(filepath.Dir(path))
		}
	}
	maps.DeleteFunc(j.found, func(start string, _ finding) bool { return !starts[start] })
	maps.DeleteFunc(j.projects, func(folder string, _ *project) bool { return !used[folder] })
}

// setup finds the project of a folder. While its configuration cannot be read,
// the project is judged as it was before.
func (j *judge) setup(start string) finding {
	setup, err := j.find(start)
	switch {
	case err != nil:
		for folder, p := range j.projects {
			if slices.Contains(p.starts, start) {
				return finding{folder, err}
			}
		}
		return finding{err: err}
	case setup == nil:
		return finding{}
	}
	p, ok := j.projects[setup.Folder]
	if !ok {
		p = &project{}
		j.projects[setup.Folder] = p
	}
	p.take(setup, start)
	return finding{folder: setup.Folder}
}

// configErrors are the faults with a place that an error is made of, and the
// others.
func configErrors(err error) (placed []*rules.ConfigError, others []error) {
	switch e := err.(type) {
	case nil:
		return nil, nil
	case *rules.ConfigError:
		return []*rules.ConfigError{e}, nil
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			p, o := configErrors(inner)
			placed, others = append(placed, p...), append(others, o...)
		}
		return placed, others
	case interface{ Unwrap() error }:
		if p, _ := configErrors(e.Unwrap()); len(p) > 0 {
			return p, nil
		}
	}
	return nil, []error{err}
}

// guarded turns a panic of f into an error.
func guarded(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("judging stopped on a fault of policylint's own, please report it: %v", p)
		}
	}()
	return f()
}
