package source

import (
	"cmp"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

var (
	// supabaseFile is what the Supabase CLI takes for a migration (supabase/cli,
	// pkg/migration/file.go).
	supabaseFile = regexp.MustCompile(`^[0-9]+_.*\.sql$`)
	// supabaseInit is a first migration that the CLI leaves out: its old
	// versions wrote it as a copy of the platform (pkg/migration/list.go).
	supabaseInit = regexp.MustCompile(`^([0-9]{14})_init\.sql$`)
	// flywayFile and its like are Flyway's names: versioned, repeatable, undo.
	flywayFile = regexp.MustCompile(`^[VRU][0-9._]*__.*\.sql$`)
	goingBack  = regexp.MustCompile(`(?i)(^|[._-])(down|rollback|undo)\.sql$|^U[0-9._]*__`)
)

// lastInit is the first timestamp whose _init.sql the CLI applies.
const lastInit = "20211209000000"

// Files lists the migrations in the order in which the tool that applies them
// takes them, and as gaps those that it leaves out: for the Supabase CLI the
// files of the folder itself whose names begin with a version, else every .sql
// file, by name, or by version where the names are Flyway's or
// golang-migrate's.
func Files(fsys fs.FS) ([]string, []catalog.Gap, error) {
	all, err := list(fsys)
	if err != nil {
		return nil, nil, err
	}
	supabase := slices.ContainsFunc(all, supabaseFile.MatchString)
	versions := slices.ContainsFunc(all, func(f string) bool {
		return flywayFile.MatchString(path.Base(f)) || strings.HasSuffix(f, ".up.sql")
	})
	var files []string
	var gaps []catalog.Gap
	for _, f := range all {
		reason := ""
		switch base := path.Base(f); {
		case goingBack.MatchString(base):
			reason = "it is for going back"
		case supabase && !supabaseFile.MatchString(f):
			reason = "the Supabase CLI does not apply it: its name is not VERSION_NAME.sql"
		case supabase && len(files) == 0 && oldInit(base):
			reason = "the Supabase CLI does not apply it: an old first migration named init"
		}
		if reason == "" {
			files = append(files, f)
			continue
		}
		gaps = append(gaps, catalog.Gap{
			Reason: f + " is not replayed: " + reason,
			Origin: catalog.Origin{File: f, Line: 1, Column: 1, EndLine: 1, EndColumn: 1},
		})
	}
	if versions {
		slices.SortStableFunc(files, byVersion)
	}
	return files, gaps, nil
}

// list has every .sql file, by name.
func list(fsys fs.FS) ([]string, error) {
	var all []string
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (d.Name()[0] == '.' || d.Name() == "node_modules"):
			return fs.SkipDir
		case !d.IsDir() && strings.HasSuffix(name, ".sql"):
			all = append(all, name)
		}
		return nil
	})
	slices.Sort(all)
	return all, err
}

func oldInit(name string) bool {
	m := supabaseInit.FindStringSubmatch(name)
	return m != nil && m[1] < lastInit
}

// byVersion compares names with their numbers as numbers, and puts Flyway's
// repeatable migrations last.
func byVersion(a, b string) int {
	if r := cmp.Compare(repeatable(a), repeatable(b)); r != 0 {
		return r
	}
	for a != "" && b != "" {
		x, y := digits(a), digits(b)
		if x == "" || y == "" {
			if a[0] != b[0] {
				return cmp.Compare(rank(a[0]), rank(b[0]))
			}
			a, b = a[1:], b[1:]
			continue
		}
		a, b = a[len(x):], b[len(y):]
		x, y = strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0")
		if r := cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y)); r != 0 {
			return r
		}
	}
	return cmp.Compare(len(a), len(b))
}

func repeatable(name string) int {
	if strings.HasPrefix(path.Base(name), "R__") {
		return 1
	}
	return 0
}

// rank puts the underscore that ends a version before the point that goes on.
func rank(c byte) int {
	if c == '_' {
		return -1
	}
	return int(c)
}

func digits(s string) string {
	n := 0
	for n < len(s) && digit(s[n]) {
		n++
	}
	return s[:n]
}
