package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestInputSize finds the one large file among many, wherever it stands, and
// counts what is piped in.
func TestInputSize(t *testing.T) {
	dir := t.TempDir()
	in := &input{stdin: []byte("select 1;"), files: []string{filepath.Join(dir, "gone.sql")}}
	want := int64(len(in.stdin))
	for i := range 250 {
		text := make([]byte, 10)
		if i == 133 {
			text = make([]byte, 100_000)
		}
		file := filepath.Join(dir, fmt.Sprintf("%03d.sql", i))
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		in.files, want = append(in.files, file), want+int64(len(text))
	}
	if got := in.size(); got != want {
		t.Errorf("size is %d, want %d", got, want)
	}
}
