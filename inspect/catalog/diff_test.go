package catalog_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

func parse(t *testing.T, text string) expr.Expr {
	t.Helper()
	e, err := expr.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// tickets is a catalog with one table, changed by edit.
func tickets(t *testing.T, edit func(*catalog.Table)) *catalog.Catalog {
	t.Helper()
	name := catalog.Name{Schema: "public", Name: "tickets"}
	tab := &catalog.Table{
		Name: name, Kind: catalog.Ordinary, RLS: catalog.Of(true, catalog.Origin{Line: 1}),
		Identity: catalog.Of(catalog.Identity{Kind: catalog.IdentityFull}, catalog.Origin{Line: 2}),
		Columns:  []*catalog.Column{{Name: "id", Type: "bigint", NotNull: true, Local: true}},
	}
	tab.Grants.Add(catalog.Grant{Grantee: "anon", Privilege: catalog.Select, Grantor: "postgres", Default: true})
	tab.PutPolicy(&catalog.Policy{Name: "p\nq", Table: name, Command: catalog.ForSelect, Permissive: true, Using: parse(t, "id = 1")})
	edit(tab)
	c := catalog.New()
	c.PutTable(tab)
	return c
}

func TestDiff(t *testing.T) {
	policy := func(tab *catalog.Table) *catalog.Policy { p, _ := tab.Policy("p\nq"); return p }
	tests := []struct {
		name string
		edit func(*catalog.Table)
		want []string
	}{
		{"nothing", func(*catalog.Table) {}, nil},
		{"origins", func(tab *catalog.Table) { tab.Origin.Line, tab.RLS.Origin.Line = 7, 8 }, nil},
		{"identity", func(tab *catalog.Table) { tab.Identity.Value.Kind = catalog.IdentityDefault },
			[]string{"table public.tickets: replica identity: full / default"}},
		{"unknown identity", func(tab *catalog.Table) { tab.Identity = catalog.Unknown[catalog.Identity](catalog.Origin{}) }, nil},
		{"column gone", func(tab *catalog.Table) { tab.Columns = nil },
			[]string{"table public.tickets: column id: bigint not null / none", "table public.tickets: columns: (id) / ()"}},
		{"column in doubt", func(tab *catalog.Table) { tab.Columns, tab.Unsure = nil, catalog.Columns }, nil},
		{"default privilege", func(tab *catalog.Table) {
			tab.Grants = catalog.ACL{}
			tab.Grants.Add(catalog.Grant{Grantee: "anon", Privilege: catalog.Select, Grantor: "postgres"})
		}, nil},
		{"grant", func(tab *catalog.Table) {
			tab.Grants.Add(catalog.Grant{Grantee: "anon", Privilege: catalog.Select, Grantor: "postgres", Option: true})
			tab.Grants.Add(catalog.Grant{Grantee: "public", Privilege: catalog.Delete, Grantor: "postgres"})
		}, []string{
			"table public.tickets: grant delete to public by postgres: none / yes",
			"table public.tickets: grant select to anon by postgres: yes / yes with grant option",
		}},
		{"grants in doubt", func(tab *catalog.Table) { tab.Grants = catalog.ACL{Unsure: true} }, nil},
		{"same expression", func(tab *catalog.Table) { policy(tab).Using = parse(t, "(id = (1))") }, nil},
		{"other expression", func(tab *catalog.Table) { policy(tab).Using = parse(t, "id = 2") },
			[]string{`policy public.tickets/p\nq: using: id = 1 / id = 2`}},
		{"no expression", func(tab *catalog.Table) { policy(tab).Using = nil },
			[]string{`policy public.tickets/p\nq: using: id = 1 / none`}},
		{"expression not understood", func(tab *catalog.Table) { policy(tab).Using = &expr.Opaque{Text: "?"} }, nil},
		{"policy gone", func(tab *catalog.Table) { tab.DeletePolicy("p\nq") },
			[]string{`policy public.tickets/p\nq: present / absent`}},
		{"assumed", func(tab *catalog.Table) { *tab = catalog.Table{Name: tab.Name, Assumed: true} }, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := tickets(t, func(*catalog.Table) {})
			if d := cmp.Diff(tt.want, catalog.Diff(a, tickets(t, tt.edit))); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// TestRenameRolledBack renames an object of a set that is kept in order, and
// takes it back.
func TestRenameRolledBack(t *testing.T) {
	c := tickets(t, func(*catalog.Table) {})
	names := func() (out []string) {
		for tab := range c.Tables.All() {
			out = append(out, tab.Name.String())
		}
		return out
	}
	before := names()
	mark := c.Savepoint()
	tab, _ := c.Tables.Edit(catalog.Name{Schema: "public", Name: "tickets"})
	c.DeleteTable(tab.Name)
	tab.Name.Name = "zebras"
	c.PutTable(tab)
	c.Rollback(mark)
	if d := cmp.Diff(before, names()); d != "" {
		t.Errorf("(-before +after):\n%s", d)
	}
}
