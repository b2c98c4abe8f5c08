package drift_test

import (
	"strings"
	"testing"

	"policylint/inspect/catalog"
	"policylint/inspect/drift"
	"policylint/rules"
	_ "policylint/rules/drift"
)

// TestMessages reads what is said of each shape of a difference.
func TestMessages(t *testing.T) {
	words := strings.NewReplacer("there", "in Y", "here", "in X")
	table := catalog.Ref{Kind: "table", Name: "public.t"}
	for _, tt := range []struct {
		d    drift.Difference
		want string
	}{
		{drift.Difference{Kind: drift.Tables, What: "exists", Want: "yes"}, "is here and not there"},
		{drift.Difference{Kind: drift.Tables, What: "exists", Have: "yes"}, "is there and not here"},
		{drift.Difference{Kind: drift.Publication, What: "published by p", Want: "yes"}, "is published by p here and not there"},
		{drift.Difference{Kind: drift.Publication, What: "published by p", Want: "columns a", Have: "all columns"}, "is published by p with columns a here and with all columns there"},
		{drift.Difference{Kind: drift.Grants, What: "anon may select", Have: "yes"}, "lets anon select there and not here"},
		{drift.Difference{Kind: drift.Grants, What: "anon may usage", Have: "yes"}, "gives anon usage there and not here"},
		{drift.Difference{Kind: drift.Grants, What: "anon may usage new sequences", Want: "yes"}, "gives anon usage of new sequences here and not there"},
		{drift.Difference{Kind: drift.Grants, What: "anon may select and insert new tables", Want: "yes"}, "lets anon select and insert new tables here and not there"},
		{drift.Difference{Kind: drift.Hook, What: "body", Want: "one", Have: "another"}, "has one body here and another there"},
		{drift.Difference{Kind: drift.Hook, What: "null input", Want: "strict", Have: "called on null input"}, "is strict here and called on null input there"},
		{drift.Difference{Kind: drift.RLS, What: "row level security", Want: "on", Have: "off"}, "has row level security on here and off there"},
		{drift.Difference{Kind: drift.History, What: "applied", Want: "yes"}, "is here and not applied there"},
		{drift.Difference{Kind: drift.History, What: "applied", Have: "yes"}, "is applied there and not here"},
		{drift.Difference{Kind: drift.History, What: "text", Want: "one", Have: "another"}, "has one text here and another there, wHere it was applied"},
	} {
		tt.d.Object = table
		if tt.d.Kind == drift.History {
			tt.d.Object = catalog.Ref{Kind: "migration", Name: "1"}
		}
		sides := [2]string{"X", "Y"}
		got := rules.Run(catalog.New(), &rules.Config{}, rules.Selection{Against: &catalog.Source{}, Sides: sides, Drift: []drift.Difference{tt.d}})
		want := strings.TrimPrefix(tt.d.Object.String(), "table ") + " " + strings.ReplaceAll(words.Replace(tt.want), "wHere", "where")
		if len(got.Findings) != 1 || got.Findings[0].Message != want {
			t.Errorf("%+v, not %q", got.Findings, want)
		}
	}
}
