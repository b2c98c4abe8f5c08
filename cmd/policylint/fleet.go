package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"slices"
	"sync"

	"gopkg.in/yaml.v3"

	"policylint/inspect/catalog"
	"policylint/internal/report"
	"policylint/rules"
)

// A fleetEntry is one database of a fleet file.
type fleetEntry struct {
	Name string `yaml:"name"`
	Env  string `yaml:"env"` // name of the variable that holds the connection string
	DB   string `yaml:"db"`  // URL or keyword=value string; better without a password
}

// maxFleet is how many databases are read at the same time at most.
const maxFleet = 16

// readFleet reads a fleet file: a list of databases, each with a name.
func readFleet(file string) ([]fleetEntry, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, usage("%w", cause("read fleet", file, err))
	}
	var out struct {
		Databases []fleetEntry `yaml:"databases"`
	}
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(&out); err != nil && !errors.Is(err, io.EOF) {
		// What the parser quotes may be a connection string.
		return nil, usage("read fleet %s: it is not a list `databases:` of entries with name and env or db", file)
	}
	if len(out.Databases) == 0 {
		return nil, usage("read fleet %s: no databases", file)
	}
	var names []string
	for i, e := range out.Databases {
		switch {
		case e.Name == "":
			return nil, usage("read fleet %s: entry %d has no name", file, i+1)
		case slices.Contains(names, e.Name):
			return nil, usage("read fleet %s: two databases are called %q", file, e.Name)
		case (e.Env == "") == (e.DB == ""):
			return nil, usage("read fleet %s: database %q needs either env or db", file, e.Name)
		}
		names = append(names, e.Name)
	}
	return out.Databases, nil
}

// inspectFleet judges many databases side by side. One that cannot be read
// does not lose the others; the exit is that of the worst.
func inspectFleet(s streams, f lintFlags, d databaseFlags, file string, parallel int) error {
	if parallel < 1 || parallel > maxFleet {
		return usage("--parallel is %d: use 1 to %d", parallel, maxFleet)
	}
	entries, err := readFleet(file)
	if err != nil {
		return err
	}
	j, err := f.prepare(nil)
	if err != nil {
		return err
	}
	// Each database has only its part of what is known.
	j.selection.KeepStale = true
	ctx, cancel := d.context()
	defer cancel()
	cats := make([]*catalog.Catalog, len(entries))
	members, faults := make([]report.Member, len(entries)), make([]error, len(entries))
	free := make(chan struct{}, parallel)
	var wait sync.WaitGroup
	for i, e := range entries {
		wait.Go(func() {
			free <- struct{}{}
			defer func() { <-free }()
			members[i].Name = e.Name
			text, origin := e.DB, "fleet entry "+e.Name
			if e.Env != "" {
				text, origin = os.Getenv(e.Env), e.Env
				if text == "" {
					faults[i] = failure("%s is not set", e.Env)
					return
				}
			}
			cat, err := d.read(ctx, text, origin, j.config, nil)
			if err != nil {
				faults[i] = err
				return
			}
			cats[i], members[i].Result = cat, rules.Run(cat, j.config, j.selection)
		})
	}
	wait.Wait()
	for i, err := range faults {
		if err != nil {
			members[i].Err = err.Error()
		}
	}
	if f.baseline.update {
		if err := j.rebaseFleet(cats, members); err != nil {
			return err
		}
	}
	write := func() error { return f.writeFleet(s, members, j.failOn) }
	if f.format == "html" {
		write = func() error { return j.fleetPage(s, cats, members) }
	}
	if err := write(); err != nil {
		return err
	}
	return j.worst(members, faults)
}

// rebaseFleet writes the baseline from what was found in all databases. It does
// not while one of them could not be read: what is known of that would be lost.
func (j *job) rebaseFleet(cats []*catalog.Catalog, members []report.Member) error {
	var runs []*rules.Result
	for _, m := range members {
		if m.Result == nil {
			return failure("database %s could not be read: %s: the baseline is left as it is", m.Name, m.Err)
		}
		runs = append(runs, m.Result)
	}
	runs, err := j.rebase(func() (out []*rules.Result) {
		for _, c := range cats {
			out = append(out, rules.Run(c, j.config, j.selection))
		}
		return out
	}, runs...)
	for i, r := range runs {
		members[i].Result = r
	}
	return err
}

// worst is the exit that the members come to.
func (j *job) worst(members []report.Member, faults []error) error {
	var out error
	for i, m := range members {
		err := faults[i]
		if m.Result != nil {
			err = j.verdict(m.Result)
		} else if err != nil {
			err = &exit{code: exitFailure}
		}
		if err != nil && (out == nil || code(err) > code(out)) {
			out = err
		}
	}
	return out
}

func code(err error) int {
	if e := (*exit)(nil); errors.As(err, &e) {
		return e.code
	}
	return exitUsage
}

func (f lintFlags) writeFleet(s streams, members []report.Member, failOn rules.Severity) error {
	return deliver(s, f.output, func(w io.Writer) error {
		switch f.format {
		case "json":
			return report.FleetJSON(w, members)
		case "sarif":
			return report.FleetSARIF(w, members, version())
		case "github":
			return report.FleetGitHub(w, members)
		case "gitlab":
			return report.FleetGitLab(w, members)
		case "junit":
			return report.FleetJUnit(w, members, failOn)
		case "markdown":
			return report.FleetMarkdown(w, members, report.CommentLimit)
		}
		o := report.TextOptions{Verbose: f.verbose, Sources: func(string) ([]byte, bool) { return nil, false }}
		o.Color, o.Width = terminal(w)
		if f.noColor {
			o.Color = false
		}
		return report.FleetText(w, members, o)
	})
}
