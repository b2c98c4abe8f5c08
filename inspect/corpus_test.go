package inspect_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"text/tabwriter"

	"github.com/jackc/pgx/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/live"
	"policylint/inspect/static"
	"policylint/inspect/static/platform"
	"policylint/inspect/static/source"
	"policylint/internal/pgtest"
)

// TestCorpus holds the static reader against a server on the migrations of
// whole projects: POLICYLINT_CORPUS names a folder with a folder a project, in
// which the migrations are in supabase/migrations, or the .sql files in the
// folder itself. Both must refuse the same statements for the same reason, and
// what is there afterwards must be the same.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("POLICYLINT_CORPUS")
	if dir == "" {
		t.Skip("POLICYLINT_CORPUS does not name a folder of projects")
	}
	projects, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "project\tfiles\tserver\tstatic\tdifferences")
	for _, p := range projects {
		if !p.IsDir() || strings.HasPrefix(p.Name(), ".") {
			continue
		}
		t.Run(p.Name(), func(t *testing.T) {
			root := filepath.Join(dir, p.Name(), "supabase", "migrations")
			if _, err := os.Stat(root); err != nil {
				root = filepath.Join(dir, p.Name())
			}
			v := judge(t, os.DirFS(root))
			fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%d\n", p.Name(), v.files, first(v.server), first(v.static), len(v.differences))
			for _, d := range v.differences {
				t.Error(d)
			}
			for _, n := range v.notes {
				t.Log(n)
			}
		})
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + table.String())
}

// A refusal is a statement that was not taken.
type refusal struct {
	file    string
	line    int
	state   string
	message string
}

func (r refusal) String() string {
	return fmt.Sprintf("%s:%d: %s %s", r.file, r.line, r.state, r.message)
}

// key is what the two sides must agree on.
func (r refusal) key() string { return fmt.Sprintf("%s:%d: %s", r.file, r.line, r.state) }

func first(list []refusal) string {
	if len(list) == 0 {
		return "accepted"
	}
	return list[0].key()
}

// A verdict is what came out of one project.
type verdict struct {
	files          int
	server, static []refusal
	differences    []string
	notes          []string // what the server could not judge
}

// judge reads a project both ways.
func judge(t *testing.T, fsys fs.FS) verdict {
	t.Helper()
	files, _, err := source.Files(fsys)
	if err != nil {
		t.Fatal(err)
	}
	v := verdict{files: len(files)}
	read, err := static.Load(fsys, static.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range read.Failures {
		v.static = append(v.static, refusal{f.Origin.File, f.Origin.Line, f.SQLState, f.Message})
	}

	c := pgtest.Platform(t, platform.OldDefaults)
	s := &applier{t: t, c: c}
	for _, name := range files {
		s.file(fsys, name)
	}
	v.server = s.refused
	for _, g := range read.Gaps {
		v.notes = append(v.notes, fmt.Sprintf("gap at %s:%d: %s", g.Origin.File, g.Origin.Line, g.Reason))
	}
	for _, r := range s.onlyWhole {
		v.notes = append(v.notes, "only in one transaction: "+r.String())
	}
	missing := slices.ContainsFunc(s.refused, lacking)
	v.compare(missing)
	running := loadLive(t, c)
	v.dumped(t, c, running)
	for _, d := range catalog.Diff(read, running) {
		if stoodIn.MatchString(d) {
			continue
		}
		if missing {
			v.notes = append(v.notes, "catalog (static / live), on a server that lacks an extension: "+d)
		} else {
			v.differences = append(v.differences, "catalog (static / live): "+d)
		}
	}
	return v
}

// dumped reads what pg_dump makes of the database as one more source.
func (v *verdict) dumped(t *testing.T, c *pgx.Conn, running *catalog.Catalog) {
	t.Helper()
	if os.Getenv("POLICYLINT_CORPUS_DUMPS") == "" {
		return
	}
	args := []string{"--schema-only"}
	for _, s := range platform.Schemas {
		args = append(args, "--exclude-schema", s)
	}
	text, err := exec.Command(pgtest.Program(t, "pg_dump"), append(args, pgtest.DSN(c, platform.Admin))...).Output()
	if err != nil {
		t.Fatalf("pg_dump: %v", err)
	}
	read, err := static.Load(fstest.MapFS{"production.sql": {Data: text}}, static.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range read.Failures {
		v.differences = append(v.differences, fmt.Sprintf("dump: line %d: %s %s", f.Origin.Line, f.SQLState, f.Message))
	}
	for _, g := range read.Gaps {
		v.notes = append(v.notes, fmt.Sprintf("dump: gap at line %d: %s", g.Origin.Line, g.Reason))
	}
	for _, d := range catalog.Diff(read, running) {
		if !stoodIn.MatchString(d) {
			v.differences = append(v.differences, "dump / live: "+d)
		}
	}
}

// notThere is the server's word for an extension that this machine lacks.
var notThere = regexp.MustCompile(`^extension ".*" is not available$` +
	`|^could not open extension control file` +
	`|^access method "(hnsw|ivfflat)"` +
	`|^unrecognized parameter "(lists|m|ef_construction)"`)

// stoodIn is where the platform of the tests must differ from the real one:
// plain SQL in the place of an extension, a setting that plain PostgreSQL
// refuses, an extension whose SCHEMA clause the real one overrides.
var stoodIn = regexp.MustCompile(`^extension (pg_graphql|supabase_vault): present / absent$|^setting .*/pgrst\.|^extension pg_cron: schema: `)

// platformOnly is refused by the server of the tests and taken by the platform's:
// supautils lets postgres set parameters (supabase/postgres:
// supautils.privileged_role_allowed_configs), and it owns the database.
var platformOnly = regexp.MustCompile(`^permission denied to set parameter "|^must be owner of database postgres$`)

// lacking reports whether a statement was refused only because the server is
// not the platform's.
func lacking(r refusal) bool { return notThere.MatchString(r.message) }

// compare lists the statements that only one side refuses. A table that no
// file creates is reported once by the static reader, which then goes on as if
// it were there, so later complaints of the server prove nothing.
func (v *verdict) compare(missing bool) {
	here, there := map[string]bool{}, map[string]bool{}
	for _, r := range v.static {
		here[r.key()] = true
	}
	for _, r := range v.server {
		there[r.key()] = true
	}
	var assumed bool
	for _, r := range v.server {
		switch {
		case lacking(r), platformOnly.MatchString(r.message):
			v.notes = append(v.notes, "the server lacks it: "+r.String())
		case here[r.key()]:
			assumed = assumed || r.state == "42P01"
		case missing || assumed:
			v.notes = append(v.notes, "only the server refuses, perhaps in consequence: "+r.String())
		default:
			v.differences = append(v.differences, "only the server refuses: "+r.String())
		}
	}
	for _, r := range v.static {
		if !there[r.key()] {
			v.differences = append(v.differences, "only the static reader refuses: "+r.String())
		}
	}
}

// loadLive reads the database of c with all rights.
func loadLive(t *testing.T, c *pgx.Conn) *catalog.Catalog {
	t.Helper()
	ctx := context.Background()
	tx, err := pgtest.Admin(t, c).Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(ctx) //nolint:errcheck // nothing to keep
	read, err := live.Load(ctx, tx, live.Options{Platform: "supabase"})
	if err != nil {
		t.Fatal(err)
	}
	return read
}
