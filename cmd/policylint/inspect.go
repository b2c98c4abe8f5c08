package main

import "github.com/spf13/cobra"

func inspectCommand(s streams) *cobra.Command {
	var f lintFlags
	var d databaseFlags
	var url, fleet string
	var parallel int
	c := &cobra.Command{
		Use:   "inspect",
		Short: "Judge a running database by the rules",
		Long: `Reads the system catalogs of a running database and judges them by the same
rules as lint. It is safe on production: everything is read in one read-only
transaction, with timeouts, and nothing is created or locked.

The database is the one of --db, else of POLICYLINT_DB, else of DATABASE_URL,
else where the PG* variables, the service file and .pgpass lead.

With --fleet many databases are read side by side, for one report; the exit is
that of the worst, and one that cannot be reached does not lose the others. The
file is YAML:

  databases:
    - {name: production, env: PRODUCTION_DB}
    - {name: staging, db: "service=staging"}

env names the variable that holds the connection string.`,
		Example: `  policylint inspect --db postgres://postgres@db.example.com:5432/postgres
  PGSERVICE=production policylint inspect --min-severity info
  policylint inspect --fleet fleet.yaml --format json`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			switch {
			case fleet != "" && url != "":
				return usage("--fleet and --db are two sources: name one")
			case fleet != "":
				return inspectFleet(s, f, d, fleet, parallel)
			}
			return inspect(s, f, d, url)
		},
	}
	c.Flags().StringVar(&url, "db", "", "`URL` or keyword=value string of the database")
	c.Flags().StringVar(&fleet, "fleet", "", "read the databases that this `file` lists")
	c.Flags().IntVar(&parallel, "parallel", 4, "of --fleet, read so many at the same time")
	d.add(c.Flags())
	f.add(c)
	return c
}

func inspect(s streams, f lintFlags, d databaseFlags, url string) error {
	j, err := f.prepare(nil)
	if err != nil {
		return err
	}
	ctx, cancel := d.context()
	defer cancel()
	text, origin := dsn(url)
	cat, err := d.read(ctx, text, origin, j.config, progress(s.err))
	if err != nil {
		return err
	}
	return j.judge(s, cat)
}
