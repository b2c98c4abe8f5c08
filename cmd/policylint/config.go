package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"policylint/rules"
)

// configName is the file that is looked for.
const configName = "rules.yaml"

// readConfig reads the named configuration, or the nearest rules.yaml from the
// first path upwards. Without any it is the empty one.
func readConfig(named string, paths []string) (*rules.Config, error) {
	file := named
	if file == "" {
		start := "."
		if len(paths) > 0 && paths[0] != "-" {
			start = paths[0]
		}
		if file = nearestConfig(start); file == "" {
			return &rules.Config{}, nil
		}
	}
	text, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, usage("read configuration %s: there is no such file", file)
	case err != nil:
		return nil, usage("read configuration: %w", err)
	}
	config, err := rules.ReadConfig(filepath.ToSlash(file), text)
	if err != nil {
		return nil, &exit{exitUsage, err}
	}
	return config, nil
}

// nearestConfig finds the rules.yaml of the project that a path belongs to: in
// the folder itself or one above it, up to the one that holds .git. It is ""
// when there is none.
func nearestConfig(start string) string {
	dir, err := filepath.Abs(start)
	if err != nil {
		return ""
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		dir = filepath.Dir(dir)
	}
	for {
		file := filepath.Join(dir, configName)
		if info, err := os.Stat(file); err == nil && !info.IsDir() {
			return fromHere(file)
		}
		_, err := os.Stat(filepath.Join(dir, ".git"))
		if up := filepath.Dir(dir); err != nil && up != dir {
			dir = up
			continue
		}
		return ""
	}
}

// fromHere is a path as it is shortest to read: relative to the working
// folder when it stands in it or right above.
func fromHere(file string) string {
	here, err := os.Getwd()
	if err != nil {
		return file
	}
	rel, err := filepath.Rel(here, file)
	if err != nil || len(rel) > len(file) {
		return file
	}
	return rel
}

// configuredFolder is the folder of migrations that the configuration names,
// as seen from the working folder; "" when it names none.
func configuredFolder(c *rules.Config) string {
	if c.Migrations == "" {
		return ""
	}
	if filepath.IsAbs(c.Migrations) {
		return filepath.Clean(c.Migrations)
	}
	return filepath.Join(filepath.Dir(c.File), filepath.FromSlash(c.Migrations))
}
