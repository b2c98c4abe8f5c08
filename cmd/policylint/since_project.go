package main

import (
	"os"
	"path/filepath"

	"policylint/inspect/project"
)

// besideFiles are the files beside the database that a run read.
func besideFiles(j *job) []string {
	if j.selection.Project == nil {
		return nil
	}
	return append([]string{j.selection.Project.File}, j.selection.Project.Files...)
}

// besideAsItWas reads what stood beside the database in a tree of older files;
// nil when nothing did.
func (c *change) besideAsItWas(j *job, tree string) (*project.Project, error) {
	if j.selection.Project == nil {
		return nil, nil
	}
	name, ok := c.name(j.selection.Project.File)
	old := filepath.Join(tree, filepath.FromSlash(name))
	if _, err := os.Stat(old); !ok || err != nil {
		return nil, nil
	}
	return loadProject(old, false, func(f string) string { return f })
}
