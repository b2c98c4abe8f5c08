package pgtest

import (
	"os"
	"path/filepath"
	"testing"
)

// Program is the path of a program that comes with the server, such as
// pg_dump; where there is none, the test is skipped.
func Program(t testing.TB, name string) string {
	t.Helper()
	dir, err := find()
	if err == nil {
		dir = filepath.Join(dir, name)
		_, err = os.Stat(dir)
	}
	if err != nil {
		t.Skipf("no %s beside the server: %v", name, err)
	}
	return dir
}
