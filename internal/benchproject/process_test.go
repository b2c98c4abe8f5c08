package benchproject_test

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/internal/benchproject"
)

// BenchmarkProcess lints a project of 500 files and 10,000 statements, from
// the start of the process to its end, with all rules on. It prints that time
// as a part of what pg_query.Parse takes for the same text on one core, and
// the memory that the process takes at most.
func BenchmarkProcess(b *testing.B) {
	project := benchproject.New(500, 10_000)
	parse := parseTime(b, benchproject.Text(project))
	peak := lint(b, project)
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(parse), "×parse")
	b.ReportMetric(float64(peak)/(1<<20), "MB")
}

// BenchmarkSmallProcess lints a single file of 20 statements.
func BenchmarkSmallProcess(b *testing.B) { lint(b, benchproject.New(1, 20)) }

// parseTime is the best of a few runs.
func parseTime(b *testing.B, text string) time.Duration {
	best := time.Hour
	for range 5 {
		start := time.Now()
		if _, err := pg.Parse(text); err != nil {
			b.Fatal(err)
		}
		best = min(best, time.Since(start))
	}
	return best
}

func lint(b *testing.B, project fs.FS) (peak int64) {
	dir := b.TempDir()
	folder := filepath.Join(dir, "migrations")
	if err := os.CopyFS(folder, project); err != nil {
		b.Fatal(err)
	}
	bin := filepath.Join(dir, "policylint")
	if out, err := exec.Command("go", "build", "-o", bin, "policylint/cmd/policylint").CombinedOutput(); err != nil {
		b.Fatalf("build the command: %v\n%s", err, out)
	}
	for b.Loop() {
		cmd := exec.Command(bin, "lint", folder)
		out, err := cmd.CombinedOutput()
		var code *exec.ExitError
		if err != nil && (!errors.As(err, &code) || code.ExitCode() != 1) { // 1 is findings
			b.Fatalf("lint: %v\n%s", err, out)
		}
		peak = max(peak, maxMemory(cmd.ProcessState))
	}
	return peak
}
