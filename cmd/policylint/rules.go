package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"policylint/internal/report"
	"policylint/rules"
)

func rulesCommand(s streams) *cobra.Command {
	var format, output, config, preset string
	var categories []string
	c := &cobra.Command{
		Use:   "rules",
		Short: "List the rules",
		Long: `Lists the rules by category, with the severity of each and the preset that it
takes, if the default does not run it. What a preset turns on:

  recommended  rules that find faults, and are quiet on a sound project
  strict       these and rules that ask for more: advice and habits
  audit        all rules, those that list what to look at once too`,
		Example: `  policylint rules --category security,hook
  policylint rules --preset recommended --format json`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			c, err := readConfig(config, nil)
			if err != nil {
				return err
			}
			all, err := listed(c.AllRules(), categories, preset)
			if err != nil {
				return err
			}
			return deliver(s, output, func(w io.Writer) error {
				if format == "json" {
					return report.RulesJSON(w, all)
				}
				colour, _ := terminal(w)
				return report.Rules(w, all, colour)
			})
		},
	}
	c.Flags().StringVar(&config, "config", "", "list the rules of this `file` too, instead of the nearest rules.yaml")
	c.Flags().StringVar(&format, "format", "text", "text or json")
	c.Flags().StringVarP(&output, "output", "o", "", "write to this `file`")
	c.Flags().StringSliceVar(&categories, "category", nil, "list only the rules of these `categories`")
	c.Flags().StringVar(&preset, "preset", "", "list only the rules that run with this `preset`")
	_ = c.RegisterFlagCompletionFunc("category", cobra.FixedCompletions(rules.Categories(), cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("preset", cobra.FixedCompletions(rules.PresetNames(), cobra.ShellCompDirectiveNoFileComp))
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

// listed are the rules that the flags of rules leave.
func listed(all []*rules.Rule, categories []string, preset string) ([]*rules.Rule, error) {
	for _, category := range categories {
		if err := oneOf("category", category, rules.Categories()...); err != nil {
			return nil, err
		}
	}
	most := rules.Audit
	if preset != "" {
		if err := oneOf("preset", preset, rules.PresetNames()...); err != nil {
			return nil, err
		}
		most, _ = rules.ParsePreset(preset)
	}
	return slices.DeleteFunc(all, func(r *rules.Rule) bool {
		return r.Preset() > most || len(categories) > 0 && !slices.Contains(categories, r.Category)
	}), nil
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
