package static_test

import (
	"runtime"
	"testing"
	"testing/fstest"
	"time"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/static"
	"policylint/internal/benchproject"
)

// BenchmarkProject loads a project of 500 files and 10,000 statements, and
// says how long that takes as a part of what pg_query.Parse alone takes for
// the same text on one core, and how much memory is in use at most.
func BenchmarkProject(b *testing.B) {
	project := benchproject.New(500, 10_000)
	text := benchproject.Text(project)
	start := time.Now()
	if _, err := pg.Parse(text); err != nil {
		b.Fatal(err)
	}
	parse := time.Since(start)
	b.SetBytes(int64(len(text)))
	var peak uint64
	for b.Loop() {
		c, err := static.Load(project, static.Options{})
		if err != nil {
			b.Fatal(err)
		}
		for _, f := range c.Failures {
			b.Fatalf("%v: %s %s", f.Origin, f.SQLState, f.Message)
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak = max(peak, m.Sys)
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(parse), "×parse")
	b.ReportMetric(float64(peak)/(1<<20), "MB")
}

// BenchmarkSmall loads a single file of 20 statements.
func BenchmarkSmall(b *testing.B) {
	project := benchproject.New(1, 20)
	for b.Loop() {
		if _, err := static.Load(project, static.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSeed loads 50 MB of rows.
func BenchmarkSeed(b *testing.B) {
	row := []byte("insert into public.t (id, title, body) values (1, 'a title', 'some more text that goes on for a while');\n")
	text := []byte("create table public.t (id integer, title text, body text);\n")
	for len(text) < 50<<20 {
		text = append(text, row...)
	}
	project := fstest.MapFS{"1_seed.sql": {Data: text}}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := static.Load(project, static.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys)/(1<<20), "MB")
}
