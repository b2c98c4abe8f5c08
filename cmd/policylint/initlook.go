package main

import (
	"os"
	"path"
	"path/filepath"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/rules"
)

// A discovery is what init found.
type discovery struct {
	from       string // what was looked at
	migrations string // folder, relative to the file that is written; "" for none
	settings   string // config.toml; "" for none
	hook       catalog.Name
	tables     []*catalog.Table
	claims     []rules.Claim
	subjects   []access.Subject
	baseline   bool
}

// look reads the migrations or the database, and what stands beside them.
func (f initFlags) look(s streams, paths []string) (*discovery, error) {
	p := &discovery{baseline: f.baseline}
	beside, err := readProject(&rules.Config{}, paths, true)
	if err != nil {
		return nil, err
	}
	if beside != nil && beside.Fault != nil {
		return nil, failure("read %w", beside.Fault)
	}
	config, _ := (&rules.Config{}).Beside(beside)
	var cat *catalog.Catalog
	if f.db != "" {
		ctx, cancel := f.database.context()
		defer cancel()
		if cat, err = f.database.read(ctx, f.db, "--db", config, progress(s.err)); err != nil {
			return nil, err
		}
		p.from = "the database " + catalog.Quote(cat.Source.Database)
	} else {
		in, err := findInput(s.in, paths, config)
		if err != nil {
			return nil, err
		}
		if in.stdin == nil && len(in.files) > 0 {
			folder := path.Dir(in.files[0])
			p.from = "the migrations in " + folder
			if rel, err := filepath.Rel(filepath.Dir(f.output), filepath.FromSlash(folder)); err == nil && len(paths) <= 1 {
				p.migrations = filepath.ToSlash(rel)
			}
			if len(paths) == 1 {
				if info, err := os.Stat(paths[0]); err == nil && !info.IsDir() {
					p.migrations, p.from = "", paths[0]
				}
			}
		} else {
			p.from = "standard input"
		}
		if cat, err = in.load(config); err != nil {
			return nil, err
		}
	}
	if beside != nil {
		p.from += " and " + beside.File
		p.settings = beside.File
	}
	pass := &rules.Pass{Catalog: cat, Config: config}
	for t := range pass.Published() {
		p.tables = append(p.tables, t)
	}
	if h, ok := pass.Hook(); ok && len(h.Functions) > 0 {
		p.hook = h.Name
	}
	p.claims = pass.Claims()
	if len(p.claims) > 0 {
		for _, x := range pass.Subjects() {
			if x.Role != catalog.Anon {
				p.subjects = append(p.subjects, x)
			}
		}
	}
	return p, nil
}
