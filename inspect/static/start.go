package static

import (
	"sync"

	"policylint/inspect/catalog"
	"policylint/inspect/static/platform"
	"policylint/inspect/static/source"
)

// startFiles has the parsed start states: every load replays one, and the
// parser takes longer than the replay.
var startFiles [3]struct {
	sync.Once
	file *source.File
}

func startFile(v platform.Variant) *source.File {
	if v < 0 || int(v) >= len(startFiles) {
		v = platform.OldDefaults
	}
	s := &startFiles[v]
	s.Do(func() { s.file = source.Text("platform.sql", platform.SQL(v)) })
	return s.file
}

// newReplay returns the model server as it stands before the first migration,
// with the migrator's session on it. What the platform brings is marked as
// its own, and without origins: no migration made it.
func newReplay(v platform.Variant, version int) *replay {
	r := &replay{cat: catalog.New(), variant: v, version: version, platform: true}
	r.initdb()
	for _, s := range startFile(v).Statements {
		r.at, r.text, r.base = catalog.Origin{}, s.SQL, s.Base
		if s.Err == nil {
			// A statement of the platform that the model cannot take leaves the
			// object out; platform_test.go finds it.
			r.startErrors = append(r.startErrors, r.start(s)...)
		}
	}
	if v != platform.Postgres {
		r.installPlatformExtensions()
	}
	r.platform = false
	r.cat.Gaps, r.cat.Changes, r.cat.Failures = nil, nil, nil
	r.cat.Source = catalog.Source{Kind: catalog.Migrations, Platform: "supabase", Migrator: platform.Migrator}
	if v == platform.Postgres {
		r.cat.Source.Platform = "postgres"
	}
	r.user, r.login = platform.Migrator, platform.Migrator
	r.path, r.pathKnown, r.bodyChecks = r.startPath(), true, true
	return r
}

func (r *replay) start(s source.Statement) []error {
	if err := r.run(s); err != nil {
		return []error{err}
	}
	return nil
}

// initdb makes what every new cluster has: the superuser that runs the start
// state, and schema public (PostgreSQL docs 5.9.2: since version 15 everyone
// may use it and only the database's owner create in it).
func (r *replay) initdb() {
	admin := platform.Admin
	if r.variant == platform.Postgres {
		admin = platform.Migrator
	}
	yes := catalog.Of(true, catalog.Origin{})
	r.cat.Roles.Put(&catalog.Role{
		Name: admin, Platform: true,
		Superuser: yes, BypassRLS: yes, Inherit: yes, Login: yes, CreateRole: yes, CreateDB: yes, Replication: yes,
	})
	r.predefinedAtStart()
	r.user, r.login = admin, admin
	// Bodies of the platform need no check at every start: the tests run it all
	// on servers.
	r.path, r.pathKnown, r.bodyChecks = []string{"$user", "public"}, true, false
	public := &catalog.Schema{Name: "public", Owner: catalog.Of(databaseOwner, catalog.Origin{}), Platform: true}
	public.Grants = catalog.DefaultGrants(catalog.OnSchemas, databaseOwner, catalog.Origin{})
	public.Grants.Add(catalog.Grant{Grantee: catalog.Public, Privilege: catalog.Usage, Grantor: databaseOwner, Default: true})
	r.cat.Schemas.Put(public)
	r.cat.Extensions.Put(&catalog.Extension{Name: "plpgsql", Schema: "pg_catalog", Platform: true})
}
