package drift_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/drift"
	"policylint/inspect/static"
	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

const tenants = `
create role app_owner;
create role app_user;
create role reports;
create schema app;
create table app.orders (id bigserial primary key, tenant uuid not null);
alter table app.orders enable row level security;
create policy tenant on app.orders using (tenant = current_setting('app.tenant', true)::uuid);
alter table app.orders owner to app_owner;
grant usage on schema app to app_user, reports;
grant select, insert on app.orders to app_user;
grant select on app.orders to reports;
`

// TestWithoutPlatform compares what the roles of an application may do where
// there is no platform that says which those are.
func TestWithoutPlatform(t *testing.T) {
	want, err := static.Load(fstest.MapFS{"1.sql": {Data: []byte(tenants)}}, static.Options{Platform: platform.Postgres})
	if err != nil || len(want.Failures) > 0 || len(want.Gaps) > 0 {
		t.Fatal(err, want.Failures, want.Gaps)
	}
	c := pgtest.Conn(t)
	begin(t, c)
	run(t, c, tenants)
	o := drift.Options{Publication: "supabase_realtime"}
	if left := drift.Compare(want, read(t, c), o); len(left) > 0 {
		t.Fatalf("the database is as the migrations made it, and yet %v", left)
	}
	for edit, expected := range map[string]string{
		"revoke insert on app.orders from app_user":                            "app_user may insert",
		"grant delete, update on app.orders to reports":                        "reports may update and delete",
		"grant usage on sequence app.orders_id_seq to app_user":                "app_user may usage",
		"alter role app_user bypassrls":                                        "bypassrls",
		"grant update (tenant) on app.orders to reports":                       "reports may update column tenant",
		"grant create on schema app to app_owner":                              "",
		"create role other; grant select on app.orders to other":               "",
		"grant select on app.orders to app_owner":                              "",
		"create policy p on app.orders for delete to app_owner using (id > 1)": "exists",
	} {
		t.Run(edit, func(t *testing.T) {
			begin(t, c)
			run(t, c, edit)
			var got, fixes []string
			for _, d := range drift.Compare(want, read(t, c), o) {
				got, fixes = append(got, d.What), append(fixes, d.Fix)
			}
			if d := cmp.Diff(expected, strings.Join(got, "; ")); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			run(t, c, strings.Join(fixes, "\n"))
			if left := drift.Compare(want, read(t, c), o); len(left) > 0 {
				t.Errorf("after %v there is still %v", fixes, left)
			}
		})
	}
}
