package main

import (
	"io"

	"github.com/spf13/cobra"

	"policylint/inspect/catalog"
	"policylint/internal/snapshot"
	"policylint/rules"
)

func catalogCommand(s streams) *cobra.Command {
	var configFile, format, output, db string
	var d databaseFlags
	var all bool
	c := &cobra.Command{
		Use:   "catalog [PATH…]",
		Short: "Print what the migrations come to",
		Long: `Prints the model that the rules judge: publications, tables, policies,
functions and the rest, as they stand after the last migration, or in the
database of --db. It exits with 0 whatever it found. The JSON can be kept as a
snapshot for drift.`,
		RunE: func(_ *cobra.Command, paths []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			config, err := readSettings(configFile, paths)
			if err != nil {
				return err
			}
			if db != "" && len(paths) > 0 {
				return usage("PATH and --db are two sources: name one")
			}
			cat, err := readCatalog(s, config, d, db, paths)
			if err != nil {
				return err
			}
			return deliver(s, output, func(w io.Writer) error {
				o := snapshot.Options{All: all, Publication: config.PublicationName()}
				if format == "json" {
					return snapshot.WriteJSON(w, cat, o)
				}
				return snapshot.WriteText(w, cat, o)
			})
		},
	}
	c.Flags().StringVar(&configFile, "config", "", "read this `file` instead of the nearest rules.yaml")
	c.Flags().StringVar(&db, "db", "", "`URL` or keyword=value string of a database to read instead of migrations")
	d.add(c.Flags())
	c.Flags().StringVar(&format, "format", "text", "text or json")
	c.Flags().StringVarP(&output, "output", "o", "", "write to this `file`")
	c.Flags().BoolVar(&all, "all", false, "with what the platform brings along")
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"text", "json"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

// readCatalog reads the migrations, or the database that was named.
func readCatalog(s streams, config *rules.Config, d databaseFlags, db string, paths []string) (*catalog.Catalog, error) {
	if db != "" {
		ctx, cancel := d.context()
		defer cancel()
		return d.read(ctx, db, "--db", config, progress(s.err))
	}
	in, err := findInput(s.in, paths, config)
	if err != nil {
		return nil, err
	}
	return in.load(config)
}
