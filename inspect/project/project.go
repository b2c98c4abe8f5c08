// Package project reads the configuration beside the database: the Supabase
// CLI's config.toml, and the files in which a project keeps its origins and
// content security policies. What is computed, or comes from the environment,
// is unknown and not guessed.
package project

import (
	"bytes"
	"io/fs"
	"path"
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/project/toml"
)

// ConfigFile is the configuration of the Supabase CLI, seen from the project's
// folder.
const ConfigFile = "supabase/config.toml"

// A Project is what stands beside the database. Names of files in it are those
// that Options.Name gives; those in references are seen from the project's
// folder, so that they are the same wherever the command runs.
type Project struct {
	File   string  // config.toml
	Config *Config // nil when config.toml is not TOML, which Fault then tells
	Fault  *toml.Fault

	Lists     []OriginList     // of edge functions, by file
	Policies  []ContentPolicy  // by file
	Variables []Variable       // of files .env, by file
	Pushes    []catalog.Origin // where scripts push config.toml to a hosted project

	// Files are all files that were read.
	Files      []string
	Directives []catalog.Directive // policylint comments in config.toml, in order
	Gaps       []catalog.Gap       // what was met and not taken in
}

// Options say how to read a project.
type Options struct {
	// Config is config.toml, seen from the project's folder; "" for the usual
	// place.
	Config string
	// Brief leaves it at config.toml.
	Brief bool
	// Name is how the user knows a file of the project; nil for its own name.
	Name func(string) string
}

func (o Options) name(file string) string {
	if o.Name == nil {
		return file
	}
	return o.Name(file)
}

// maxFile is the size above which a file is taken to be something else.
const maxFile = 1 << 20

// Load reads a project. The error says that config.toml could not be read at
// all, fs.ErrNotExist among the reasons.
func Load(fsys fs.FS, o Options) (*Project, error) {
	if o.Config == "" {
		o.Config = ConfigFile
	}
	p := &Project{File: o.name(path.Clean(o.Config))}
	text, err := fs.ReadFile(fsys, path.Clean(o.Config))
	if err != nil {
		return nil, err
	}
	p.Files = append(p.Files, p.File)
	p.read(text)
	if !o.Brief {
		w := &walker{Project: p, fsys: fsys, options: o}
		w.walk(".", 0)
	}
	return p, nil
}

// read takes in config.toml.
func (p *Project) read(text []byte) {
	if len(text) > maxFile {
		p.Fault = &toml.Fault{Message: "too large for a configuration: at most 1 MB", Origin: start(p.File)}
		return
	}
	doc, err := toml.Parse(p.File, text)
	if err != nil {
		p.Fault = err
		if secretive(text, err.Origin.Line) {
			p.Files = nil // a report must not show the line
		}
		return
	}
	p.Config = newConfig(doc)
	p.Directives = directives(doc)
}

// start is the beginning of a file.
func start(file string) catalog.Origin {
	return catalog.Origin{File: file, Line: 1, Column: 1, EndLine: 1, EndColumn: 1}
}

// secretive reports whether a line may hold what nobody is to see.
func secretive(text []byte, line int) bool {
	for l := range bytes.Lines(text) {
		if line--; line == 0 {
			l = bytes.ToLower(l)
			return slices.ContainsFunc([]string{"secret", "key", "token", "pass", "sid"}, func(word string) bool { return bytes.Contains(l, []byte(word)) })
		}
	}
	return false
}
