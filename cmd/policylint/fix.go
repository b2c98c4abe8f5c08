package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"policylint/internal/report"
)

// fixFlags say what to mend, and where to write it.
type fixFlags struct {
	lintFlags
	name           string
	stdout, dryRun bool
	dryRunGiven    bool
}

// nameOfFix is the second half of a migration's name where nothing else is
// said.
const nameOfFix = "policylint_fixes"

func fixCommand(s streams) *cobra.Command {
	var f fixFlags
	c := &cobra.Command{
		Use:   "fix [PATH…]",
		Short: "Write a migration that mends what has a fix",
		Long: `Writes one new migration with the SQL that mends what lint finds, in an order
in which it can be run, each statement below the rule and the object that it is
for. No file that is there is touched. Every statement can be run again.

The migration is tried out on the model before it is written: what a server
would refuse, or what does not help, is left out and said, and so is what has
no fix. What it does to who may see what is for you to read before you apply
it.

On a terminal the migration is only shown, unless --dry-run=false or --output
says otherwise; elsewhere it is written beside the others, under a name as the
Supabase CLI makes it.

What a baseline knows is mended too.`,
		Example: `  policylint fix
  policylint fix --dry-run=false
  policylint fix --rule rls-disabled --output rls.sql
  policylint fix --stdout | psql "$DATABASE_URL"`,
		RunE: func(c *cobra.Command, paths []string) error {
			f.dryRunGiven = c.Flags().Changed("dry-run")
			return fix(s, f, paths)
		},
	}
	c.Flags().StringVar(&f.config, "config", "", "read this `file` instead of the nearest rules.yaml")
	c.Flags().StringSliceVar(&f.only, "rule", nil, "mend only what these `rules` find, also those that are off")
	c.Flags().StringSliceVar(&f.except, "exclude-rule", nil, "leave alone what these `rules` find")
	c.Flags().StringVar(&f.min, "min-severity", "", "leave alone what is milder: info, warning or error")
	c.Flags().StringVarP(&f.output, "output", "o", "", "write the migration to this `file`, which must be new")
	c.Flags().StringVar(&f.name, "name", nameOfFix, "what the migration is called after its version")
	c.Flags().BoolVar(&f.stdout, "stdout", false, "write the SQL to standard output, and nothing else")
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "show the migration and write nothing; the default on a terminal")
	for _, name := range []string{"rule", "exclude-rule"} {
		_ = c.RegisterFlagCompletionFunc(name, completeRule)
	}
	return c
}

func fix(s streams, f fixFlags, paths []string) error {
	if f.stdout && f.output != "" {
		return usage("--stdout and --output are two places: name one")
	}
	if !nameRE.MatchString(f.name) {
		return usage("--name %q is no name of a migration: use letters, digits, - and _", f.name)
	}
	config, err := readConfig(f.config, paths)
	if err != nil {
		return err
	}
	selection, err := f.selection(config)
	if err != nil {
		return err
	}
	selection.Partial = partial(paths, config)
	in, err := findInput(s.in, paths, config)
	if err != nil {
		return err
	}
	file, err := f.file(in, time.Now())
	if err != nil {
		return err
	}
	x := &fixer{in: in, config: config, selection: selection, file: filepath.ToSlash(file)}
	m, err := x.plan()
	if err != nil {
		return err
	}
	return f.deliver(s, m, file)
}

// deliver shows the migration or writes it.
func (f fixFlags) deliver(s streams, m *report.Migration, file string) error {
	text, _ := m.SQL()
	if len(m.Fixes) == 0 {
		text = ""
	}
	_, width := terminal(s.out)
	onTerminal := width > 0
	dry := f.dryRun
	if !f.dryRunGiven {
		dry = onTerminal && f.output == ""
	}
	switch {
	case f.stdout:
		_, err := io.WriteString(s.out, text)
		return err
	case dry && text == "":
		_, err := io.WriteString(s.out, m.Summary(""))
		return err
	case dry:
		if onTerminal {
			text = report.Printable(text)
		}
		// What is shown can be taken for the file.
		_, err := fmt.Fprintf(s.out, "%s\n-- Nothing was written. policylint fix --dry-run=false writes\n-- %s.\n", text, report.Printable(filepath.ToSlash(file)))
		return err
	case text == "":
		_, err := io.WriteString(s.out, m.Summary(""))
		return err
	case file == "":
		return usage("there is no folder to write to: name the file with --output, or use --stdout")
	}
	w, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	switch {
	case errors.Is(err, fs.ErrExist):
		return isThere(file)
	case err != nil:
		return usage("%w", cause("write", file, err))
	}
	_, err = io.WriteString(w, text)
	if err = errors.Join(err, w.Close()); err != nil {
		return usage("%w", errors.Join(cause("write", file, err), os.Remove(file)))
	}
	_, err = io.WriteString(s.out, m.Summary(filepath.ToSlash(file)))
	return err
}

func isThere(file string) error {
	return usage("write %s: it is there already, and fix changes no file: name a new one with --output", file)
}

var (
	nameRE = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)
	// stamped is a name that begins with a version, as the Supabase CLI orders
	// migrations; golang-migrate's begin so too, and end otherwise.
	stamped = regexp.MustCompile(`^([0-9]+)_.*\.sql$`)
)

// file is where the migration goes. It comes after all others, so its version
// is the time in UTC, as the Supabase CLI has it, or the one after the last
// where that is in the future.
func (f fixFlags) file(in *input, now time.Time) (string, error) {
	if f.output != "" {
		if _, err := os.Lstat(f.output); err == nil {
			return "", isThere(f.output)
		}
		return f.output, nil
	}
	if in.stdin != nil {
		return "", nil
	}
	folder := path.Dir(in.files[len(in.files)-1])
	version := now.UTC().Format("20060102150405")
	last := ""
	for _, file := range in.files {
		base := path.Base(file)
		m := stamped.FindStringSubmatch(base)
		if m == nil || strings.HasSuffix(base, ".up.sql") || path.Dir(file) != folder {
			if f.stdout || f.dryRun {
				return path.Join(folder, version+"_"+f.name+".sql"), nil
			}
			return "", usage("%s is not named as the Supabase CLI names migrations, so the name that comes after it is not known: name the file with --output", file)
		}
		last = max(last, m[1])
	}
	if version <= last {
		n, err := strconv.ParseUint(last, 10, 64)
		if err != nil {
			return "", usage("version %s is too long to come after: name the file with --output", last)
		}
		if version = fmt.Sprintf("%0*d", len(last), n+1); len(version) > len(last) {
			return "", usage("no version comes after %s: name the file with --output", last)
		}
	}
	return path.Join(folder, version+"_"+f.name+".sql"), nil
}
