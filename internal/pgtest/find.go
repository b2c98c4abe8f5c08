package pgtest

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// find is the folder of the server's programs: POLICYLINT_TEST_PGBIN, the one
// that PATH leads to, or the newest of the usual places of Debian and Homebrew.
func find() (string, error) {
	if bin := os.Getenv("POLICYLINT_TEST_PGBIN"); bin != "" {
		if !complete(bin) {
			return "", fmt.Errorf("%w: no initdb and postgres in POLICYLINT_TEST_PGBIN=%s", errNoServer, bin)
		}
		return bin, nil
	}
	if file, err := exec.LookPath("postgres"); err == nil {
		if file, err = filepath.EvalSymlinks(file); err == nil && complete(filepath.Dir(file)) {
			return filepath.Dir(file), nil
		}
	}
	var found []string
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin",
		"/opt/homebrew/opt/postgresql@*/bin",
		"/usr/local/opt/postgresql@*/bin",
	} {
		dirs, err := filepath.Glob(pattern)
		if err != nil {
			return "", fmt.Errorf("look for PostgreSQL: %w", err)
		}
		for _, dir := range dirs {
			if complete(dir) {
				found = append(found, dir)
			}
		}
	}
	if len(found) == 0 {
		return "", fmt.Errorf("%w in PATH, /usr/lib/postgresql or Homebrew; `make test` says how to get one", errNoServer)
	}
	return slices.MaxFunc(found, func(a, b string) int { return cmp.Compare(major(a), major(b)) }), nil
}

// complete reports whether dir has both programs that a new server needs.
func complete(dir string) bool {
	for _, name := range []string{"initdb", "postgres"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.IsDir() {
			return false
		}
	}
	return true
}

var version = regexp.MustCompile(`\d+`)

// major is the version number in a path such as /usr/lib/postgresql/16/bin.
func major(dir string) int {
	n, err := strconv.Atoi(version.FindString(dir))
	if err != nil {
		return 0
	}
	return n
}

// shortTemp is a folder for the socket, whose path may have 107 bytes on Linux
// and 103 on macOS, and which the server's user must be able to enter.
func shortTemp() string {
	if dir := os.TempDir(); len(dir) <= 60 && os.Geteuid() != 0 {
		return dir
	}
	return "/tmp"
}

// quote makes a value of a connection string.
func quote(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'"
}
