package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"policylint/inspect/project"
	"policylint/rules"
)

// readSettings reads the configuration that belongs to the paths, filled up
// from the config.toml beside it.
func readSettings(named string, paths []string) (*rules.Config, error) {
	c, err := readConfig(named, paths)
	if err != nil {
		return nil, err
	}
	p, err := readProject(c, paths, true)
	if err != nil {
		return nil, err
	}
	c, _ = c.Beside(p)
	return c, nil
}

// readProject reads what stands beside the database, nil when there is no
// config.toml. Brief is config.toml alone.
func readProject(c *rules.Config, paths []string, brief bool) (*project.Project, error) {
	file := configTOML(c, paths)
	if file == "" {
		return nil, nil
	}
	return loadProject(file, brief, fromHere)
}

// loadProject reads the project of a config.toml; name is how the user knows a
// file by its whole path.
func loadProject(file string, brief bool, name func(string) string) (*project.Project, error) {
	abs, err := filepath.Abs(file)
	if err != nil {
		return nil, failure("%w", cause("read", file, err))
	}
	root := filepath.Dir(abs)
	if filepath.Base(root) == "supabase" {
		root = filepath.Dir(root)
	}
	inside, err := filepath.Rel(root, abs)
	if err != nil {
		return nil, failure("%w", cause("read", file, err))
	}
	p, err := project.Load(os.DirFS(root), project.Options{
		Config: filepath.ToSlash(inside), Brief: brief,
		Name: func(f string) string { return filepath.ToSlash(name(filepath.Join(root, filepath.FromSlash(f)))) },
	})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, usage("read config_toml %s: there is no such file", file)
	case err != nil:
		return nil, failure("%w", cause("read", file, err))
	}
	return p, nil
}

// configTOML finds config.toml: where rules.yaml says, or else in the folder
// supabase that a path is in, is or has; "" when there is none.
func configTOML(c *rules.Config, paths []string) string {
	if c.ConfigTOML != "" {
		if filepath.IsAbs(c.ConfigTOML) {
			return filepath.Clean(c.ConfigTOML)
		}
		return filepath.Join(filepath.Dir(c.File), filepath.FromSlash(c.ConfigTOML))
	}
	var starts []string
	for _, p := range paths {
		if p != "-" {
			starts = append(starts, p)
		}
	}
	if len(paths) == 0 {
		if folder := configuredFolder(c); folder != "" {
			starts = append(starts, folder)
		}
		starts = append(starts, ".")
		if c.File != "" {
			starts = append(starts, filepath.Dir(c.File))
		}
	}
	for _, s := range starts {
		if file := configAround(s); file != "" {
			return file
		}
	}
	return ""
}

// configAround looks below a path, and in the two folders above it when they
// are called supabase: those of a migration and its folder.
func configAround(start string) string {
	dir, err := filepath.Abs(start)
	if err != nil {
		return ""
	}
	tried := []string{filepath.Join(dir, "supabase")}
	for range 3 {
		if filepath.Base(dir) == "supabase" {
			tried = append(tried, dir)
		}
		dir = filepath.Dir(dir)
	}
	for _, folder := range tried {
		file := filepath.Join(folder, "config.toml")
		if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() {
			return fromHere(file)
		}
	}
	return ""
}
