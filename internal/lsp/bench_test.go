package lsp_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"policylint/inspect/static"
	"policylint/internal/benchproject"
	"policylint/internal/lsp"
	"policylint/internal/lsp/lsptest"
	"policylint/rules"
)

// BenchmarkKeystroke types in a file of a project of 500 files and 10,000
// statements, until what is wrong is published. It prints the time as a part of
// what a lint of the project takes.
func BenchmarkKeystroke(b *testing.B) {
	project := benchproject.New(500, 10_000)
	folder := b.TempDir()
	if err := os.CopyFS(folder, project); err != nil {
		b.Fatal(err)
	}
	names, err := fs.Glob(project, "*.sql")
	if err != nil {
		b.Fatal(err)
	}
	for _, x := range []struct {
		name string
		file string
	}{{"newest", names[len(names)-1]}, {"middle", names[len(names)/2]}, {"oldest", names[0]}} {
		b.Run(x.name, func(b *testing.B) {
			c := workspace(b, folder, lsp.Options{})
			text, err := fs.ReadFile(project, x.file)
			if err != nil {
				b.Fatal(err)
			}
			uri := "file://" + filepath.ToSlash(filepath.Join(folder, x.file))
			c.Notify("textDocument/didOpen", lsptest.Object{"textDocument": lsptest.Object{"uri": uri, "version": 1, "text": string(text)}})
			c.Settle()
			i, lint := 1, time.Duration(0)
			for b.Loop() {
				i++
				b.StopTimer()
				lint += lintTime(b, project) // in turns, so that a busy machine slows both
				b.StartTimer()
				c.Notify("textDocument/didChange", lsptest.Object{
					"textDocument":   lsptest.Object{"uri": uri, "version": i},
					"contentChanges": []lsptest.Object{{"text": string(text) + fmt.Sprintf("selec %d;\n", i)}},
				})
				c.Settle()
			}
			if p := c.Of(uri); *p.Version != i || len(p.Diagnostics) == 0 {
				b.Fatalf("published %+v", p)
			}
			b.ReportMetric(float64(b.Elapsed())/float64(lint), "×lint")
		})
	}
}

// lintTime is how long one lint takes.
func lintTime(b *testing.B, project fs.FS) time.Duration {
	start := time.Now()
	cat, err := static.Load(project, static.Options{})
	if err != nil {
		b.Fatal(err)
	}
	rules.Run(cat, &rules.Config{Preset: rules.Strict}, rules.Selection{})
	return time.Since(start)
}
