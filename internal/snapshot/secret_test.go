package snapshot_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"

	"policylint/inspect/catalog"
	"policylint/inspect/static"
	"policylint/internal/snapshot"
)

// TestNoSecrets holds that values of the application's own settings, where
// projects keep keys, are not written: a snapshot is made to be kept in CI.
func TestNoSecrets(t *testing.T) {
	c, err := static.Load(fstest.MapFS{"0001_a.sql": {Data: []byte(`
alter database postgres set "app.settings.jwt_secret" to 'sekrit-one';
alter role authenticator set pgrst.jwt_secret to 'sekrit-two';
alter role authenticator set statement_timeout to '9s';
create function public.f() returns int language sql set search_path = 'public' as $$ select 1 $$;
`)}}, static.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f, ok := c.EditFunction(catalog.Name{Schema: "public", Name: "f"}, "")
	if !ok {
		t.Fatal("no function")
	}
	f.Config["app.api_key"] = catalog.Of("sekrit-three", catalog.Origin{})
	for _, all := range []bool{false, true} {
		var text, json bytes.Buffer
		o := snapshot.Options{All: all}
		if err := snapshot.WriteText(&text, c, o); err != nil {
			t.Fatal(err)
		}
		if err := snapshot.WriteJSON(&json, c, o); err != nil {
			t.Fatal(err)
		}
		for name, out := range map[string]string{"text": text.String(), "json": json.String()} {
			if strings.Contains(out, "sekrit") {
				t.Errorf("all %v: the %s has a secret:\n%s", all, name, out)
			}
		}
		for _, kept := range []string{"app.settings.jwt_secret", "9s", `"search_path": "public"`} {
			if all && !strings.Contains(json.String(), kept) {
				t.Errorf("the json lacks %s", kept)
			}
		}
	}
}
