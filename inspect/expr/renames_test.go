package expr_test

import (
	"testing"

	"policylint/inspect/expr"
)

// TestRenamed holds what a renaming makes of an expression against the text
// with the other names, parsed.
func TestRenamed(t *testing.T) {
	relation := func(schema, name string) (string, string) {
		if schema == "public" && name == "profiles" {
			return "app", "people"
		}
		return schema, name
	}
	column := func(schema, relation, column string) string {
		switch {
		case schema == "public" && relation == "profiles" && column == "id":
			return "user_id"
		case schema == "public" && relation == "tickets" && column == "author":
			return "owner"
		}
		return column
	}
	tests := []struct{ name, before, after string }{
		{"nothing", "a = 1", "a = 1"},
		{"column of the row", "author = auth.uid()", "owner = auth.uid()"},
		{"row by its name", "tickets.author is null", "tickets.owner is null"},
		{"relation", "exists (select 1 from public.profiles p where p.id = tickets.author)", "exists (select 1 from app.people p where p.user_id = tickets.owner)"},
		{"same column elsewhere", "exists (select 1 from public.other o where o.id = tickets.author)", "exists (select 1 from public.other o where o.id = tickets.owner)"},
		{
			"twice",
			"author in (select a.id from public.profiles a join public.profiles b on a.org = b.org where b.id = auth.uid())",
			"owner in (select a.user_id from app.people a join app.people b on a.org = b.org where b.user_id = auth.uid())",
		},
		{
			"alias that was another's",
			"exists (select 1 from private.profiles a, public.profiles b where a.id = b.id)",
			"exists (select 1 from private.profiles a, app.people b where a.id = b.user_id)",
		},
		{
			"through a subquery",
			"author in (select s.id from (select p.id from public.profiles p) s)",
			"owner in (select s.id from (select p.user_id as id from app.people p) s)",
		},
		{
			"outer join",
			"exists (select 1 from public.other o left join public.profiles p on p.id = o.id)",
			"exists (select 1 from public.other o left join app.people p on p.user_id = o.id)",
		},
		{"function", "public.f(1)", "app.g(1)"},
		{"its overload", "public.f(1, 2)", "public.f(1, 2)"},
		{"type", "x::public.kind", "x::app.sort"},
		{"array of the type", "x::public.kind[]", "x::app.sort[]"},
		{"label", "x = 'old'::public.kind", "x = 'new'::app.sort"},
		{"label among others", "x in ('a'::public.kind, 'old'::public.kind)", "x in ('a'::app.sort, 'new'::app.sort)"},
		{"label of another type", "x = 'old'::public.mood", "x = 'old'::public.mood"},
		{"sequence", "nextval('public.profiles'::regclass)", "nextval('app.people'::regclass)"},
		{"trigger", "old.author is distinct from new.author", "old.owner is distinct from new.owner"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			scope := expr.Scope{Table: "public.tickets"}
			before, err := expr.ParseIn(tt.before, scope)
			if err != nil {
				t.Fatal(err)
			}
			after, err := expr.ParseIn(tt.after, scope)
			if err != nil {
				t.Fatal(err)
			}
			got := expr.Renamed(before, expr.Names{
				Table: "public.tickets", Relation: relation, Column: column,
				Function: func(schema, name string, nargs int) (string, string) {
					if schema == "public" && name == "f" && nargs == 1 {
						return "app", "g"
					}
					return schema, name
				},
				Type: func(schema, name string) (string, string) {
					if schema == "public" && name == "kind" {
						return "app", "sort"
					}
					return schema, name
				},
				Label: func(_, enum, label string) string {
					if enum == "kind" && label == "old" {
						return "new"
					}
					return label
				},
			})
			if !expr.Equal(got, after) {
				t.Errorf("got  %s\nwant %s", expr.String(got), expr.String(after))
			}
			if tt.before == tt.after && got != before {
				t.Error("copied although nothing changes")
			}
		})
	}
}
