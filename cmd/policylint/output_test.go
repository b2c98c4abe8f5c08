package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestDeliver holds that a file is replaced as a whole or not at all, and that
// the error says whose fault it was.
func TestDeliver(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "report.txt")
	if err := os.WriteFile(file, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	long := strings.Repeat("new line\n", 20_000)
	err := deliver(streams{}, file, func(w io.Writer) error {
		if _, err := io.WriteString(w, long); err != nil {
			t.Error(err)
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Errorf("error %v, want that of the report", err)
	}
	holds(t, dir, "old")
	writeLong := func(w io.Writer) error { _, err := io.WriteString(w, long); return err }
	if err := deliver(streams{}, file, writeLong); err != nil {
		t.Fatal(err)
	}
	holds(t, dir, long)
	if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, want that of the file before: %v", info.Mode(), err)
	}
	err = deliver(streams{}, filepath.Join(dir, "no", "report.txt"), writeLong)
	if e := (*exit)(nil); !errors.As(err, &e) || e.code != exitUsage || !strings.HasPrefix(err.Error(), "write "+dir) {
		t.Errorf("error %v", err)
	}
	if runtime.GOOS == "linux" {
		err = deliver(streams{}, "/dev/full", writeLong)
		if e := (*exit)(nil); !errors.As(err, &e) || e.code != exitUsage || err.Error() != "write /dev/full: no space left on device" {
			t.Errorf("error %v", err)
		}
	}
}

// holds checks that the folder has one file, with that text.
func holds(t *testing.T, dir, want string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Fatalf("%v in the folder, want one file: %v", files, err)
	}
	got, err := os.ReadFile(filepath.Join(dir, files[0].Name()))
	if err != nil || string(got) != want {
		t.Errorf("the file has %d bytes, want %d: %v", len(got), len(want), err)
	}
}
