package static_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"policylint/inspect/static"
	"policylint/inspect/static/platform"
)

// FuzzLoad demands that nothing in a file makes a load panic or end with an
// error, and that every place it names is in the file.
func FuzzLoad(f *testing.F) {
	seeds, err := filepath.Glob("testdata/fuzz-seeds/*.sql")
	if err != nil {
		f.Fatal(err)
	}
	judged, err := filepath.Glob("testdata/judge/*.sql")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range append(seeds, judged...) {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 20_000 {
			return
		}
		c, err := static.Load(fstest.MapFS{"1_a.sql": {Data: text}}, static.Options{Platform: platform.OldDefaults})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range c.Failures {
			if o := x.Origin; o.Line < 1 || o.Column < 1 || o.EndLine < o.Line || o.EndLine == o.Line && o.EndColumn < o.Column {
				t.Errorf("%s has the place %+v", x.Message, o)
			}
		}
	})
}
