package live

import (
	"policylint/inspect/catalog"
)

// schemas reads the schemas that are not the server's own.
func (l *loader) schemas() error {
	var name, owner string
	var untouched bool
	var items []string
	var extension *string
	return l.each("schemas", []any{&name, &owner, &untouched, &items, &extension}, func() error {
		grants, err := l.acl(items, untouched)
		if err != nil {
			return err
		}
		l.cat.Schemas.Put(&catalog.Schema{
			Name: name, Owner: known(owner), Grants: grants, Extension: deref(extension),
			Platform: l.platform(name, owner) || name == "public" && owner == "pg_database_owner" ||
				name == "extensions" && l.cat.Source.Platform == "supabase", // the migrator owns it
		})
		return nil
	})
}

// extensions reads the installed extensions and the version of each that the
// server would install now.
func (l *loader) extensions() error {
	var e catalog.Extension
	return l.each("extensions", []any{&e.Name, &e.Schema, &e.Version, &e.Default}, func() error {
		l.cat.Extensions.Put(&catalog.Extension{
			Name: e.Name, Schema: e.Schema, Version: e.Version, Default: e.Default,
			Platform: e.Name == "plpgsql" || l.cat.Source.Platform == "supabase" && platformExtensions[e.Name],
		})
		return nil
	})
}

// platformExtensions are installed in a new Supabase project.
var platformExtensions = map[string]bool{
	"pg_graphql": true, "pg_stat_statements": true, "pgcrypto": true, "supabase_vault": true, "uuid-ossp": true,
}

// kinds of object by the letters of pg_default_acl.
var kinds = map[string]catalog.ObjectKind{
	"r": catalog.OnTables, "S": catalog.OnSequences, "f": catalog.OnFunctions, "T": catalog.OnTypes, "n": catalog.OnSchemas,
}

// defaults reads the default privileges.
func (l *loader) defaults() error {
	var role, schema, kind string
	var items []string
	return l.each("defaults", []any{&role, &schema, &kind, &items}, func() error {
		grants, err := l.acl(items, false)
		if err != nil {
			return err
		}
		l.cat.Defaults.Put(&catalog.DefaultPrivileges{
			Key: catalog.DefaultKey{Role: role, Schema: schema, Kind: kinds[kind]}, Grants: grants,
			Platform: l.cat.Source.Platform == "supabase" && role != l.cat.Source.Migrator,
		})
		return nil
	})
}
