package main

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/spf13/cobra"

	"policylint/inspect/static/platform"
	"policylint/internal/lsp"
	"policylint/rules"
)

func lspCommand(s streams) *cobra.Command {
	return &cobra.Command{
		Use:   "lsp",
		Short: "Judge migrations as they are written: a server for editors",
		Long: `Speaks the language server protocol over standard input and output, for editors.
Migrations are judged as they are typed, as lint would: the nearest rules.yaml
counts. docs/editors.md says how to switch it on.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			// It runs for long and keeps what it replayed: the limits that main sets
			// are for a lint.
			debug.SetGCPercent(200)
			debug.SetMemoryLimit(math.MaxInt64)
			if !lsp.Serve(context.Background(), s.in, s.out, lsp.Options{Version: version(), Find: findSetup}) {
				return &exit{code: exitFindings} // the protocol demands 1
			}
			return nil
		},
	}
}

// findSetup finds the project that a folder has or is in, and how it is judged.
func findSetup(folder string) (*lsp.Setup, error) {
	config, err := readConfig("", []string{folder})
	if err != nil {
		return nil, err
	}
	migrations, err := migrationsAround(folder, config)
	if err != nil || migrations == "" {
		return nil, err
	}
	paths := []string{folder, migrations}
	if config.File != "" {
		paths = append(paths, filepath.Dir(config.File))
	}
	j, err := lintFlags{format: "text"}.prepare(paths)
	if err != nil {
		return nil, err
	}
	files := []string{config.File, configTOML(j.config, paths)}
	if j.selection.Baseline != nil {
		files = append(files, j.selection.Baseline.File)
	}
	if p := j.selection.Project; p != nil {
		files = append(files, p.Files...)
	}
	setup := &lsp.Setup{Folder: migrations, Platform: platformOf(j.config), Config: j.config, Selection: j.selection}
	for _, f := range files {
		if f == "" {
			continue
		}
		if f, err = filepath.Abs(filepath.FromSlash(f)); err != nil {
			return nil, err
		}
		setup.Files = append(setup.Files, f)
	}
	return setup, nil
}

// migrationsAround is the folder of migrations that the configuration names, or
// else the one that a folder is in, is or has, or that one above it has, up to
// the one that holds .git; "" when there is none.
func migrationsAround(folder string, config *rules.Config) (string, error) {
	if named := configuredFolder(config); named != "" {
		return filepath.Abs(named)
	}
	isFolder := func(path string) bool {
		info, err := os.Stat(path)
		return err == nil && info.IsDir()
	}
	dir, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	for {
		for _, below := range []string{"supabase/migrations", "migrations"} {
			if inner := filepath.Join(dir, filepath.FromSlash(below)); isFolder(inner) {
				return inner, nil
			}
		}
		if filepath.Base(dir) == "migrations" && isFolder(dir) {
			return dir, nil
		}
		_, err := os.Stat(filepath.Join(dir, ".git"))
		up := filepath.Dir(dir)
		if err == nil || up == dir {
			return "", nil
		}
		dir = up
	}
}

// platformOf is the state before the first migration.
func platformOf(c *rules.Config) platform.Variant {
	switch {
	case c.PlatformName() == "postgres":
		return platform.Postgres
	case c.ClosedByDefault:
		return platform.NewDefaults
	}
	return platform.OldDefaults
}
