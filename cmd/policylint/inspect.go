package main

import "github.com/spf13/cobra"

func inspectCommand(s streams) *cobra.Command {
	var f lintFlags
	var d databaseFlags
	var url string
	c := &cobra.Command{
		Use:   "inspect",
		Short: "Judge a running database by the rules",
		Long: `Reads the system catalogs of a running database and judges them by the same
rules as lint. It is safe on production: everything is read in one read-only
transaction, with timeouts, and nothing is created or locked.

The database is the one of --db, else of POLICYLINT_DB, else of DATABASE_URL, else
where the PG* variables, the service file and .pgpass lead.`,
		Example: `  policylint inspect --db postgres://postgres@db.example.com:5432/postgres
  PGSERVICE=production policylint inspect --min-severity info`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return inspect(s, f, d, url) },
	}
	c.Flags().StringVar(&url, "db", "", "`URL` or keyword=value string of the database")
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
