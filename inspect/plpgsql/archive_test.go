package plpgsql_test

import (
	"os"
	"strings"
	"testing"
)

// An archive is a file of testdata: a comment, then files, each behind a line
// "-- NAME --".
type archive struct {
	comment string
	files   []file
}

type file struct{ name, data string }

func readArchive(t testing.TB, path string) *archive {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	a := &archive{}
	for line := range strings.Lines(string(data)) {
		name, ok := strings.CutPrefix(strings.TrimSpace(line), "-- ")
		name, ended := strings.CutSuffix(name, " --")
		switch {
		case ok && ended:
			a.files = append(a.files, file{name: name})
		case len(a.files) == 0:
			a.comment += line
		default:
			a.files[len(a.files)-1].data += line
		}
	}
	return a
}

func (a *archive) write(path string) error {
	var b strings.Builder
	b.WriteString(a.comment)
	for _, f := range a.files {
		b.WriteString("-- " + f.name + " --\n" + f.data)
	}
	return os.WriteFile(path, []byte(b.String()), 0o644)
}
