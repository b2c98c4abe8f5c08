// Package static reads migrations into a catalog, without a database: it
// replays their statements, in order, on a model of what the server would do.
package static

import (
	"io/fs"

	"policylint/inspect/catalog"
	"policylint/inspect/static/platform"
	"policylint/inspect/static/source"
)

// Options say how migrations are read. The zero Options read the .sql files of
// a Supabase project in the order of its CLI.
type Options struct {
	// Platform is the state before the first migration.
	Platform platform.Variant
	// Version is the major version of the server, 0 when it is not known. It is
	// followed in who may create and alter roles; all else is as PostgreSQL 15
	// has it.
	Version int
	// Files are names within the file system, in the order to replay them.
	// Nil means those that source.Files finds.
	Files []string
}

// Load replays the migrations of fsys. It returns an error only when a file
// could not be read: what stands in the files wrongly is in the catalog, as
// failures and gaps.
func Load(fsys fs.FS, o Options) (*catalog.Catalog, error) {
	files, skipped := o.Files, []catalog.Gap(nil)
	if files == nil {
		var err error
		if files, skipped, err = source.Files(fsys); err != nil {
			return nil, err
		}
	}
	started := make(chan *replay, 1)
	go func() { // while the first files are read
		r := newReplay(o.Platform, o.Version)
		r.cat.Gaps = append(r.cat.Gaps, skipped...)
		r.restoring(dumped(fsys, files))
		started <- r
	}()
	var r *replay
	for file, err := range source.ReadAhead(fsys, files, readAhead) {
		if err != nil {
			return nil, err
		}
		if r == nil {
			r = <-started
		}
		r.file(file)
	}
	if r == nil {
		r = <-started
	}
	return r.cat, nil
}
