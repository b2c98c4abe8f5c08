// Command policylint says who receives what from a PostgreSQL application on
// Supabase, and what is wrong with that: it lints migrations, without a
// database.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"policylint/inspect/token"
	"policylint/rules"
	_ "policylint/rules/all" // registers the rules
)

// The exit codes, a contract with scripts.
const (
	exitClean    = iota
	exitFindings // at or above fail_on
	exitUsage    // usage or configuration
	exitFailure  // a source could not be read, or a rule broke down
)

func main() {
	boundMemory()
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, ownStderr()))
}

// streams is what a command may read and write.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// An exit ends the program with a code. Without an error there is nothing more
// to say.
type exit struct {
	code int
	err  error
}

// Error is what goes to standard error.
func (e *exit) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

// Unwrap is the cause.
func (e *exit) Unwrap() error { return e.err }

func usage(format string, args ...any) error {
	return &exit{exitUsage, fmt.Errorf(format, args...)}
}

func failure(format string, args ...any) error {
	return &exit{exitFailure, fmt.Errorf(format, args...)}
}

// run is the whole program but for the process around it.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	s := streams{stdin, stdout, stderr}
	root := &cobra.Command{
		Use:   "policylint",
		Short: "Lint PostgreSQL row level security, realtime publications and auth hooks",
		Long: `policylint reads a project's migrations, with no database, and says what is
wrong with its realtime publications, replica identities, row level security,
claims and grants, each finding at the statement that causes it.

Exit codes: 0 clean, 1 findings at or above fail_on, 2 usage or configuration,
3 a source could not be read, or a rule broke down.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noSuchCommand,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },

		PersistentPreRunE: checkFlags,
	}
	root.AddCommand(
		lintCommand(s),
		inspectCommand(s),
		driftCommand(s),
		accessCommand(s),
		testClaimsCommand(s),
		tokenCommand(s),
		hookCommand(s),
		doctorCommand(s),
		fixCommand(s),
		initCommand(s),
		rulesCommand(s),
		explainCommand(s),
		catalogCommand(s),
		lspCommand(s),
		schemaCommand(s),
		manCommand(),
		versionCommand(s),
	)
	root.SetUsageTemplate(strings.ReplaceAll(root.UsageTemplate(), ".FlagUsages ", ".FlagUsagesWrapped 80 "))
	root.SetFlagErrorFunc(flagError)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.Execute()
	if err == nil || errors.Is(err, syscall.EPIPE) {
		return exitClean
	}
	code := exitUsage
	if e := (*exit)(nil); errors.As(err, &e) {
		code = e.code
	}
	if message := err.Error(); message != "" {
		fmt.Fprintln(stderr, "policylint: "+strings.ReplaceAll(message, "\n", "\npolicylint: "))
	}
	return code
}

// noSuchCommand explains a first word that is no command.
func noSuchCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, sub := range c.Commands() {
		names = append(names, sub.Name())
	}
	if token.Looks(args[0]) {
		return usage("the first word looks like a token, which is not shown here: `policylint token` reads one")
	}
	message := fmt.Sprintf("unknown command %q", args[0])
	if _, err := os.Stat(args[0]); err == nil {
		return usage("%s: to lint it, run `policylint lint %s`", message, args[0])
	}
	if near := rules.Suggest(args[0], names); near != "" {
		return usage("%s: did you mean %q?", message, near)
	}
	return usage("%s: `policylint --help` lists the commands", message)
}

// flagError adds the nearest flag to what pflag says.
func flagError(c *cobra.Command, err error) error {
	_, name, unknown := strings.Cut(err.Error(), "unknown flag: --")
	if !unknown {
		return &exit{exitUsage, err}
	}
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := rules.Suggest(name, names); near != "" {
		return usage("unknown flag --%s: did you mean --%s?", name, near)
	}
	return usage("unknown flag --%s: `%s --help` lists the flags", name, c.CommandPath())
}
