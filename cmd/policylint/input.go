package main

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"policylint/inspect/catalog"
	"policylint/inspect/project"
	"policylint/inspect/static"
	"policylint/inspect/static/source"
	"policylint/internal/report"
	"policylint/rules"
)

// stdinName is what standard input is called in reports.
const stdinName = "<stdin>"

// input is the files of a run, by the names that the user knows them by.
type input struct {
	files []string
	gaps  []catalog.Gap // files that were left out
	stdin []byte
}

// findInput finds what to read: the paths, or else the usual folders.
func findInput(stdin io.Reader, paths []string, c *rules.Config) (*input, error) {
	in := &input{}
	if len(paths) == 0 {
		folder, err := usualFolder(c)
		if err != nil {
			return nil, err
		}
		paths = []string{folder}
	}
	for _, p := range paths {
		if err := in.add(stdin, p); err != nil {
			return nil, err
		}
	}
	return in, nil
}

// usualFolder is where the migrations are when nobody says so.
func usualFolder(c *rules.Config) (string, error) {
	if folder := configuredFolder(c); folder != "" {
		return folder, nil
	}
	tried := []string{filepath.Join("supabase", "migrations"), "migrations"}
	if dir := filepath.Dir(c.File); c.File != "" && dir != "." {
		tried = append(tried, filepath.Join(dir, tried[0]), filepath.Join(dir, tried[1]))
	}
	for _, folder := range tried {
		if info, err := os.Stat(folder); err == nil && info.IsDir() {
			return folder, nil
		}
	}
	return "", failure("no migrations found: looked for the folders %s; name a folder, a file, or - for standard input", list(tried))
}

// add takes in one path.
func (in *input) add(stdin io.Reader, path string) error {
	if path == "-" {
		if in.stdin != nil {
			return usage("standard input is named twice")
		}
		text, err := io.ReadAll(stdin)
		if err != nil {
			return failure("read standard input: %w", err)
		}
		in.stdin = append([]byte{}, text...)
		in.files = append(in.files, stdinName)
		return nil
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return failure("read %s: there is no such file or folder", path)
	case err != nil:
		return failure("%w", cause("read", path, err))
	case !info.IsDir():
		in.files = append(in.files, filepath.ToSlash(path))
		return nil
	}
	return in.addFolder(path)
}

// errEmpty is a folder that has nothing to read.
var errEmpty = errors.New("has no migrations")

// addFolder takes in a folder of migrations, or the one that a project's
// folder has.
func (in *input) addFolder(folder string) error {
	for _, below := range []string{"supabase/migrations", "migrations"} {
		inner := filepath.Join(folder, filepath.FromSlash(below))
		if info, err := os.Stat(inner); err == nil && info.IsDir() {
			folder = inner
			break
		}
	}
	files, gaps, err := source.Files(os.DirFS(folder))
	if err != nil {
		return failure("%w", cause("read folder", folder, err))
	}
	if len(files) == 0 && len(gaps) == 0 {
		return failure("folder %s %w: looked for files whose names end in .sql", folder, errEmpty)
	}
	name := func(file string) string { return filepath.ToSlash(filepath.Join(folder, filepath.FromSlash(file))) }
	for _, f := range files {
		in.files = append(in.files, name(f))
	}
	for _, g := range gaps {
		g.Origin.File = name(g.Origin.File)
		in.gaps = append(in.gaps, g)
	}
	return nil
}

// load replays the files.
func (in *input) load(c *rules.Config) (*catalog.Catalog, error) {
	expectText(in.size())
	return in.loadWith(in, in.files, c)
}

// size is how many bytes the files have together; one that cannot be asked
// counts as empty. All are asked: the one large file may be any of them.
func (in *input) size() int64 {
	size := int64(len(in.stdin))
	for _, f := range in.files {
		if info, err := os.Stat(filepath.FromSlash(f)); err == nil {
			size += info.Size()
		}
	}
	return size
}

// loadWith replays files that need not all be of the run.
func (in *input) loadWith(fsys fs.FS, files []string, c *rules.Config) (*catalog.Catalog, error) {
	o := static.Options{Files: files, Platform: platformOf(c), Version: c.PostgresVersion}
	if o.Files == nil {
		o.Files = []string{}
	}
	cat, err := static.Load(fsys, o)
	if err != nil {
		return nil, failure("%w", err)
	}
	cat.Gaps = append(cat.Gaps, in.gaps...)
	return cat, nil
}

// Open opens a file of the run, which may stand anywhere: names are paths of
// the machine, not of a tree as fs.FS has them.
func (in *input) Open(name string) (fs.File, error) {
	if name == stdinName && in.stdin != nil {
		return &memoryFile{Reader: bytes.NewReader(in.stdin), size: int64(len(in.stdin))}, nil
	}
	f, err := os.Open(filepath.FromSlash(name))
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		return nil, errors.New(name + ": " + e.Err.Error()) // the reader says what for
	}
	return f, err
}

// sources gives the text of the files for code frames.
func (in *input) sources(c *rules.Config, p *project.Project) report.Sources {
	known := map[string]bool{}
	for _, f := range append([]string{c.File}, in.files...) {
		known[f] = f != ""
	}
	if p != nil {
		for _, f := range p.Files {
			known[f] = true
		}
	}
	return func(file string) ([]byte, bool) {
		if !known[file] {
			return nil, false
		}
		if file == stdinName {
			return in.stdin, true
		}
		text, err := os.ReadFile(filepath.FromSlash(file))
		return text, err == nil
	}
}

// cause says what could not be done to which path, and why, without the
// operation's name that package os puts in front.
func cause(verb, path string, err error) error {
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		err = e.Err
	}
	return errors.New(verb + " " + path + ": " + err.Error())
}

func list(words []string) string { return strings.Join(words, ", ") }

// memoryFile is standard input as a file.
type memoryFile struct {
	*bytes.Reader
	size int64
}

// Stat is the file's own description.
func (m *memoryFile) Stat() (fs.FileInfo, error) { return m, nil }

// Close does nothing.
func (m *memoryFile) Close() error { return nil }

// These make it its own fs.FileInfo.
func (m *memoryFile) Name() string       { return stdinName }
func (m *memoryFile) Size() int64        { return m.size }
func (m *memoryFile) Mode() fs.FileMode  { return 0o444 }
func (m *memoryFile) ModTime() time.Time { return time.Time{} }
func (m *memoryFile) IsDir() bool        { return false }
func (m *memoryFile) Sys() any           { return nil }
