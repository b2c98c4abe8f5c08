package main

import (
	"io"
	"path"

	"github.com/spf13/cobra"

	"policylint/inspect/access"
	"policylint/internal/report"
	"policylint/rules"
)

// accessFlags are what the command is asked for.
type accessFlags struct {
	database               databaseFlags
	config, db, format, to string
	subjects, tables       []string
	why, probe             bool
}

func accessCommand(s streams) *cobra.Command {
	var f accessFlags
	c := &cobra.Command{
		Use:   "access [PATH…]",
		Short: "Show who may see and do what",
		Long: `Shows for each subject and each table what select, insert, update and delete
come to, and what Realtime delivers of a published table: from privileges, row
level security and the claims of the subjects, without running anything.

Subjects are those of rules.yaml or, without any, one for each value that the
hook can write, and anon. With --db and --probe the server is asked as well: in
the subject's role and with its claims, in a read-only transaction, it counts
the rows that a select gives and plans the other commands with EXPLAIN, which
finds what raises. It exits with 1 where the two disagree.`,
		Example: `  policylint access supabase/migrations
  policylint access --subject agent --table 'public.tick*' --why
  policylint access --db "$DATABASE_URL" --probe --format markdown`,
		RunE: func(_ *cobra.Command, paths []string) error { return f.run(s, paths) },
	}
	f.add(c)
	c.Flags().BoolVar(&f.probe, "probe", false, "ask the server too; needs --db")
	return c
}

// add declares the flags that test-claims has as well.
func (f *accessFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.config, "config", "", "read this `file` instead of the nearest rules.yaml")
	c.Flags().StringVar(&f.db, "db", "", "`URL` or keyword=value string of a database to read instead of migrations")
	f.database.add(c.Flags())
	c.Flags().StringSliceVar(&f.subjects, "subject", nil, "only these `subjects`; * and ? stand for anything")
	c.Flags().StringSliceVar(&f.tables, "table", nil, "only these `tables`, as schema.name; * and ? stand for anything")
	c.Flags().BoolVar(&f.why, "why", false, "say of each field what decides it")
	c.Flags().StringVar(&f.format, "format", "text", "text, markdown or json")
	c.Flags().StringVarP(&f.to, "output", "o", "", "write to this `file`")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(accessFormats, cobra.ShellCompDirectiveNoFileComp))
}

var accessFormats = []string{"text", "markdown", "json"}

func (f *accessFlags) check(paths []string) error {
	if err := oneOf("format", f.format, accessFormats...); err != nil {
		return err
	}
	for _, pattern := range append(append([]string{}, f.subjects...), f.tables...) {
		if _, err := path.Match(pattern, ""); err != nil {
			return usage("pattern %q is not understood: %w", pattern, err)
		}
	}
	switch {
	case f.db != "" && len(paths) > 0:
		return usage("PATH and --db are two sources: name one")
	case f.probe && f.db == "":
		return usage("--probe needs a database: name it with --db")
	}
	return nil
}

func (f *accessFlags) run(s streams, paths []string) error {
	if err := f.check(paths); err != nil {
		return err
	}
	config, err := readSettings(f.config, paths)
	if err != nil {
		return err
	}
	if !f.probe {
		cat, err := readCatalog(s, config, f.database, f.db, paths)
		if err != nil {
			return err
		}
		m, err := f.matrix(&rules.Pass{Catalog: cat, Config: config}, nil)
		if err != nil {
			return err
		}
		return f.write(s, m)
	}
	ctx, cancel := f.database.context()
	defer cancel()
	session, cat, err := f.database.open(ctx, f.db, "--db", config, progress(s.err))
	if err != nil {
		return err
	}
	defer session.Close()
	m, err := f.matrix(&rules.Pass{Catalog: cat, Config: config}, nil)
	if err != nil {
		return err
	}
	if err := probe(ctx, session, cat, m); err != nil {
		return err
	}
	if err := f.write(s, m); err != nil {
		return err
	}
	if len(m.Disagreements) > 0 {
		return &exit{code: exitFindings}
	}
	return nil
}

// matrix is the part of the matrix that was asked for; nil subjects are the
// project's own.
func (f *accessFlags) matrix(p *rules.Pass, subjects []access.Subject) (*report.Access, error) {
	m := &report.Access{Source: p.Source}
	tokens := subjects != nil // which are compared, not used side by side
	if !tokens {
		subjects = p.Subjects()
		if len(p.Config.Subjects) == 0 {
			m.Notes = append(m.Notes, "subjects are not configured: taken from what the hook can write")
		}
	}
	var names []string
	var chosen []int
	for n, s := range subjects {
		names = append(names, s.Name)
		if matches(f.subjects, s.Name) {
			chosen = append(chosen, n)
			m.Subjects = append(m.Subjects, s)
		}
	}
	if len(m.Subjects) == 0 {
		return nil, usage("no subject is called %s: there are %s", list(f.subjects), list(names))
	}
	row := p.Access().TableRow
	if tokens {
		row = p.Access().AloneRow
	}
	for t := range p.ProjectTables() {
		if matches(f.tables, t.Name.String()) {
			r := row(subjects, t) // of all: one's error is everybody's
			r.Only(chosen)
			m.Rows = append(m.Rows, r)
		}
	}
	for v := range p.ProjectViews() {
		if matches(f.tables, v.Name.String()) {
			m.Rows = append(m.Rows, p.Access().ViewRow(m.Subjects, v))
		}
	}
	if len(m.Rows) == 0 && len(f.tables) > 0 {
		return nil, usage("no table or view is called %s: `policylint catalog` lists them", list(f.tables))
	}
	return m, nil
}

// matches reports whether a name fits one of the patterns; none fit everything.
func matches(patterns []string, name string) bool {
	for _, p := range patterns {
		if ok, _ := path.Match(p, name); ok {
			return true
		}
	}
	return len(patterns) == 0
}

func (f *accessFlags) write(s streams, m *report.Access) error {
	return deliver(s, f.to, func(w io.Writer) error {
		switch f.format {
		case "json":
			return report.AccessJSON(w, m)
		case "markdown":
			return report.AccessMarkdown(w, m)
		}
		colour, width := terminal(w)
		return report.AccessText(w, m, colour, width, f.why)
	})
}
