package catalog_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/catalog"
)

var (
	here  = catalog.Origin{File: "a.sql", Line: 1, Column: 1, EndLine: 1, EndColumn: 9}
	table = catalog.Name{Schema: "public", Name: "t"}
)

// start is a catalog with one table.
func start() *catalog.Catalog {
	c := catalog.New()
	c.PutTable(&catalog.Table{Name: table, RLS: catalog.Of(false, here), Identity: catalog.Of(catalog.Identity{Kind: catalog.IdentityDefault}, here)})
	return c
}

func setRLS(c *catalog.Catalog, on bool) {
	t, _ := c.Tables.Edit(table)
	t.RLS = catalog.Of(on, here)
}

func TestForkJoinsWhatBranchesLeave(t *testing.T) {
	c := start()
	ok := c.Fork("why", here,
		func() bool {
			setRLS(c, true)
			x, _ := c.Tables.Edit(table)
			x.PutPolicy(&catalog.Policy{Name: "p", Table: table})
			c.PutTable(&catalog.Table{Name: catalog.Name{Schema: "public", Name: "new"}})
			return true
		},
		func() bool { return true },
	)
	if !ok {
		t.Fatal("no branch was left")
	}
	x, _ := c.Tables.Get(table)
	if x.RLS.Known || !x.Identity.Is(catalog.Identity{Kind: catalog.IdentityDefault}) || x.Unsure != catalog.Policies {
		t.Errorf("the table is %+v", x)
	}
	if p, ok := x.Policy("p"); !ok || p.Unsure != catalog.Existence {
		t.Errorf("the policy is %+v", p)
	}
	if n, ok := c.Tables.Get(catalog.Name{Schema: "public", Name: "new"}); !ok || n.Unsure != catalog.Existence {
		t.Errorf("the new table is %+v", n)
	}
	want := []catalog.Gap{
		{Reason: "why", Object: catalog.Ref{Kind: "table", Name: "public.t"}, Origin: here},
		{Reason: "why", Object: catalog.Ref{Kind: "table", Name: "public.new"}, Origin: here},
	}
	if diff := cmp.Diff(want, c.Gaps); diff != "" {
		t.Error(diff)
	}
}

func TestForkIsCertainWhereBranchesAgree(t *testing.T) {
	c := start()
	both := func() bool {
		setRLS(c, true)
		c.Changes = append(c.Changes, catalog.Change{What: catalog.WhatRLS, Origin: here})
		return true
	}
	c.Fork("why", here, both, both)
	if x, _ := c.Tables.Get(table); !x.RLS.Is(true) || x.Unsure != 0 || len(c.Gaps) != 0 || len(c.Changes) != 1 {
		t.Errorf("%+v, gaps %v, changes %v", x, c.Gaps, c.Changes)
	}
}

func TestForkTakesTheOnlyBranchLeft(t *testing.T) {
	c := start()
	raises := func() bool { c.DeleteTable(table); return false }
	if !c.Fork("why", here, raises, func() bool { setRLS(c, true); return true }) {
		t.Fatal("no branch was left")
	}
	if x, ok := c.Tables.Get(table); !ok || !x.RLS.Is(true) || len(c.Gaps) != 0 {
		t.Errorf("%+v, gaps %v", x, c.Gaps)
	}
	if c.Fork("why", here, raises, raises) {
		t.Error("a branch was left")
	}
	if !c.Tables.Has(table) {
		t.Error("a branch that cannot be left something behind")
	}
}

func TestForkWithinASavepoint(t *testing.T) {
	c := start()
	m := c.Savepoint()
	c.Fork("why", here, func() bool { setRLS(c, true); return true }, func() bool {
		inner := c.Savepoint()
		c.DeleteTable(table)
		c.Rollback(inner)
		return true
	})
	if x, _ := c.Tables.Get(table); x.RLS.Known {
		t.Errorf("%+v", x)
	}
	c.Rollback(m)
	if x, _ := c.Tables.Get(table); !x.RLS.Is(false) {
		t.Errorf("after the rollback: %+v", x)
	}
}

// A list that is being gone through stays as it was, while the set changes.
func TestSetChangesWhileItIsListed(t *testing.T) {
	c := catalog.New()
	for _, n := range []string{"b", "d", "f"} {
		c.Schemas.Put(&catalog.Schema{Name: n})
	}
	var seen []string
	for s := range c.Schemas.All() {
		seen = append(seen, s.Name)
		c.Schemas.Delete("d")
		c.Schemas.Put(&catalog.Schema{Name: "c"})
		c.Schemas.Put(&catalog.Schema{Name: "a"})
	}
	if diff := cmp.Diff([]string{"b", "d", "f"}, seen); diff != "" {
		t.Error(diff)
	}
	seen = nil
	for s := range c.Schemas.All() {
		seen = append(seen, s.Name)
	}
	if diff := cmp.Diff([]string{"a", "b", "c", "f"}, seen); diff != "" {
		t.Error(diff)
	}
}
