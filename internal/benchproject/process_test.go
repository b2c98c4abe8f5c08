package benchproject_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/internal/benchproject"
)

// BenchmarkSmallProcess lints a single file of 20 statements.
func BenchmarkSmallProcess(b *testing.B) {
	l := newLinter(b, benchproject.New(1, 20))
	memory := l.memory(b)
	var times []float64
	for b.Loop() {
		times = append(times, float64(l.run(b))/1e6)
	}
	b.ReportMetric(median(times), "ms")
	b.ReportMetric(memory, "MB")
}

// BenchmarkProcess lints a project of 500 files and 10,000 statements, from
// the start of the process to its end, with all rules on. It prints that time
// as a part of what pg_query.Parse takes for the same text on one core, each
// time measured right before, and the memory that the process takes at most.
func BenchmarkProcess(b *testing.B) {
	project := benchproject.New(500, 10_000)
	l := newLinter(b, project)
	memory := l.memory(b, "--preset", "audit")
	text := filepath.Join(b.TempDir(), "all.sql")
	if err := os.WriteFile(text, []byte(benchproject.Text(project)), 0o600); err != nil {
		b.Fatal(err)
	}
	var ratios, parses []float64
	for b.Loop() {
		b.StopTimer()
		parse := parseTime(b, text)
		b.StartTimer()
		took := l.run(b, "--preset", "audit")
		ratios, parses = append(ratios, float64(took)/float64(parse)), append(parses, float64(parse)/1e6)
	}
	b.ReportMetric(median(ratios), "×parse")
	b.ReportMetric(median(parses), "parse-ms")
	b.ReportMetric(memory, "MB")
}

// median is what one slow or lucky run does not move.
func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

// parseAlone has the file that TestParseAlone parses.
const parseAlone = "POLICYLINT_PARSE_ALONE"

// parseTime is one run of the parser alone, in a process of its own as the
// command is: in one that ran before, memory is at hand that a command has to
// ask for. The start of the process and reading the file do not count.
func parseTime(b *testing.B, file string) time.Duration {
	cmd := exec.Command(os.Args[0], "-test.run", "^TestParseAlone$")
	cmd.Env = append(os.Environ(), parseAlone+"="+file)
	out, err := cmd.Output()
	var took time.Duration
	if _, scan := fmt.Sscan(string(out), &took); err != nil || scan != nil {
		b.Fatalf("parse alone: %v, %v\n%s", err, scan, out)
	}
	return took
}

// TestParseAlone is what parseTime runs.
func TestParseAlone(t *testing.T) {
	file := os.Getenv(parseAlone)
	if file == "" {
		t.Skip("BenchmarkProcess runs it")
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if _, err := pg.Parse(string(text)); err != nil {
		t.Fatal(err)
	}
	fmt.Println(time.Since(start).Nanoseconds())
}

// A linter is the command and a project to run it on.
type linter struct {
	bin, folder string
	peak        int64 // what the largest run took, in bytes
}

func newLinter(b *testing.B, project fs.FS) *linter {
	dir := b.TempDir()
	l := &linter{bin: filepath.Join(dir, "policylint"), folder: filepath.Join(dir, "migrations")}
	if err := os.CopyFS(l.folder, project); err != nil {
		b.Fatal(err)
	}
	if out, err := exec.Command("go", "build", "-o", l.bin, "policylint/cmd/policylint").CombinedOutput(); err != nil {
		b.Fatalf("build the command: %v\n%s", err, out)
	}
	return l
}

// memory is the most that a few runs took, in MB. Linux counts in what the
// process has that starts them: it must be asked before anything large is done.
func (l *linter) memory(b *testing.B, flags ...string) float64 {
	l.peak = 0
	for range 3 {
		l.run(b, flags...)
	}
	return float64(l.peak) / (1 << 20)
}

// run lints the project once and says how long the process took.
func (l *linter) run(b *testing.B, flags ...string) time.Duration {
	cmd := exec.Command(l.bin, append([]string{"lint", l.folder}, flags...)...)
	start := time.Now()
	out, err := cmd.CombinedOutput()
	took := time.Since(start)
	var code *exec.ExitError
	if err != nil && (!errors.As(err, &code) || code.ExitCode() != 1) { // 1 is findings
		b.Fatalf("lint: %v\n%s", err, out)
	}
	l.peak = max(l.peak, maxMemory(cmd.ProcessState))
	return took
}
