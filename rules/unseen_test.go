package rules_test

import (
	"testing"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// TestUnseenRuntime holds that what a role may not see is told, and not taken
// for nothing: neither slots nor whether an index is being built.
func TestUnseenRuntime(t *testing.T) {
	cat := catalog.New()
	cat.Source, cat.Runtime = catalog.Source{Kind: catalog.Database}, &catalog.Runtime{}
	name := catalog.Name{Schema: "public", Name: "notes"}
	cat.PutTable(&catalog.Table{Name: name, Kind: catalog.Ordinary, Indexes: []*catalog.Index{{Name: "notes_code_idx", Method: "btree", Columns: []string{"code"}}}})
	res := rules.Run(cat, &rules.Config{}, rules.Selection{Only: []string{"invalid-index", "unused-replication-slot"}})
	if len(res.Findings) > 0 || len(res.Gaps) != 1 || res.Gaps[0].Object.String() != "table public.notes" {
		t.Errorf("found %q, gaps %v", messages(res), res.Gaps)
	}
	if len(res.Skipped) != 1 || res.Skipped[0].Rule.ID != "unused-replication-slot" {
		t.Errorf("skipped: %v", res.Skipped)
	}
	cat.Runtime = &catalog.Runtime{Building: map[catalog.Name]bool{}, Slots: []catalog.Slot{}}
	res = rules.Run(cat, &rules.Config{}, rules.Selection{Only: []string{"invalid-index", "unused-replication-slot"}})
	if len(res.Findings) != 1 || len(res.Gaps)+len(res.Skipped) > 0 {
		t.Errorf("found %q, gaps %v, skipped %v", messages(res), res.Gaps, res.Skipped)
	}
}
