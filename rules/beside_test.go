package rules_test

import (
	"testing"
	"testing/fstest"

	inspected "policylint/inspect/project"
	"policylint/rules"
)

// TestPostgresVersion takes the server's version from config.toml where it says
// one for all stacks.
func TestPostgresVersion(t *testing.T) {
	for _, test := range []struct {
		text string
		want int
	}{
		{"", 0},
		{"[db]\nmajor_version = 15\n", 15},
		{"[db]\nmajor_version = 17\n[remotes.production]\nproject_id = \"p\"\n", 17},
		{"[db]\nmajor_version = 17\n[remotes.production.db]\nmajor_version = 15\n", 0},
		{"[remotes.production.db]\nmajor_version = 17\n", 0},
		{"[db]\nmajor_version = \"env(PG)\"\n", 0},
		{"[db]\nmajor_version = -1\n", 0},
	} {
		p, err := inspected.Load(fstest.MapFS{"supabase/config.toml": {Data: []byte(test.text)}}, inspected.Options{Config: "supabase/config.toml", Brief: true})
		if err != nil {
			t.Fatal(err)
		}
		if c, _ := (&rules.Config{}).Beside(p); c.PostgresVersion != test.want {
			t.Errorf("%q: PostgreSQL %d, want %d", test.text, c.PostgresVersion, test.want)
		}
	}
}
