package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"policylint/internal/report"
	"policylint/rules"
)

func rulesCommand(s streams) *cobra.Command {
	var format, output, config string
	c := &cobra.Command{
		Use:   "rules",
		Short: "List the rules",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			c, err := readConfig(config, nil)
			if err != nil {
				return err
			}
			return deliver(s, output, func(w io.Writer) error {
				if format == "json" {
					return report.RulesJSON(w, c.AllRules())
				}
				colour, _ := terminal(w)
				return report.Rules(w, c.AllRules(), colour)
			})
		},
	}
	c.Flags().StringVar(&config, "config", "", "list the rules of this `file` too, instead of the nearest rules.yaml")
	c.Flags().StringVar(&format, "format", "text", "text or json")
	c.Flags().StringVarP(&output, "output", "o", "", "write to this `file`")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

func explainCommand(s streams) *cobra.Command {
	var config string
	c := &cobra.Command{
		Use:               "explain RULE",
		Short:             "Say why a rule is there, with a bad and a good example and the fix",
		ValidArgsFunction: completeRule,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("explain needs the name of one rule: `policylint rules` lists them")
			}
			r, ok := rules.ByID(args[0])
			if !ok { // perhaps the project's own
				c, err := readConfig(config, nil)
				if err != nil {
					return err
				}
				if r, ok = c.Rule(args[0]); !ok {
					return usage("%s", c.UnknownRule(args[0]))
				}
			}
			colour, width := terminal(s.out)
			return report.Explain(s.out, r, colour, width)
		},
	}
	c.Flags().StringVar(&config, "config", "", "look for the rule in this `file` too, instead of the nearest rules.yaml")
	return c
}

// completeRule offers the names of the rules with their titles.
func completeRule(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	var out []string
	config, err := readConfig("", nil)
	if err != nil { // completion still offers policylint's own
		config = &rules.Config{}
	}
	for _, r := range config.AllRules() {
		out = append(out, fmt.Sprintf("%s\t%s", r.ID, r.Title))
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
