package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/spf13/pflag"
	"golang.org/x/term"

	"policylint/inspect/catalog"
	"policylint/inspect/live"
	"policylint/rules"
)

// databaseFlags say how to reach a database.
type databaseFlags struct {
	connectTimeout, timeout time.Duration
	prepared                string
}

func (f *databaseFlags) add(flags *pflag.FlagSet) {
	flags.DurationVar(&f.connectTimeout, "connect-timeout", 10*time.Second, "give up connecting after this `time`")
	flags.DurationVar(&f.timeout, "timeout", 2*time.Minute, "give up the whole run after this `time`")
	flags.StringVar(&f.prepared, "prepared", "auto", "prepared statements: auto (not behind a pooler), always or never")
}

// dsn is the database to read: the flag, else what the environment names.
func dsn(flag string) (text, origin string) {
	if flag != "" {
		return flag, "--db"
	}
	for _, name := range []string{"POLICYLINT_DB", "DATABASE_URL"} {
		if v := os.Getenv(name); v != "" {
			return v, name
		}
	}
	return "", ""
}

// context ends with the run's time or an interrupt.
func (f *databaseFlags) context() (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	limited, cancel := context.WithTimeout(ctx, f.timeout)
	return limited, func() { cancel(); stop() }
}

// read connects, reads the catalog and leaves nothing behind.
func (f *databaseFlags) read(ctx context.Context, text, origin string, c *rules.Config, progress io.Writer) (*catalog.Catalog, error) {
	s, cat, err := f.open(ctx, text, origin, c, progress)
	if err != nil {
		return nil, err
	}
	s.Close()
	return cat, nil
}

// open connects and reads the catalog; the session is the caller's to close.
func (f *databaseFlags) open(ctx context.Context, text, origin string, c *rules.Config, progress io.Writer) (*live.Session, *catalog.Catalog, error) {
	modes := map[string]live.Prepared{"auto": live.PreparedAuto, "always": live.PreparedAlways, "never": live.PreparedNever}
	mode, ok := modes[f.prepared]
	if !ok {
		return nil, nil, usage("unknown value %q for --prepared: use auto, always or never", f.prepared)
	}
	o := live.ConnOptions{DSN: text, Origin: origin, ConnectTimeout: f.connectTimeout, StatementTimeout: f.timeout, Prepared: mode}
	// A database can be more than any folder of migrations: near the limit that
	// is enough for those, collecting garbage takes longer than all the rest.
	// Without one, and early, it takes a share of the time that is the same for
	// large and small, and ten thousand tables stay below 300 MB.
	debug.SetGCPercent(60)
	debug.SetMemoryLimit(math.MaxInt64)
	s, err := live.Connect(ctx, o)
	if err != nil {
		return nil, nil, failure("%w", err)
	}
	steps := steps{w: progress, since: time.Now()}
	cat, err := s.Load(ctx, live.Options{Platform: c.Platform, Progress: steps.show})
	steps.clear()
	if err != nil {
		s.Close()
		return nil, nil, failure("%w", err)
	}
	return s, cat, nil
}

// steps shows what is being read, on a terminal and when it takes longer than
// a second.
type steps struct {
	w     io.Writer
	since time.Time
	shown bool
}

func (s *steps) show(done, of int, what string) {
	if s.w == nil || time.Since(s.since) < time.Second {
		return
	}
	s.shown = true
	fmt.Fprintf(s.w, "\r\x1b[Kreading %s (%d of %d)", what, done+1, of)
}

func (s *steps) clear() {
	if s.shown {
		fmt.Fprint(s.w, "\r\x1b[K")
	}
}

// progress is where steps are shown: standard error when it is a terminal.
func progress(w io.Writer) io.Writer {
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return w
	}
	return nil
}
