package main

import (
	"errors"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"policylint/inspect/project"
	"policylint/rules"
)

// sinceFlags narrow a report to a change.
type sinceFlags struct {
	ref     string
	newOnly bool
}

func (f *sinceFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.ref, "since", "", "report only what changed since the merge base with this git `ref`")
	c.Flags().BoolVar(&f.newOnly, "new-only", false, "--since with the default branch")
}

// A change is what differs from the commit that it began at.
type change struct {
	repo        *gitRepo
	ref, commit string
	changed     map[string]bool   // by path in the repository
	renamed     map[string]string // new path to old
}

// change finds out what changed; nil when the flags do not ask.
func (f sinceFlags) change(in *input, paths []string, j *job) (*change, error) {
	switch {
	case f.ref == "" && !f.newOnly:
		return nil, nil
	case f.ref != "" && f.newOnly:
		return nil, usage("--since and --new-only are two starting points: name one")
	case in.stdin != nil:
		return nil, usage("standard input has no history: --since and --new-only need files")
	case j.flags.baseline.update:
		return nil, usage("--update-baseline writes everything that is known, --since and --new-only look at a part: use one")
	}
	folder := paths[0]
	if info, err := os.Stat(folder); err == nil && !info.IsDir() {
		folder = filepath.Dir(folder)
	}
	repo, err := openRepo(folder)
	if err != nil {
		return nil, err
	}
	c := &change{repo: repo, ref: f.ref}
	if f.newOnly {
		if c.ref, err = repo.defaultBranch(); err != nil {
			return nil, err
		}
	}
	if c.commit, err = repo.mergeBase(c.ref); err != nil {
		return nil, err
	}
	var within []string
	for _, p := range besideFiles(j) {
		if name, ok := c.name(p); ok {
			within = append(within, name)
		}
	}
	for _, p := range append(append([]string{}, paths...), j.config.File) {
		switch name, ok := c.name(p); {
		case p == "":
		case ok:
			within = append(within, name)
		case p != j.config.File:
			return nil, usage("%s is not in the git repository %s, so what changed in it cannot be known", p, repo.top)
		}
	}
	if c.changed, c.renamed, err = repo.changes(c.commit, within); err != nil {
		return nil, failure("find what changed since %s: %w", c.ref, err)
	}
	return c, nil
}

// name is a path as the repository has it, from its top, with slashes.
func (c *change) name(file string) (string, bool) {
	abs, err := filepath.Abs(filepath.FromSlash(file))
	if err != nil {
		return "", false
	}
	// Links in the way there are followed, for git names its top without them;
	// a link at the end is a file of the repository.
	if dir, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil {
		abs = filepath.Join(dir, filepath.Base(abs))
	}
	if abs == filepath.FromSlash(c.repo.top) {
		return ".", true
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil && real == filepath.FromSlash(c.repo.top) {
		return ".", true
	}
	rel, err := filepath.Rel(filepath.FromSlash(c.repo.top), abs)
	rel = filepath.ToSlash(rel)
	return rel, err == nil && rel != ".." && !strings.HasPrefix(rel, "../")
}

// has reports whether a file changed.
func (c *change) has(file string) bool {
	if name, ok := c.name(file); ok && c.changed[name] {
		return true
	}
	// A link changes with what it points to.
	real, err := filepath.EvalSymlinks(filepath.FromSlash(file))
	if err != nil {
		return false
	}
	name, ok := c.name(real)
	return ok && c.changed[name]
}

// narrow replays the files as they were and leaves in the report what the
// change has to answer for.
func (c *change) narrow(j *job, in *input, paths []string, res *rules.Result) error {
	s := &rules.Since{Ref: c.ref, Commit: c.commit}
	base, err := c.base(j, paths, s)
	if err != nil {
		return err
	}
	for _, f := range in.files {
		if c.has(f) {
			s.Files++
		}
	}
	res.Narrow(s, base, c.has)
	return nil
}

// base is the run over the files as they were, by the rules of now. It counts
// the files that are gone.
func (c *change) base(j *job, paths []string, s *rules.Since) (*rules.Result, error) {
	dir, err := os.MkdirTemp("", "policylint-*")
	if err != nil {
		return nil, failure("%w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return nil, failure("%w", err)
	}
	needed := func(name string) bool {
		return strings.HasSuffix(name, ".sql") || j.selection.Project != nil && project.Reads(name)
	}
	if err := c.repo.export(c.commit, filepath.ToSlash(dir), needed); err != nil {
		return nil, failure("read the files as they were at %s: %w", c.ref, err)
	}
	tree := filepath.Join(dir, "tree")
	before := &input{}
	for _, p := range paths {
		name, _ := c.name(p)
		old := filepath.Join(tree, filepath.FromSlash(name))
		if _, err := os.Stat(old); err != nil {
			if old = filepath.Join(tree, filepath.FromSlash(c.formerly(name))); old == tree {
				continue // there was nothing of it
			}
		}
		if err := before.add(nil, old); err != nil && !errors.Is(err, errEmpty) {
			return nil, err
		}
	}
	cat, err := before.load(j.config)
	if err != nil {
		return nil, err
	}
	selection := j.selection
	selection.Baseline = nil
	if selection.Project, err = c.besideAsItWas(j, tree); err != nil {
		return nil, err
	}
	res := rules.Run(cat, j.config, selection)
	top := filepath.ToSlash(tree) + "/"
	for _, f := range before.files {
		name := strings.TrimPrefix(f, top)
		if _, err := os.Lstat(filepath.Join(filepath.FromSlash(c.repo.top), filepath.FromSlash(name))); err != nil && c.changed[name] {
			s.Files++
		}
	}
	// What is gone is told by the name that it had.
	for _, f := range res.Findings {
		if name, ok := strings.CutPrefix(f.Origin.File, top); ok {
			f.Origin.File = filepath.ToSlash(fromHere(filepath.Join(filepath.FromSlash(c.repo.top), filepath.FromSlash(name))))
		}
	}
	return res, nil
}

// formerly is what a file or folder that is new was called before it was
// renamed; "" when it was nothing.
func (c *change) formerly(name string) string {
	if old, ok := c.renamed[name]; ok {
		return old
	}
	// A folder moved when what stands below it now stood so below another.
	from, votes := "", map[string]int{}
	for now, old := range c.renamed {
		below, ok := strings.CutPrefix(path.Dir(now)+"/", name+"/")
		if !ok {
			continue
		}
		if folder, ok := strings.CutSuffix(path.Dir(old)+"/", "/"+below); ok {
			votes[folder]++
			if n := votes[folder]; n > votes[from] || n == votes[from] && folder < from {
				from = folder
			}
		}
	}
	return from
}
