package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"policylint/rules"
)

// initFlags say what to look at, and where to write.
type initFlags struct {
	database      databaseFlags
	db, output    string
	yes, baseline bool
}

func initCommand(s streams) *cobra.Command {
	var f initFlags
	c := &cobra.Command{
		Use:   "init [PATH…]",
		Short: "Write a rules.yaml with what the project has",
		Long: `Looks at the migrations, at the supabase/config.toml beside them, or at the
database of --db, and writes a commented rules.yaml with what it found: the
schemas of the API, the published tables, the access token hook, its claims and
their values, and a subject for each kind of user.

A rules.yaml that is there is replaced only after a question, or with --yes.

With --baseline, what is wrong today is put into ` + baselineName + `, so
that only what is new is reported.`,
		Example: `  policylint init
  policylint init --yes --baseline
  policylint init --db "$DATABASE_URL"`,
		RunE: func(_ *cobra.Command, paths []string) error { return initialise(s, f, paths) },
	}
	c.Flags().StringVar(&f.db, "db", "", "look at the database of this `URL` instead of migrations")
	c.Flags().StringVarP(&f.output, "output", "o", configName, "write to this `file`")
	c.Flags().BoolVarP(&f.yes, "yes", "y", false, "replace the file without a question")
	c.Flags().BoolVar(&f.baseline, "baseline", false, "also write "+baselineName+" with what is found today")
	f.database.add(c.Flags())
	return c
}

func initialise(s streams, f initFlags, paths []string) error {
	if f.db != "" && len(paths) > 0 {
		return usage("PATH and --db are two sources: name one")
	}
	if err := f.mayWrite(s); err != nil {
		return err
	}
	p, err := f.look(s, paths)
	if err != nil {
		return err
	}
	text, err := p.text()
	if err != nil {
		return failure("write %s: %w", f.output, err)
	}
	config, err := rules.ReadConfig(filepath.ToSlash(f.output), text)
	if err != nil {
		return failure("what was found is no valid configuration, please report it: %w", err)
	}
	if err := replace(f.output, text); err != nil {
		return usage("%w", cause("write", f.output, err))
	}
	if _, err := fmt.Fprintf(s.out, "%s is written, from %s:\n%s", f.output, p.from, p.summary()); err != nil {
		return err
	}
	if !f.baseline {
		_, err := fmt.Fprintf(s.out, "\nNext: `policylint lint`. To begin with what is new, and leave what is there for later:\n  policylint lint --baseline %s --update-baseline\n", baselineName)
		return err
	}
	return f.known(s, paths, config)
}

// known puts what is found today into the baseline.
func (f initFlags) known(s streams, paths []string, config *rules.Config) error {
	l := lintFlags{config: f.output, format: "text", failOn: "never", baseline: baselineFlags{update: true}}
	if err := os.Remove(beside(config, config.Baseline)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return usage("%w", cause("replace", config.Baseline, err))
	}
	if _, err := io.WriteString(s.out, "\n"); err != nil {
		return err
	}
	if f.db != "" {
		return inspect(s, l, f.database, f.db)
	}
	return lint(s, l, sinceFlags{}, paths)
}

// mayWrite asks before a file is replaced. Where nobody can answer, --yes has
// to say so.
func (f initFlags) mayWrite(s streams) error {
	if _, err := os.Lstat(f.output); err != nil || f.yes {
		return nil
	}
	in, ok := s.in.(*os.File)
	if !ok || !term.IsTerminal(int(in.Fd())) {
		return usage("%s is there already: --yes replaces it, --output names another", f.output)
	}
	return ask(s, f.output)
}

func ask(s streams, file string) error {
	if _, err := fmt.Fprintf(s.out, "%s is there already. Replace it? [y/N] ", file); err != nil {
		return err
	}
	answer, _ := bufio.NewReader(s.in).ReadString('\n')
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return nil
	}
	return usage("%s is left as it is", file)
}
