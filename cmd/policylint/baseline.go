package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"policylint/internal/report"
	"policylint/rules"
)

// baselineName is what the file of known findings is called where nothing else
// is said.
const baselineName = "policylint-baseline.yaml"

// baselineFlags are the flags about known findings.
type baselineFlags struct {
	file   string
	update bool
}

func (f *baselineFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.file, "baseline", "", "do not report again what this `file` has; instead of rules.yaml's baseline")
	c.Flags().BoolVar(&f.update, "update-baseline", false, "write what is found now to the baseline")
}

// read is the baseline to judge by: the flag's, else the configuration's. It is
// nil where there is none, and empty where it is about to be written.
func (f baselineFlags) read(config *rules.Config) (*rules.Baseline, error) {
	file := f.file
	if file == "" && config.Baseline != "" {
		file = beside(config, config.Baseline)
	}
	if file == "" {
		if f.update {
			return nil, usage("--update-baseline does not know the file: name it with --baseline %s, or with `baseline: %s` in rules.yaml", baselineName, baselineName)
		}
		return nil, nil
	}
	text, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist) && f.update:
		return &rules.Baseline{File: filepath.ToSlash(file)}, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, usage("read baseline %s: there is no such file: `--update-baseline` writes it", file)
	case err != nil:
		return nil, usage("%w", cause("read baseline", file, err))
	}
	b, err := rules.ReadBaseline(filepath.ToSlash(file), text)
	if err != nil {
		return nil, &exit{exitUsage, err}
	}
	return b, nil
}

// beside is a path of the configuration as seen from the working folder.
func beside(config *rules.Config, path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(filepath.Dir(config.File), filepath.FromSlash(path))
}

// rebase writes the baseline anew from what runs found, and judges again by it.
func (j *job) rebase(again func() []*rules.Result, runs ...*rules.Result) ([]*rules.Result, error) {
	old := j.selection.Baseline
	for _, r := range runs {
		if len(r.Crashed) > 0 {
			return nil, failure("rule %s stopped on a fault of its own: the baseline is left as it is; please report it", r.Crashed[0])
		}
	}
	fresh := rules.UpdateBaseline(old, old.File, j.config, runs...)
	text, err := fresh.Text()
	if err != nil {
		return nil, failure("write baseline %s: %w", old.File, err)
	}
	if err := replace(filepath.FromSlash(old.File), text); err != nil {
		return nil, usage("%w", cause("write baseline", old.File, err))
	}
	b, err := rules.ReadBaseline(old.File, text)
	if err != nil {
		return nil, failure("the baseline cannot be read back: %w", err)
	}
	b.Written, b.Added, b.Removed = true, fresh.Added, fresh.Removed
	j.selection.Baseline = b
	return again(), nil
}

// withBaseline adds the baseline's text to what code frames are drawn from.
func withBaseline(s report.Sources, b *rules.Baseline) report.Sources {
	if b == nil {
		return s
	}
	return func(file string) ([]byte, bool) {
		if file != b.File {
			return s(file)
		}
		text, err := os.ReadFile(filepath.FromSlash(file))
		return text, err == nil
	}
}
