package benchproject_test

import (
	"fmt"
	"testing"
	"time"

	"policylint/inspect/access"
	"policylint/inspect/static"
	"policylint/inspect/static/platform"
	"policylint/internal/benchproject"
	"policylint/rules"
)

// BenchmarkAccess works out the whole matrix of 10 subjects, 1,000 tables and 4
// commands, what Realtime delivers included, and prints the time as a part of what reading the
// migrations took.
func BenchmarkAccess(b *testing.B) {
	project := benchproject.New(500, 16_000)
	start := time.Now()
	cat, err := static.Load(project, static.Options{Platform: platform.OldDefaults})
	if err != nil {
		b.Fatal(err)
	}
	read := time.Since(start)
	var subjects []access.Subject
	for i := range 10 {
		subjects = append(subjects, access.NewSubject(fmt.Sprint(i), map[string]any{"user_role": fmt.Sprint("role", i)}))
	}
	fields := 0
	for b.Loop() {
		fields = 0
		p := &rules.Pass{Catalog: cat}
		judge := access.New(cat, p.PublicationName())
		for t := range p.ProjectTables() {
			for _, cells := range judge.TableRow(subjects, t).Cells {
				fields += len(cells)
			}
		}
	}
	if fields < 40_000 {
		b.Fatalf("%d fields", fields)
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(read), "×read")
	b.ReportMetric(float64(fields), "fields")
}
