package main

import (
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/rules"
)

// A discovery is what init found.
type discovery struct {
	from       string // what was looked at
	migrations string // folder, relative to the file that is written; "" for none
	closed     bool   // new tables are not granted by themselves
	schemas    []string
	hook       catalog.Name
	tables     []*catalog.Table
	claims     []rules.Claim
	subjects   []access.Subject
	origins    []string
	baseline   bool
}

// look reads the migrations or the database, and what stands beside them.
func (f initFlags) look(s streams, paths []string) (*discovery, error) {
	p := &discovery{baseline: f.baseline}
	config := &rules.Config{}
	var cat *catalog.Catalog
	if f.db != "" {
		ctx, cancel := f.database.context()
		defer cancel()
		var err error
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
			if err := p.settings(filepath.Join(filepath.FromSlash(path.Dir(folder)), "config.toml")); err != nil {
				return nil, err
			}
			if len(paths) == 1 {
				if info, err := os.Stat(paths[0]); err == nil && !info.IsDir() {
					p.migrations, p.from = "", paths[0]
				}
			}
		} else {
			p.from = "standard input"
		}
		config.ClosedByDefault = p.closed
		if cat, err = in.load(config); err != nil {
			return nil, err
		}
	}
	config.Hook.Function = p.hook
	pass := &rules.Pass{Catalog: cat, Config: config}
	for t := range pass.Published() {
		p.tables = append(p.tables, t)
	}
	if h, ok := pass.Hook(); ok && len(h.Functions) > 0 {
		p.hook = h.Name
	} else {
		p.hook = catalog.Name{}
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

// settingsTOML is what init takes from supabase/config.toml; all else in it is
// not looked at.
type settingsTOML struct {
	API struct {
		Schemas    []string `toml:"schemas"`
		AutoExpose *bool    `toml:"auto_expose_new_tables"`
	} `toml:"api"`
	Auth struct {
		SiteURL string `toml:"site_url"`
		Hook    struct {
			Token struct {
				Enabled bool   `toml:"enabled"`
				URI     string `toml:"uri"`
			} `toml:"custom_access_token"`
		} `toml:"hook"`
	} `toml:"auth"`
}

// settings reads supabase/config.toml, if there is one.
func (p *discovery) settings(file string) error {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var t settingsTOML
	if err == nil {
		err = toml.Unmarshal(text, &t)
	}
	if err != nil {
		return failure("read %s: it is not TOML as the Supabase CLI writes it: %s", file, strings.SplitN(err.Error(), "\n", 2)[0])
	}
	p.from += " and " + filepath.ToSlash(file)
	p.schemas = t.API.Schemas
	p.closed = t.API.AutoExpose != nil && !*t.API.AutoExpose
	if u, err := url.Parse(t.Auth.Hook.Token.URI); err == nil && t.Auth.Hook.Token.Enabled && u.Scheme == "pg-functions" {
		if parts := strings.Split(strings.Trim(u.Path, "/"), "/"); len(parts) == 2 {
			p.hook = catalog.Name{Schema: parts[0], Name: parts[1]}
		}
	}
	if u, err := url.Parse(t.Auth.SiteURL); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
		p.origins = []string{u.Scheme + "://" + u.Host}
	}
	return nil
}
