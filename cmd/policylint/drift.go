package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/spf13/cobra"

	"policylint/inspect/catalog"
	"policylint/inspect/drift"
	"policylint/internal/snapshot"
	"policylint/rules"
)

// driftFlags say what is compared with what.
type driftFlags struct {
	db, against string
	snapshots   []string
}

func driftCommand(s streams) *cobra.Command {
	var f lintFlags
	var d databaseFlags
	var w driftFlags
	c := &cobra.Command{
		Use:   "drift [PATH…]",
		Short: "Say where migrations and a database, or two databases, differ",
		Long: `Compares two sides in what decides who receives what: the publication, replica
identities, row level security, policies by what they mean, the access token
hook, the privileges of the API's roles, and the history of migrations.

The first side is the migrations at PATH, the second the database of --db. With
--against, both sides are databases and --db is the first. A snapshot, which is
what catalog --format json wrote, can stand for either side, so that nobody
needs credentials: one for the database, or two for both.

Each difference comes with the SQL that brings the second side to the first,
where there is such SQL.`,
		Example: `  policylint drift --db "$PRODUCTION_URL"
  policylint drift --db "$STAGING_URL" --against "$PRODUCTION_URL"
  policylint drift supabase/migrations --snapshot production.json`,
		RunE: func(_ *cobra.Command, paths []string) error { return runDrift(s, f, d, w, paths) },
	}
	c.Flags().StringVar(&w.db, "db", "", "`URL` or keyword=value string of the database")
	c.Flags().StringVar(&w.against, "against", "", "`URL` of the database to compare that of --db with")
	c.Flags().StringArrayVar(&w.snapshots, "snapshot", nil, "a `file` that catalog --format json wrote, for a side")
	d.add(c.Flags())
	f.add(c)
	return c
}

func runDrift(s streams, f lintFlags, d databaseFlags, w driftFlags, paths []string) error {
	j, err := f.prepare(paths)
	if err != nil {
		return err
	}
	ctx, cancel := d.context()
	defer cancel()
	sides, err := w.sides(paths)
	if err != nil {
		return err
	}
	var cats [2]*catalog.Catalog
	o := drift.Options{Publication: j.config.PublicationName(), Hook: rules.DefaultHook}
	if j.config.Hook.Function != (catalog.Name{}) {
		o.Hook = j.config.Hook.Function
	}
	for i, side := range sides {
		switch side.kind {
		case fromFiles:
			in, err := findInput(s.in, paths, j.config)
			if err != nil {
				return err
			}
			if cats[i], err = in.load(j.config); err != nil {
				return err
			}
			if o.Files, err = migrationFiles(in); err != nil {
				return err
			}
			j.sources = in.sources(j.config, j.selection.Project)
		case fromSnapshot:
			cats[i], err = readSnapshot(side.where)
		case fromDatabase:
			cats[i], err = d.read(ctx, side.where, side.origin, j.config, progress(s.err))
		}
		if err != nil {
			return err
		}
	}
	j.selection.Against = &cats[1].Source
	j.selection.Sides = drift.Sides(cats[0].Source, cats[1].Source)
	if cats[0].Source.Kind != catalog.Database {
		j.selection.Sides[0] = "the migrations"
	}
	for i, side := range sides {
		if side.kind == fromSnapshot && (cats[i].Source.Kind == catalog.Database || cats[0].Source.Kind == cats[1].Source.Kind) {
			j.selection.Sides[i] = "snapshot " + filepath.Base(side.where)
		}
	}
	j.selection.Drift = drift.Compare(cats[0], cats[1], o)
	both := cats[0]
	for _, g := range cats[1].Gaps {
		// What neither side takes in is told once, at its statement.
		if !slices.ContainsFunc(both.Gaps, func(x catalog.Gap) bool { return x.Object == g.Object && x.Reason == g.Reason }) {
			both.Gaps = append(both.Gaps, g)
		}
	}
	return j.judge(s, both)
}

// Where a side comes from.
const (
	fromFiles = iota
	fromSnapshot
	fromDatabase
)

type side struct {
	kind          int
	where, origin string
}

// sides works out the two sides from what was named.
func (w driftFlags) sides(paths []string) ([2]side, error) {
	var none [2]side
	files := side{kind: fromFiles}
	shot := func(i int) side { return side{fromSnapshot, w.snapshots[i], ""} }
	db, origin := dsn(w.db)
	switch {
	case len(w.snapshots) > 2:
		return none, usage("--snapshot is given more than twice: there are two sides")
	case w.against != "" && w.db == "" && len(w.snapshots) == 0:
		return none, usage("--against needs --db or --snapshot for the other side")
	case w.against != "" && len(w.snapshots) == 1 && w.db == "":
		return [2]side{shot(0), {fromDatabase, w.against, "--against"}}, nil
	case w.against != "" && len(w.snapshots) == 0:
		return [2]side{{fromDatabase, db, origin}, {fromDatabase, w.against, "--against"}}, nil
	case w.against != "":
		return none, usage("--against, --db and --snapshot are three sides: name two")
	case len(w.snapshots) == 2:
		return [2]side{shot(0), shot(1)}, nil
	case len(w.snapshots) == 1 && w.db != "" && len(paths) == 0:
		return [2]side{shot(0), {fromDatabase, db, origin}}, nil
	case len(w.snapshots) == 1 && w.db == "":
		return [2]side{files, shot(0)}, nil
	case len(w.snapshots) == 1:
		return none, usage("PATH, --db and --snapshot are three sides: name two")
	}
	return [2]side{files, {fromDatabase, db, origin}}, nil
}

func readSnapshot(file string) (*catalog.Catalog, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, failure("%w", cause("read snapshot", file, err))
	}
	defer f.Close()
	c, err := snapshot.ReadJSON(f)
	if err != nil {
		return nil, failure("read snapshot %s: %w", file, err)
	}
	return c, nil
}

var versioned = regexp.MustCompile(`^([0-9]+)_.*\.sql$`)

// migrationFiles is the files as the history of migrations knows them. Nil when
// their names carry no versions.
func migrationFiles(in *input) ([]drift.File, error) {
	var out []drift.File
	for _, name := range in.files {
		m := versioned.FindStringSubmatch(path.Base(name))
		if m == nil {
			return nil, nil
		}
		text, err := fs.ReadFile(in, name)
		if err != nil {
			return nil, failure("read migration: %w", err)
		}
		out = append(out, drift.File{Version: m[1], Path: name, Digest: catalog.Digest(string(text))})
	}
	return out, nil
}
