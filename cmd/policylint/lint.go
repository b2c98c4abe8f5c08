package main

import (
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"policylint/inspect/catalog"
	"policylint/internal/report"
	"policylint/rules"
)

// lintFlags are the flags of lint.
type lintFlags struct {
	config, format, output string
	only, except           []string
	preset, min, failOn    string
	verbose, noColor       bool
	baseline               baselineFlags
}

func lintCommand(s streams) *cobra.Command {
	var f lintFlags
	var since sinceFlags
	c := &cobra.Command{
		Use:   "lint [PATH…]",
		Short: "Judge migrations by the rules",
		Long: `Reads migrations in the order in which they are applied and judges what they
leave by the rules. PATH is a folder of migrations, a file, or - for standard
input. Without one, the folder named in rules.yaml is read, or
supabase/migrations, or migrations.`,
		Example: `  policylint lint
  policylint lint supabase/migrations --format sarif --output policylint.sarif
  policylint lint --rule rls-disabled,policy-recursion schema.sql
  policylint lint --new-only
  pg_dump --schema-only | policylint lint -`,
		RunE: func(_ *cobra.Command, paths []string) error { return lint(s, f, since, paths) },
	}
	f.add(c)
	since.add(c)
	return c
}

// add declares the flags that commands with a report share.
func (f *lintFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.config, "config", "", "read this `file` instead of the nearest rules.yaml")
	c.Flags().StringVar(&f.format, "format", "text", "text, json, sarif, github, gitlab, junit, markdown or html")
	c.Flags().StringVarP(&f.output, "output", "o", "", "write the report to this `file`")
	c.Flags().StringSliceVar(&f.only, "rule", nil, "run only these `rules`, also those that are off")
	c.Flags().StringSliceVar(&f.except, "exclude-rule", nil, "do not run these `rules`")
	c.Flags().StringVar(&f.preset, "preset", "", "which rules run: recommended (the default), strict or audit, which is all of them")
	c.Flags().StringVar(&f.min, "min-severity", "", "report nothing milder: info, warning or error; with info at least the rules of the preset strict run")
	c.Flags().StringVar(&f.failOn, "fail-on", "", "exit with 1 from this severity on: info, warning, error or never (default error)")
	c.Flags().BoolVarP(&f.verbose, "verbose", "v", false, "list what was not checked and what was ignored")
	c.Flags().BoolVar(&f.noColor, "no-color", false, "never colour; so does NO_COLOR in the environment")
	f.baseline.add(c)
	for _, name := range []string{"rule", "exclude-rule"} {
		_ = c.RegisterFlagCompletionFunc(name, completeRule)
	}
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(lintFormats, cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("preset", cobra.FixedCompletions(rules.PresetNames(), cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("min-severity", cobra.FixedCompletions([]string{"info", "warning", "error"}, cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("fail-on", cobra.FixedCompletions([]string{"info", "warning", "error", "never"}, cobra.ShellCompDirectiveNoFileComp))
}

// A job is one run of the rules: what the flags and the configuration ask for.
type job struct {
	flags     lintFlags
	config    *rules.Config
	selection rules.Selection
	failOn    rules.Severity
	sources   report.Sources
	narrow    func(*rules.Result) error // to a change; nil for the whole
}

// prepare checks the flags and reads the configuration that belongs to the
// paths.
func (f lintFlags) prepare(paths []string) (*job, error) {
	if err := oneOf("format", f.format, lintFormats...); err != nil {
		return nil, err
	}
	config, err := readConfig(f.config, paths)
	if err != nil {
		return nil, err
	}
	selection, err := f.selection(config)
	if err != nil {
		return nil, err
	}
	failOn := config.FailSeverity()
	if f.failOn != "" {
		var ok bool
		if failOn, ok = rules.ParseSeverity(f.failOn, rules.Info, rules.Warning, rules.Error, rules.Never); !ok {
			return nil, usage("unknown severity %q for --fail-on: use info, warning, error or never", f.failOn)
		}
	}
	if selection.Baseline, err = f.baseline.read(config); err != nil {
		return nil, err
	}
	return &job{flags: f, config: config, selection: selection, failOn: failOn, sources: (&input{}).sources(config)}, nil
}

func lint(s streams, f lintFlags, since sinceFlags, paths []string) error {
	j, err := f.prepare(paths)
	if err != nil {
		return err
	}
	j.selection.Partial = partial(paths, j.config)
	if len(paths) == 0 {
		folder, err := usualFolder(j.config)
		if err != nil {
			return err
		}
		paths = []string{folder}
	}
	in, err := findInput(s.in, paths, j.config)
	if err != nil {
		return err
	}
	change, err := since.change(in, paths, j)
	if err != nil {
		return err
	}
	cat, err := in.load(j.config)
	if err != nil {
		return err
	}
	j.sources = in.sources(j.config)
	if change != nil {
		j.narrow = func(res *rules.Result) error { return change.narrow(j, in, paths, res) }
	}
	return j.judge(s, cat)
}

// judge runs the rules on one catalog, writes the report and gives the
// verdict.
func (j *job) judge(s streams, cat *catalog.Catalog) error {
	res := rules.Run(cat, j.config, j.selection)
	if j.flags.baseline.update {
		again := func() []*rules.Result { return []*rules.Result{rules.Run(cat, j.config, j.selection)} }
		runs, err := j.rebase(again, res)
		if err != nil {
			return err
		}
		res = runs[0]
	}
	if j.narrow != nil {
		if err := j.narrow(res); err != nil {
			return err
		}
	}
	sources := withBaseline(j.sources, j.selection.Baseline)
	write := func() error { return j.flags.write(s, res, sources, j.failOn) }
	if j.flags.format == "html" {
		write = func() error { return j.page(s, j.part(cat, res, sources)) }
	}
	if err := write(); err != nil {
		return err
	}
	return j.verdict(res)
}

// verdict is the exit that a result comes to.
func (j *job) verdict(res *rules.Result) error {
	switch {
	case len(res.Crashed) > 0:
		return failure("rule %s stopped on a fault of its own: the report is not complete; please report it", res.Crashed[0])
	case res.Fails(j.failOn):
		return &exit{code: exitFindings}
	}
	return nil
}

// partial reports whether the paths are less than what the configuration is
// for: another folder than it names, or single files.
func partial(paths []string, config *rules.Config) bool {
	folder := configuredFolder(config)
	return slices.ContainsFunc(paths, func(p string) bool {
		info, err := os.Stat(p)
		return err != nil || !info.IsDir() || folder != "" && filepath.Clean(p) != folder
	})
}

// selection checks the flags that narrow the run.
func (f lintFlags) selection(config *rules.Config) (rules.Selection, error) {
	s := rules.Selection{Only: f.only, Except: f.except}
	for _, id := range append(slices.Clone(f.only), f.except...) {
		if _, ok := config.Rule(id); !ok {
			return s, usage("%s", config.UnknownRule(id))
		}
	}
	if f.preset != "" {
		if err := oneOf("preset", f.preset, rules.PresetNames()...); err != nil {
			return s, err
		}
		s.Preset, _ = rules.ParsePreset(f.preset)
	}
	if f.min != "" {
		var ok bool
		if s.Min, ok = rules.ParseSeverity(f.min, rules.Info, rules.Warning, rules.Error); !ok {
			return s, usage("unknown severity %q for --min-severity: use info, warning or error", f.min)
		}
	}
	return s, nil
}

// oneOf checks a flag that has a few values.
func oneOf(flag, value string, known ...string) error {
	if slices.Contains(known, value) {
		return nil
	}
	if near := rules.Suggest(value, known); near != "" {
		return usage("unknown %s %q: did you mean %q?", flag, value, near)
	}
	return usage("unknown %s %q: use %s", flag, value, list(known))
}
