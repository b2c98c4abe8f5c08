package expr_test

import (
	"reflect"
	"testing"

	"policylint/inspect/expr"
)

// likeTickets are tables with the columns that expressions.txt is about, some
// of other types, or not there at all.
var likeTickets = map[string][]expr.ColumnDef{
	"public.tickets":     {{Name: "owner_id", Type: "uuid"}, {Name: "org_id", Type: "uuid"}, {Name: "title", Type: "text"}, {Name: "status", Type: "character varying"}, {Name: "priority", Type: "integer"}},
	"public.drafts":      {{Name: "owner_id", Type: "uuid"}, {Name: "org_id", Type: "uuid"}, {Name: "title", Type: "text"}, {Name: "status", Type: "character varying"}, {Name: "priority", Type: "integer"}},
	"public.notes":       {{Name: "owner_id", Type: "text"}, {Name: "status", Type: "text"}, {Name: "priority", Type: "bigint"}, {Name: "title", Type: "text"}, {Name: "org_id", Type: "uuid"}},
	"public.none":        {},
	`public."Odd ""one"`: {{Name: "owner_id", Type: "uuid"}, {Name: "title", Type: "text"}},
	"public.new":         {{Name: "owner_id", Type: "uuid"}, {Name: "title", Type: "text"}},
	"public.title":       {{Name: "owner_id", Type: "uuid"}, {Name: "title", Type: "text"}},
	"public.orgs":        {{Name: "id", Type: "uuid"}, {Name: "name", Type: "text"}, {Name: "owner_id", Type: "uuid"}},
}

// TestCache holds that a tree from the cache is the one of the text parsed by
// itself, whichever tables the text was parsed for before.
func TestCache(t *testing.T) {
	scope := expr.Scope{Columns: func(relation string) ([]expr.ColumnDef, bool) {
		defs, ok := likeTickets[relation]
		return defs, ok
	}}
	texts := append(lines(t, "testdata/expressions.txt"), lines(t, "testdata/differs.txt")...)
	texts = append(texts, lines(t, "testdata/odd.txt")...)
	texts = append(texts, "new.title <> old.title", "title", "title.title = 'a'", "tickets.owner_id = auth.uid()", "none", "(select max(o.name) from public.orgs o where o.id = org_id) = title",
		"exists (select 1 from public.orgs o where o.owner_id = notes.owner_id)", "title::text = 'a'", "owner_id::text = 'a'", "a +", "")
	tables := []string{"public.tickets", "public.drafts", "public.notes", "public.none", "", "public.missing", `public."Odd ""one"`, "public.new", "public.title", "public.orgs"}
	shared := 0
	for first := range tables {
		var cache expr.Cache
		for i := range tables {
			scope.Table = tables[(first+i)%len(tables)]
			for _, text := range texts {
				want, wantErr := expr.ParseIn(text, scope)
				got, err := cache.ParseIn(text, scope)
				if (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
					t.Fatalf("%q on %s: error %v, want %v", text, scope.Table, err, wantErr)
				}
				if !reflect.DeepEqual(got, want) {
					t.Fatalf("%q on %s, after %s: %s, want %s", text, scope.Table, tables[first], expr.String(got), expr.String(want))
				}
				again, _ := cache.ParseIn(text, scope)
				if again == got && got != nil {
					shared++
				}
			}
		}
	}
	if shared == 0 {
		t.Error("nothing was shared")
	}
}

// TestCacheShares holds that a table's tree shares what does not mention its
// row.
func TestCacheShares(t *testing.T) {
	scope := expr.Scope{Columns: func(relation string) ([]expr.ColumnDef, bool) {
		defs, ok := likeTickets[relation]
		return defs, ok
	}}
	var cache expr.Cache
	of := func(table string) *expr.Compare {
		scope.Table = table
		e, err := cache.ParseIn("(owner_id = ( SELECT private.me() AS me))", scope)
		if err != nil {
			t.Fatal(err)
		}
		return e.(*expr.Compare)
	}
	a, b := of("public.tickets"), of("public.drafts")
	if a == b || a.R != b.R {
		t.Error("the sub-select is not shared, or all of it")
	}
	if col := b.L.(*expr.Column); col.Row != "drafts" {
		t.Errorf("the column is of %s", col.Row)
	}
}
