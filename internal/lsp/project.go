package lsp

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"policylint/inspect/catalog"
	"policylint/inspect/static"
	"policylint/inspect/static/source"
	"policylint/rules"
)

// project is one folder of migrations.
type project struct {
	setup  *Setup
	starts []string // the folders that it was found from
	stamps []stamp  // of the files of the setup
	kept   *static.Kept
}

// take takes a setup that was read anew.
func (p *project) take(s *Setup, start string) {
	if p.kept == nil || p.setup.Platform != s.Platform || p.setup.Config.PostgresVersion != s.Config.PostgresVersion {
		p.kept = static.Keep(s.Platform, s.Config.PostgresVersion)
	}
	p.setup, p.stamps = s, nil
	for _, f := range s.Files {
		p.stamps = append(p.stamps, stampOf(f))
	}
	if !slices.Contains(p.starts, start) {
		p.starts = append(p.starts, start)
	}
}

// stale reports whether a file changed that the setup was read from.
func (p *project) stale() bool {
	for i, f := range p.setup.Files {
		if stampOf(f) != p.stamps[i] {
			return true
		}
	}
	return false
}

// judge lints the project as it stands with the open documents in it.
func (p *project) judge(run context.Context, b *board) error {
	return guarded(func() error {
		texts, left, err := p.texts(b)
		if err != nil || len(texts) == 0 { // lint refuses a folder without migrations
			return err
		}
		cat, err := p.kept.Load(run, texts)
		if err != nil {
			return err
		}
		cat.Gaps = append(slices.Clip(cat.Gaps), left...)
		if run.Err() != nil {
			return run.Err()
		}
		b.result(p, rules.Run(cat, p.setup.Config, p.setup.Selection), texts, left)
		return nil
	})
}

// texts are the migrations in order, by their whole paths, and what is said of
// files that are left out.
func (p *project) texts(b *board) ([]static.Text, []catalog.Gap, error) {
	folder := p.setup.Folder
	files, left, err := source.Files(newOverlay(folder, b.docs))
	if err != nil {
		return nil, nil, fmt.Errorf("read folder %s: %w", folder, err)
	}
	path := func(name string) string { return filepath.Join(folder, filepath.FromSlash(name)) }
	for i := range left {
		left[i].Origin.File = filepath.ToSlash(path(left[i].Origin.File))
	}
	texts := make([]static.Text, len(files))
	for i, name := range files {
		text, err := b.read(path(name))
		if err != nil {
			return nil, nil, fmt.Errorf("read migration: %w", err)
		}
		texts[i] = static.Text{Name: filepath.ToSlash(path(name)), Text: text}
	}
	return texts, left, nil
}
