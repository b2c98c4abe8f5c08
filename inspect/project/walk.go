package project

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

// Bounds of the search for files. What lies beyond is told as a gap.
const (
	maxEntries = 20_000 // of folders, all together
	maxBelow   = 8      // folders in each other
	maxRead    = 500    // files
)

// skipped are folders of what was fetched or built.
var skipped = []string{
	"node_modules", "bower_components", "vendor", "dist", "build", "out", "target", "coverage", "tmp", "temp",
	"Pods", "ios", "android", "venv", "__pycache__", "site-packages", "DerivedData",
}

// A walker looks through a project's folder.
type walker struct {
	*Project
	fsys    fs.FS
	options Options
	entries int
	full    bool // a bound was met
}

// walk finds and reads what the project keeps beside config.toml. Symbolic
// links are not followed, so there are no circles.
func (w *walker) walk(dir string, below int) {
	entries, err := fs.ReadDir(w.fsys, dir)
	if err != nil {
		w.gap(dir, "the folder cannot be read: "+reason(err))
		return
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		if w.entries++; w.full {
			return
		}
		switch {
		case w.entries > maxEntries:
			w.full = true
			w.gap(name, fmt.Sprintf("files from here on are not looked at: the project has more than %d", maxEntries))
		case e.IsDir():
			w.enter(name, e.Name(), below)
		case e.Type().IsRegular():
			w.file(name)
		case e.Type()&fs.ModeSymlink != 0 && w.reader(name) != nil:
			w.gap(name, "symbolic links are not followed")
		}
	}
}

// enter looks through a folder, unless it is another's.
func (w *walker) enter(name, base string, below int) {
	hidden := strings.HasPrefix(base, ".") && name != ".github" && name != ".github/workflows"
	if hidden || slices.Contains(skipped, base) {
		return
	}
	// A project of its own stands beside, in a repository of several.
	if _, err := fs.Stat(w.fsys, name+"/"+ConfigFile); err == nil {
		return
	}
	if below >= maxBelow {
		w.gap(name, fmt.Sprintf("the folder is not looked at: it is %d folders deep", below+1))
		return
	}
	w.walk(name, below+1)
}

// reader is what reads a file of that name, nil when nothing does.
func (w *walker) reader(name string) func(name string, text []byte) {
	base := path.Base(name)
	ext := path.Ext(base)
	script := slices.Contains([]string{".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"}, ext)
	stem := strings.TrimSuffix(base, ext)
	switch {
	case script && stem == "next.config":
		return w.script
	case script && inFunctions(name) && (stem == "index" || strings.HasPrefix(strings.ToLower(stem), "cors") || strings.Contains(name, "/_shared/")):
		return w.script
	case base == "vercel.json":
		return w.json
	case base == "netlify.toml":
		return w.netlify
	case base == "_headers":
		return w.headers
	case ext == ".html" && !strings.HasPrefix(name, "supabase/"):
		return w.html
	case base == ".env" || strings.HasPrefix(base, ".env."):
		return w.env
	case strings.HasPrefix(name, ".github/workflows/") && (ext == ".yml" || ext == ".yaml"), base == "package.json":
		return w.pushes
	}
	return nil
}

// Reads reports whether rules look at a project's file of that name.
func Reads(name string) bool {
	base := path.Base(name)
	return base == "config.toml" || !strings.HasPrefix(base, ".env") && (&walker{}).reader(name) != nil
}

// inFunctions holds for files of edge functions.
func inFunctions(name string) bool {
	return strings.HasPrefix(name, "supabase/functions/") || strings.Contains(name, "/supabase/functions/")
}

// file reads a file that something is to be found in.
func (w *walker) file(name string) {
	read := w.reader(name)
	if read == nil {
		return
	}
	if len(w.Files) > maxRead {
		w.full = true
		w.gap(name, fmt.Sprintf("files from here on are not read: more than %d were", maxRead))
		return
	}
	info, err := fs.Stat(w.fsys, name)
	if err == nil && info.Size() > maxFile {
		w.gap(name, "the file is not read: it is larger than 1 MB")
		return
	}
	text, err := fs.ReadFile(w.fsys, name)
	if err != nil {
		w.gap(name, "the file cannot be read: "+reason(err))
		return
	}
	if !strings.HasPrefix(path.Base(name), ".env") { // values are not to be shown
		w.Files = append(w.Files, w.options.name(name))
	}
	read(name, text)
}

// gap notes what of a file was not taken in.
func (w *walker) gap(name, reason string) { w.gapAt(start(w.options.name(name)), reason) }

func (w *walker) gapAt(at catalog.Origin, reason string) {
	w.Gaps = append(w.Gaps, catalog.Gap{Origin: at, Reason: reason})
}

// reason is an error without the path, which stands in front already.
func reason(err error) string {
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		return e.Err.Error()
	}
	return err.Error()
}
