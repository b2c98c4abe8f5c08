package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/term"

	"policylint/internal/report"
	"policylint/rules"
)

// lintFormats are the values of --format of lint.
var lintFormats = []string{"text", "json", "sarif", "github", "gitlab", "junit", "markdown", "html"}

// write puts the report where it belongs.
func (f lintFlags) write(s streams, res *rules.Result, sources report.Sources, failOn rules.Severity) error {
	return deliver(s, f.output, func(w io.Writer) error {
		switch f.format {
		case "json":
			return report.JSON(w, res)
		case "sarif":
			return report.SARIF(w, res, version())
		case "github":
			return report.GitHub(w, res)
		case "gitlab":
			return report.GitLab(w, res)
		case "junit":
			return report.JUnit(w, res, failOn)
		case "markdown":
			return report.Markdown(w, res, report.CommentLimit)
		}
		o := report.TextOptions{Sources: sources, Verbose: f.verbose}
		o.Color, o.Width = terminal(w)
		if f.noColor {
			o.Color = false
		}
		return report.Text(w, res, o)
	})
}

// terminal says whether to colour what is written to w, and how wide it is; a
// width of 0 is no terminal.
func terminal(w io.Writer) (colour bool, width int) {
	file, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return false, 0
	}
	width, _, err := term.GetSize(int(file.Fd()))
	if err != nil || width <= 0 {
		width = 80
	}
	// See no-color.org; a terminal that is dumb takes no colour either.
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb", width
}

// deliver writes to standard output, or to a file that is replaced only when
// all of it was written.
func deliver(s streams, file string, write func(io.Writer) error) error {
	if file == "" || file == "-" {
		return write(s.out)
	}
	var failed error // to write what there is to write, the file aside
	err := replaceWith(file, func(w io.Writer) error {
		t := &target{w: w}
		err := write(t)
		if t.err != nil {
			return t.err
		}
		failed = err
		return err
	})
	switch {
	case failed != nil:
		return failed
	case err != nil:
		return usage("%w", cause("write", file, err))
	}
	return nil
}

// A target notes what went wrong with the file itself.
type target struct {
	w   io.Writer
	err error
}

// Write implements [io.Writer].
func (t *target) Write(p []byte) (int, error) {
	n, err := t.w.Write(p)
	if t.err == nil {
		t.err = err
	}
	return n, err
}

// replace writes a file so that whoever reads it sees the old text or the new
// one.
func replace(file string, text []byte) error {
	return replaceWith(file, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}

// replaceWith is replace for a text that need not be in memory as a whole. What
// is no ordinary file, such as /dev/stdout, is written to.
func replaceWith(file string, write func(io.Writer) error) error {
	mode := os.FileMode(0o644)
	switch info, err := os.Stat(file); {
	case err == nil && !info.Mode().IsRegular():
		f, err := os.OpenFile(file, os.O_WRONLY|os.O_TRUNC, 0)
		if err != nil {
			return err
		}
		return errors.Join(buffered(f, write), f.Close())
	case err == nil:
		mode = info.Mode().Perm()
	}
	// A link stays one: what it points to is replaced.
	if target, err := filepath.EvalSymlinks(file); err == nil {
		file = target
	}
	f, err := os.CreateTemp(filepath.Dir(file), ".policylint-*")
	if err != nil {
		return err
	}
	err = errors.Join(buffered(f, write), f.Chmod(mode), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

func buffered(w io.Writer, write func(io.Writer) error) error {
	b := bufio.NewWriterSize(w, 64<<10)
	if err := write(b); err != nil {
		return err
	}
	return b.Flush()
}
