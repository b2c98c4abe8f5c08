package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// A gitRepo is asked by the git command. Whoever has a change to look at has
// it, and it alone knows the whole of what decides what a file is: line ends,
// attributes, filters, partial and sparse clones, linked work trees.
type gitRepo struct{ top string }

// errShallow is told with what to do about it.
var errShallow = errors.New("this is a shallow clone, which lacks the history to compare with: `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout, or GIT_DEPTH: 0 on GitLab")

// openRepo finds the repository that a folder belongs to.
func openRepo(dir string) (*gitRepo, error) {
	if _, err := exec.LookPath("git"); err != nil {
		return nil, failure("the git command is not installed, and what changed cannot be known without it")
	}
	top, err := (&gitRepo{dir}).line("rev-parse", "--show-toplevel")
	switch {
	case err != nil && strings.Contains(err.Error(), "not a git repository"):
		return nil, failure("%s is in no git repository, so what changed in it cannot be known", dir)
	case err != nil:
		return nil, failure("find the git repository of %s: %w", dir, err)
	}
	return &gitRepo{top}, nil
}

// command is a call of git that neither the caller's hook environment nor the
// repository's own configuration turns into something else.
func (g *gitRepo) command(args ...string) *exec.Cmd {
	fixed := []string{"-C", g.top, "--literal-pathspecs", "--no-optional-locks", "-c", "core.quotePath=off", "-c", "core.fsmonitor=false"}
	c := exec.Command("git", append(fixed, args...)...)
	c.Env = slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains([]string{"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_EXTERNAL_DIFF", "LC_ALL", "LANGUAGE"}, name)
	})
	c.Env = append(c.Env, "LC_ALL=C", "GIT_TERMINAL_PROMPT=0")
	return c
}

// run runs a call and gives its output, or what git said was wrong.
func (g *gitRepo) run(in io.Reader, env []string, args ...string) ([]byte, error) {
	c := g.command(args...)
	c.Stdin = in
	c.Env = append(c.Env, env...)
	var errs bytes.Buffer
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		first, _, _ := strings.Cut(strings.TrimSpace(errs.String()), "\n")
		if first = strings.TrimPrefix(first, "fatal: "); first == "" {
			first = err.Error()
		}
		return nil, errors.New("git " + args[0] + ": " + first)
	}
	return out, nil
}

func (g *gitRepo) line(args ...string) (string, error) {
	out, err := g.run(nil, nil, args...)
	return strings.TrimRight(string(out), "\r\n"), err
}

// list is output of parts that end with a zero byte.
func (g *gitRepo) list(args ...string) ([]string, error) {
	out, err := g.run(nil, nil, args...)
	return strings.FieldsFunc(string(out), func(r rune) bool { return r == 0 }), err
}

// commit is the commit that a name stands for, "" when there is none.
func (g *gitRepo) commit(name string) string {
	c, err := g.line("rev-parse", "--verify", "--quiet", "--end-of-options", name+"^{commit}")
	if err != nil {
		return ""
	}
	return c
}

func (g *gitRepo) shallow() bool {
	s, err := g.line("rev-parse", "--is-shallow-repository")
	return err == nil && s == "true"
}

// mergeBase is the commit that a change began at.
func (g *gitRepo) mergeBase(ref string) (string, error) {
	of := g.commit(ref)
	switch {
	case of == "" && g.shallow():
		return "", failure("%s is no commit here, and %w", ref, errShallow)
	case of == "":
		return "", usage("--since %s: git knows no such commit, branch or tag", ref)
	case g.commit("HEAD") == "":
		return "", failure("the git repository has no commit yet, so nothing can be new in it")
	}
	base, err := g.line("merge-base", of, "HEAD")
	switch {
	case err != nil && g.shallow():
		return "", failure("%s and HEAD have no common commit here: %w", ref, errShallow)
	case err != nil:
		return "", failure("%s and HEAD have no common commit: their histories have nothing to do with each other", ref)
	}
	return base, nil
}

// defaultBranch is the branch that a change is for: what the pipeline says, what
// the remote calls its default, else a usual name.
func (g *gitRepo) defaultBranch() (string, error) {
	var tried []string
	for _, name := range []string{"GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"} {
		if v := os.Getenv(name); v != "" {
			tried = append(tried, "origin/"+v, v)
		}
	}
	if head, err := g.line("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"); err == nil {
		tried = append(tried, head)
	}
	tried = append(tried, "origin/main", "origin/master", "main", "master")
	for _, name := range tried {
		if g.commit(name) != "" {
			return name, nil
		}
	}
	if g.shallow() {
		return "", failure("--new-only does not find the default branch (%s): %w", list(tried), errShallow)
	}
	return "", usage("--new-only does not find the default branch: looked for %s; name it with --since", list(tried))
}

// changes has the files that differ between a commit and the working folder,
// untracked ones below the given paths too. Renamed is where those that moved
// were; one that only moved did not change.
func (g *gitRepo) changes(base string, paths []string) (changed map[string]bool, renamed map[string]string, err error) {
	changed, renamed = map[string]bool{}, map[string]string{}
	parts, err := g.list("diff", "--name-status", "-z", "--find-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules", base, "--")
	if err != nil {
		return nil, nil, err
	}
	for i := 0; i+1 < len(parts); i += 2 {
		status, name := parts[i], parts[i+1]
		if status[0] == 'R' || status[0] == 'C' {
			if i++; i+1 >= len(parts) {
				break
			}
			renamed[parts[i+1]] = name
			name = parts[i+1]
			if status == "R100" {
				continue
			}
		}
		changed[name] = true
	}
	untracked, err := g.list(append([]string{"ls-files", "--others", "-z", "--"}, paths...)...)
	for _, name := range untracked {
		changed[name] = true
	}
	return changed, renamed, err
}

// export writes the files of a commit that match into a folder, as a checkout
// would.
func (g *gitRepo) export(commit, folder string, wanted func(name string) bool) error {
	names, err := g.list("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
	if err != nil {
		return err
	}
	var in bytes.Buffer
	for _, n := range names {
		if wanted(n) {
			in.WriteString(n + "\x00")
		}
	}
	index := []string{"GIT_INDEX_FILE=" + folder + "/.index"}
	if _, err := g.run(nil, index, "read-tree", commit); err != nil {
		return err
	}
	_, err = g.run(&in, index, "checkout-index", "-z", "--stdin", "--prefix="+folder+"/tree/")
	return err
}
