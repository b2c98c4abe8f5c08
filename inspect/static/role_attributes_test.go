package static_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"policylint/inspect/static"
	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// anyRoles is judged beside servers of all versions.
const anyRoles = `create role maker createrole;
grant maker to postgres;
set role maker;
create role made bypassrls;
create role made replication;
create role made superuser;
create role made_db createdb;
create role made nocreatedb nobypassrls noreplication;
alter role made bypassrls;
alter role made nobypassrls;
alter role made replication;
alter role made createdb;
alter role made nocreatedb;
alter role made superuser;
alter role made nosuperuser;
alter role made login;
alter role made with password 'x';
alter role maker with password 'x';
drop role if exists made, made_db;
create role maker;
reset role;
set role anon;
create role made;
alter role anon login;
alter role anon with password 'x';
reset role;
alter role postgres createdb;
alter role supabase_admin login;
drop role maker;
`

// ownRoles is for servers where a role may give the attributes that it has.
const ownRoles = `create role maker createrole bypassrls;
create role streamer createrole replication createdb;
grant maker, streamer to postgres;
alter role maker nobypassrls;
alter role maker bypassrls;
alter role postgres with password 'x';
set role maker;
create role made bypassrls;
alter role made nobypassrls;
alter role made bypassrls;
alter role made replication;
create role made_2 replication;
create role made_2 createdb;
drop role made;
reset role;
set role streamer;
create role made replication createdb;
alter role made login noreplication nocreatedb;
alter role made bypassrls;
drop role made;
reset role;
drop role maker, streamer;
`

// TestRoleAttributes judges who may give roles which attributes, by the rules
// of the server's version.
func TestRoleAttributes(t *testing.T) {
	c := pgtest.Platform(t, platform.OldDefaults)
	judgeText(t, c, anyRoles)
	if pgtest.Version(t, c) >= 160_000 {
		judgeText(t, c, ownRoles)
	}
}

// TestRoleAttributesByVersion has what no server of the tests tells: what
// Supabase lets postgres do on each version, and what is not claimed where the
// version is not known.
func TestRoleAttributesByVersion(t *testing.T) {
	const maker = "create role maker createrole bypassrls;\ngrant maker to postgres;\nset role maker;\n"
	for _, test := range []struct {
		sql     string
		refused map[int]string // by version, with which message
	}{
		{"create role x bypassrls;", nil},
		{"create role x replication;", nil},
		{"create role x;\nalter role x bypassrls;\nalter role x replication;\nalter role x login;", nil},
		{"alter role postgres with password 'x';", nil},
		{"create role x superuser;", map[int]string{
			0: "must be superuser to create superusers", 15: "must be superuser to create superusers", 17: "permission denied to create role",
		}},
		{maker + "create role x bypassrls;", map[int]string{15: "must be superuser to create bypassrls users"}},
		{maker + "create role x;\nalter role x nobypassrls;", map[int]string{15: "must be superuser to change bypassrls attribute"}},
		{maker + "create role x createdb;", map[int]string{17: "permission denied to create role"}},
		{maker + "create role x;\nalter role x nocreatedb;", map[int]string{17: "permission denied to alter role"}},
		{maker + "create role x replication;", map[int]string{
			0: "must be superuser to create replication users", 15: "must be superuser to create replication users", 17: "permission denied to create role",
		}},
	} {
		for _, version := range []int{0, 15, 17} {
			cat, err := static.Load(fstest.MapFS{"1.sql": {Data: []byte(test.sql)}}, static.Options{Version: version})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range cat.Failures {
				got = append(got, f.SQLState+" "+f.Message)
			}
			want := ""
			if m := test.refused[version]; m != "" {
				want = "42501 " + m
			}
			if strings.Join(got, "; ") != want {
				t.Errorf("PostgreSQL %d: %s\ngot  %q\nwant %q", version, test.sql, got, want)
			}
		}
	}
}
