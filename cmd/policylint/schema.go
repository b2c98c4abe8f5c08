package main

import (
	"github.com/spf13/cobra"

	"policylint/docs"
	"policylint/internal/jsonout"
	"policylint/rules"
)

func schemaCommand(s streams) *cobra.Command {
	return &cobra.Command{
		Use:   "schema {rules|report}",
		Short: "Print the JSON Schema of rules.yaml or of the JSON report",
		Long: `Prints a JSON Schema: of rules.yaml, for editors, or of what --format json
prints, for programs. Editors with the YAML language server take it from a
first line in rules.yaml:

  # yaml-language-server: $schema=rules.schema.json`,
		Example: `  policylint schema rules >rules.schema.json
  policylint schema report >report.schema.json`,
		ValidArgs: []string{"rules", "report"},
		Args:      oneArgument("schema", "rules", "report"),
		RunE: func(_ *cobra.Command, args []string) error {
			if args[0] == "report" {
				_, err := s.out.Write(docs.ReportSchema)
				return err
			}
			return jsonout.Write(s.out, rules.ConfigSchema())
		},
	}
}

// oneArgument takes exactly one of a few words.
func oneArgument(what string, words ...string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usage("%s: name one of %s", what, list(words))
		}
		return oneOf(what, args[0], words...)
	}
}
