package source

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

// What files are called is read without regular expressions: compiling them
// takes as long as replaying a few statements.

// supabaseFile reports whether the Supabase CLI takes a file for a migration:
// ^[0-9]+_.*\.sql$ (supabase/cli, pkg/migration/file.go).
func supabaseFile(name string) bool {
	version := digits(name)
	return version != "" && strings.HasPrefix(name[len(version):], "_") && strings.HasSuffix(name, ".sql") && !strings.Contains(name, "\n")
}

// flywayFile reports whether a name is one of Flyway's: versioned, repeatable
// or undo, ^[VRU][0-9._]*__.*\.sql$.
func flywayFile(name string) bool {
	return name != "" && strings.IndexByte("VRU", name[0]) >= 0 && flywayVersion(name[1:]) && strings.HasSuffix(name, ".sql") && !strings.Contains(name, "\n")
}

// flywayVersion reports whether a version and two underscores come first.
func flywayVersion(s string) bool {
	return strings.Contains(s[:len(s)-len(strings.TrimLeft(s, "0123456789._"))], "__")
}

// goingBack reports whether a file is for going back: its name ends in down,
// rollback or undo, or is one that Flyway undoes with.
func goingBack(base string) bool {
	lower := strings.ToLower(base)
	for _, word := range []string{"down.sql", "rollback.sql", "undo.sql"} {
		if rest, ok := strings.CutSuffix(lower, word); ok && (rest == "" || strings.IndexByte("._-", rest[len(rest)-1]) >= 0) {
			return true
		}
	}
	return strings.HasPrefix(lower, "u") && flywayVersion(lower[1:])
}

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
	supabase := slices.ContainsFunc(all, supabaseFile)
	versions := slices.ContainsFunc(all, func(f string) bool {
		return flywayFile(path.Base(f)) || strings.HasSuffix(f, ".up.sql")
	})
	var files []string
	var gaps []catalog.Gap
	for _, f := range all {
		reason := ""
		switch base := path.Base(f); {
		case goingBack(base):
			reason = "it is for going back"
		case supabase && !supabaseFile(f):
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

// oldInit reports whether a first migration is one that the CLI leaves out: its
// old versions wrote it as a copy of the platform (pkg/migration/list.go).
func oldInit(name string) bool {
	version, ok := strings.CutSuffix(name, "_init.sql")
	return ok && len(version) == len(lastInit) && digits(version) == version && version < lastInit
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
