package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/platform"
)

// databaseOwner is the predefined role whose one member is the owner of the
// present database (PostgreSQL docs 22.5).
const databaseOwner = "pg_database_owner"

// superuser reports whether the session runs as one.
func (r *replay) superuser() bool { return r.cat.IsSuperuser(r.user) }

// actsAs lists the roles whose privileges the session has, its own first.
func (r *replay) actsAs() []string {
	if r.acts.user == r.user && r.acts.version == r.cat.Roles.Version() {
		return r.acts.roles
	}
	roles := r.cat.Groups(r.user, true)
	if slices.Contains(roles, platform.Migrator) {
		roles = append(roles, databaseOwner)
	}
	r.acts = acting{r.user, r.cat.Roles.Version(), slices.Clip(roles)}
	return r.acts.roles
}

// acting is what actsAs found, for as long as the roles stay as they are.
type acting struct {
	user    string
	version int
	roles   []string
}

// has reports whether the session has the privileges of the role, as its
// member or as a superuser.
func (r *replay) has(role string) bool {
	return r.superuser() || slices.Contains(r.actsAs(), role)
}

// owns reports whether the session may do what only the owner may. It gives
// the benefit of the doubt where the owner is not known.
func (r *replay) owns(owner catalog.Fact[string]) bool {
	return !owner.Known || r.has(owner.Value)
}

// mustOwn is the refusal of what only the owner may do; kind is a word such as
// "table" or "function".
func (r *replay) mustOwn(owner catalog.Fact[string], kind, name string) *sqlError {
	if r.owns(owner) {
		return nil
	}
	return errf("42501", "must be owner of %s %s", kind, name)
}

// allowed reports whether the session has the privilege by the list.
func (r *replay) allowed(acl *catalog.ACL, p catalog.Privilege) bool {
	if r.superuser() || acl.Unsure {
		return true
	}
	roles := r.actsAs()
	switch p {
	case catalog.Select:
		if slices.Contains(roles, readAll) {
			return true
		}
	case catalog.Insert, catalog.Update, catalog.Delete:
		if slices.Contains(roles, writeAll) {
			return true
		}
	}
	has := func(role string) bool { _, ok := acl.Find(role, p); return ok }
	return slices.ContainsFunc(roles, has) || has(catalog.Public)
}

// The predefined roles that may read or write every relation, and use every
// schema (PostgreSQL docs 22.5).
const (
	readAll  = "pg_read_all_data"
	writeAll = "pg_write_all_data"
)

// usesAll reports whether the session may use every schema.
func (r *replay) usesAll() bool { return r.has(readAll) || r.has(writeAll) }

// mayCreateIn is the refusal to create something in a schema without the right
// to.
func (r *replay) mayCreateIn(schema string) *sqlError {
	if systemSchema(schema) && !r.superuser() {
		return errf("42501", "permission denied for schema %s", schema)
	}
	s, ok := r.cat.Schemas.Get(schema)
	if !ok || s.Unsure != 0 || r.allowed(&s.Grants, catalog.Create) {
		return nil
	}
	return errf("42501", "permission denied for schema %s", schema).about(s.Ref())
}

// mayCreateInDatabase is the refusal to make schemas and publications without
// the right to. The migrator owns the database; what else was granted on it is
// not followed.
func (r *replay) mayCreateInDatabase() *sqlError {
	if r.has(platform.Migrator) || r.databaseGranted {
		return nil
	}
	return errf("42501", "permission denied for database postgres")
}

// mayUse is the refusal to look something up in a schema without the right to.
func (r *replay) mayUse(schema string) *sqlError {
	s, ok := r.cat.Schemas.Get(schema)
	if !ok || s.Unsure != 0 || r.allowed(&s.Grants, catalog.Usage) || r.usesAll() {
		return nil
	}
	return errf("42501", "permission denied for schema %s", schema).about(s.Ref())
}

// mayLook refuses to look for a relation in a schema that the session's role may
// not use, whether it is there or not.
func (r *replay) mayLook(v *pg.RangeVar) *sqlError {
	if v.Schemaname == "" || v.Schemaname == "pg_temp" {
		return nil
	}
	return r.mayUse(v.Schemaname)
}

// systemSchema reports whether the schema is PostgreSQL's own, which no
// catalog lists.
func systemSchema(name string) bool {
	return name == "pg_catalog" || name == "information_schema" || name == "pg_toast"
}

// hasSchema reports whether there is a schema of that name, one of
// PostgreSQL's own too.
func (r *replay) hasSchema(name string) bool { return systemSchema(name) || r.cat.Schemas.Has(name) }
