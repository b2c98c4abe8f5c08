package live

import (
	"cmp"
	"fmt"

	"policylint/inspect/catalog"
)

// server finds out what it is talking to, and settles how the server prints:
// all names with their schemas, and values the same way whoever is connected.
// Sorting stays in memory, and other sessions' processors are left to them.
func (l *loader) server() error {
	src := catalog.Source{Kind: catalog.Database, Migrator: cmp.Or(l.opts.Migrator, "postgres"), Server: l.opts.Server}
	run := &catalog.Runtime{}
	var supabase, seesBuilds bool
	err := l.each("server", []any{
		&src.Version, &src.Database, &src.User, &l.saved, &run.Standby, &supabase, &seesBuilds, &l.seesSlots,
	}, func() error { return nil })
	if err != nil {
		return err
	}
	if src.Version < 140000 {
		return fmt.Errorf("the server is PostgreSQL %d; policylint reads 14 and later", src.Version/10000)
	}
	src.Platform = l.opts.Platform
	if src.Platform == "" {
		src.Platform = "postgres"
		if supabase {
			src.Platform = "supabase"
		}
	}
	l.version, l.cat.Source, l.cat.Runtime = src.Version, src, run
	if err := l.building(seesBuilds); err != nil {
		return err
	}
	return l.set(`select pg_catalog.set_config(s.name, s.value, true)
		from (values ('search_path', ''), ('quote_all_identifiers', 'off'), ('datestyle', 'ISO, YMD'),
		             ('intervalstyle', 'postgres'), ('timezone', 'UTC'), ('extra_float_digits', '1'),
		             ('bytea_output', 'hex'), ('work_mem', '32MB'), ('max_parallel_workers_per_gather', '0')) as s (name, value)`)
}

// building finds out which indexes are being built. It asks as soon as the
// transaction has its state of the database: of an index that is finished after
// that, the transaction goes on to see that it is not valid.
func (l *loader) building(may bool) error {
	if !may {
		l.gap(catalog.Ref{Kind: "view", Name: "pg_catalog.pg_stat_progress_create_index"}, "role %s may not read it, or pg_locks", l.cat.Source.User)
		return nil
	}
	l.cat.Runtime.Building = map[catalog.Name]bool{}
	var n catalog.Name
	return l.each("building", []any{&n.Schema, &n.Name}, func() error {
		l.cat.Runtime.Building[n] = true
		return nil
	})
}

// settings reads what ALTER ROLE and ALTER DATABASE set, and the server's own
// values of what rules ask for.
func (l *loader) settings() error {
	var k catalog.SettingKey
	var value string
	return l.each("settings", []any{&k.Role, &k.Database, &k.Name, &value}, func() error {
		l.cat.Settings.Put(&catalog.Setting{Key: k, Value: known(unquoteEmpty(k.Name, value))})
		return nil
	})
}

// unquoteEmpty is the value of a setting; the server keeps an empty
// search_path as a list of one empty name.
func unquoteEmpty(name, value string) string {
	if name == "search_path" && value == `""` {
		return ""
	}
	return value
}

// platform reports whether an object of the schema is the platform's: it
// stands in one of the platform's schemas and the migrator does not own it.
// The history of migrations is the exception: the migrator makes it, but no
// migration does.
func (l *loader) platform(schema, owner string) bool {
	if l.cat.Source.Platform != "supabase" || !catalog.PlatformSchema(schema) {
		return false
	}
	return owner != l.cat.Source.Migrator || schema == "supabase_migrations"
}
