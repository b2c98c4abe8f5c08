package main

import (
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"policylint/inspect/access"
	updates "policylint/inspect/flow"
	"policylint/internal/doctor"
	"policylint/internal/report"
	"policylint/rules"
)

// doctorFlags are what the command is asked for.
type doctorFlags struct {
	accessFlags
	token string
}

func doctorCommand(s streams) *cobra.Command {
	var f doctorFlags
	c := &cobra.Command{
		Use:   "doctor [PATH…]",
		Short: "Find the broken link between a user and their realtime updates",
		Long: `Walks the way of a realtime update in its order: the access token hook exists,
is enabled here and there, may run, writes the claim; the token carries it; the
policies read it; the role may select the table; the table is published; its
rows can be told apart; Realtime delivers. It says of each link that it is ok,
that it is broken, with the cause and the fix, or that it was not checked, and
what that would need. The first broken link is the answer.

It takes what there is: the migrations or, with --db, a database; config.toml
beside them; a user's token. With one --subject and one --table by name, it
asks why this subject gets nothing of this table.

The file of --token has the token or its claims as a JSON object; its signature
is not verified, and it is never shown. Tokens are secrets: - reads standard
input.

Exit codes: 0 no link is broken, 1 one is, 2 usage or configuration, 3 a source
could not be read.`,
		Example: `  policylint doctor
  policylint doctor --subject agent --table public.tickets
  pbpaste | policylint doctor --token -
  policylint doctor --db "$DATABASE_URL" --token agent.jwt --format json`,
		RunE: func(_ *cobra.Command, paths []string) error { return f.doctor(s, paths) },
	}
	c.Flags().StringVar(&f.config, "config", "", "read this `file` instead of the nearest rules.yaml")
	c.Flags().StringVar(&f.db, "db", "", "`URL` or keyword=value string of a database to read instead of migrations")
	f.database.add(c.Flags())
	c.Flags().StringVar(&f.token, "token", "", "`file` with a user's access token or its claims, or - for standard input")
	c.Flags().StringSliceVar(&f.subjects, "subject", nil, "only these `subjects`; * and ? stand for anything")
	c.Flags().StringSliceVar(&f.tables, "table", nil, "only these `tables`, as schema.name; * and ? stand for anything")
	c.Flags().StringVar(&f.format, "format", "text", "text or json")
	c.Flags().StringVarP(&f.to, "output", "o", "", "write to this `file`")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(doctorFormats, cobra.ShellCompDirectiveNoFileComp))
	return c
}

var doctorFormats = []string{"text", "json"}

func (f *doctorFlags) doctor(s streams, paths []string) error {
	if err := oneOf("format", f.format, doctorFormats...); err != nil {
		return err
	}
	if err := f.check(paths); err != nil {
		return err
	}
	if f.token == "-" && slices.Contains(paths, "-") {
		return usage("standard input is named twice")
	}
	d, err := f.examine(s, paths)
	if err != nil {
		return err
	}
	err = deliver(s, f.to, func(w io.Writer) error {
		if f.format == "json" {
			return report.DoctorJSON(w, d)
		}
		colour, width := terminal(w)
		return report.DoctorText(w, d, colour, width)
	})
	if err == nil && d.First() != nil {
		return &exit{code: exitFindings}
	}
	return err
}

// examine reads what there is, and judges it.
func (f *doctorFlags) examine(s streams, paths []string) (*doctor.Diagnosis, error) {
	config, err := readConfig(f.config, paths)
	if err != nil {
		return nil, err
	}
	beside, err := readProject(config, paths, true)
	if err != nil {
		return nil, err
	}
	config, notes := config.Beside(beside)
	in := doctor.Input{Now: time.Now()}
	if in.Token, err = f.readToken(s); err != nil {
		return nil, err
	}
	cat, err := readCatalog(s, config, f.database, f.db, paths)
	if err != nil {
		return nil, err
	}
	in.Pass = &rules.Pass{Catalog: cat, Config: config, Project: beside}
	in.Result = rules.Run(cat, config, rules.Selection{Only: doctor.Rules(), Project: beside, Notes: notes})
	if crashed := in.Result.Crashed; len(crashed) > 0 {
		return nil, failure("rule %s stopped on a fault of its own; please report it", crashed[0])
	}
	if err := f.choose(&in); err != nil {
		return nil, err
	}
	return doctor.Examine(in), nil
}

// readToken takes in the claims of the token, nil when none was given.
func (f *doctorFlags) readToken(s streams) (*access.Subject, error) {
	if f.token == "" {
		return nil, nil
	}
	claims, err := readClaims(s.in, f.token)
	if err != nil {
		return nil, err
	}
	t := access.NewSubject("the token's user", claims)
	if _, given := claims["role"]; !given {
		t.Role = ""
	}
	return &t, nil
}

// choose finds the subjects and tables that are asked about, and how their
// updates flow.
func (f *doctorFlags) choose(in *doctor.Input) error {
	flowing := report.FlowInput(in.Pass)
	flowing.Switch = updates.Switch{} // each link is judged as if those before it held
	var names []string
	for _, x := range flowing.Subjects {
		names = append(names, x.Name)
		// Without being asked for, a token's user stands for all.
		if matches(f.subjects, x.Name) && (in.Token == nil || len(f.subjects) > 0) {
			in.Subjects = append(in.Subjects, x)
		}
	}
	if len(in.Subjects) == 0 && len(f.subjects) > 0 {
		return usage("no subject is called %s: there are %s", list(f.subjects), list(names))
	}
	if in.Token != nil {
		flowing.Subjects = append(slices.Clone(flowing.Subjects), *in.Token)
	}
	in.Match = in.Token != nil && len(f.subjects) > 0
	f.chooseTables(in, &flowing)
	if len(in.Tables) == 0 && len(f.tables) > 0 {
		return usage("no table is called %s: `policylint catalog` lists them", list(f.tables))
	}
	people := len(in.Subjects)
	if in.Token != nil && people == 0 {
		people = 1
	}
	in.Exact = people == 1 && len(in.Tables) == 1 && (len(f.subjects) > 0 || in.Token != nil) && slices.Contains(f.tables, in.Tables[0].String())
	in.Graph = updates.Build(flowing)
	return nil
}

// chooseTables takes those that are published or expected, those that were
// published once, and of the others what is named without a pattern.
func (f *doctorFlags) chooseTables(in *doctor.Input, flowing *updates.Input) {
	for _, w := range flowing.Tables {
		if matches(f.tables, w.Name.String()) {
			in.Tables = append(in.Tables, w.Name)
		}
	}
	lost := doctor.Lost(in.Result)
	for t := range in.Pass.ProjectTables() {
		name := t.Name.String()
		wanted := slices.Contains(f.tables, name) || slices.Contains(lost, t.Ref()) && matches(f.tables, name)
		if wanted && !slices.Contains(in.Tables, t.Name) {
			in.Tables = append(in.Tables, t.Name)
			flowing.Tables = append(flowing.Tables, updates.Wanted{Name: t.Name})
		}
	}
}
