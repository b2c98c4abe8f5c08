package realtime_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/catalog"
	"policylint/rules"
	_ "policylint/rules/realtime"
)

// TestLogicalDecodingUnavailable judges servers by hand: their settings cannot
// be changed in a fixture.
func TestLogicalDecodingUnavailable(t *testing.T) {
	taken := []catalog.Slot{{Name: "a", Plugin: "pgoutput", Active: true, WALStatus: "reserved"}, {Name: "b", Plugin: "test_decoding", WALStatus: "extended"}}
	tests := []struct {
		name, level, slots string
		run                catalog.Runtime
		published          bool
		want               []string
	}{
		{name: "as it should be", level: "logical", slots: "5", run: catalog.Runtime{Slots: taken}, published: true},
		{name: "too low a level", level: "replica", slots: "5", published: true, want: []string{"setting wal_level"}},
		{name: "nothing to deliver", level: "replica", slots: "5"},
		{name: "a replica", level: "replica", slots: "5", run: catalog.Runtime{Standby: true}, published: true},
		{name: "no slot left", level: "logical", slots: "2", run: catalog.Runtime{Slots: taken}, published: true, want: []string{"setting max_replication_slots"}},
		{name: "one of them is Realtime's", level: "logical", slots: "2", published: true,
			run: catalog.Runtime{Slots: []catalog.Slot{taken[0], {Name: "r", Plugin: "wal2json", Active: true, Temporary: true, WALStatus: "reserved"}}}},
		{name: "a lost slot", level: "logical", slots: "5", published: true,
			run: catalog.Runtime{Slots: []catalog.Slot{
				{Name: "supabase_realtime_rls", Database: "app", Plugin: "wal2json", WALStatus: "lost"}, {Name: "behind", Database: "app", Plugin: "pgoutput", Active: true, WALStatus: "unreserved"},
				{Name: "old", Database: "app", Plugin: "pgoutput", WALStatus: "lost"}, {Name: "other", Database: "other", Plugin: "pgoutput", Active: true, WALStatus: "unreserved"},
			}}, want: []string{"replication slot behind", "replication slot supabase_realtime_rls"}},
		{name: "not known", published: true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := catalog.New()
			c.Source, c.Runtime = catalog.Source{Kind: catalog.Database, Database: "app"}, &test.run
			for name, value := range map[string]string{"wal_level": test.level, "max_replication_slots": test.slots} {
				if value != "" {
					c.Settings.Put(&catalog.Setting{Key: catalog.SettingKey{Name: name}, Value: catalog.Of(value, catalog.Origin{})})
				}
			}
			table := catalog.Name{Schema: "public", Name: "t"}
			c.PutTable(&catalog.Table{Name: table, Kind: catalog.Ordinary, Persistence: catalog.Of(catalog.Permanent, catalog.Origin{})})
			pub := &catalog.Publication{Name: catalog.DefaultPublication, AllTables: catalog.Of(false, catalog.Origin{})}
			if test.published {
				pub.PutMember(&catalog.Member{Table: table})
			}
			c.Publications.Put(pub)
			res := rules.Run(c, nil, rules.Selection{Only: []string{"logical-decoding-unavailable"}})
			var got []string
			for _, f := range res.Findings {
				got = append(got, f.Object.String())
			}
			if d := cmp.Diff(test.want, got); d != "" || len(res.Crashed) > 0 {
				t.Error(d, res.Gaps)
			}
		})
	}
}
