package rules

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// A Circle is a set of policies that need themselves to be decided.
type Circle struct {
	Policies []*catalog.Policy // by name, each once
	// Closes is the policy whose sub-select makes PostgreSQL take the read of a
	// table for a recursion, when it is none of them; else nil.
	Closes *catalog.Policy
}

// Has reports whether the policy takes part in the circle.
func (c Circle) Has(pol *catalog.Policy) bool {
	return c.Closes == pol || slices.Contains(c.Policies, pol)
}

type circlesKey struct{}

// Circles are those that queries of the API roles meet, each once.
func (p *Pass) Circles() []Circle {
	return p.Memo(circlesKey{}, func() any {
		g := graph{p: p}
		var out []Circle
		told := map[string]bool{}
		for _, role := range catalog.APIRoles() {
			g.groups = p.Groups(role, false)
			var last *catalog.Table
			for t := range p.PoliciesWith(expr.HasQuery) {
				if t == last {
					continue
				}
				last = t
				for _, command := range []catalog.Command{catalog.ForSelect, catalog.ForInsert, catalog.ForUpdate, catalog.ForDelete} {
					g.circle, g.closes = nil, nil
					g.visit(t.Name, command, false, nil, map[met]bool{})
					if g.circle == nil {
						continue
					}
					c := g.found()
					if key := c.key(); !told[key] {
						told[key] = true
						out = append(out, c)
					}
				}
			}
		}
		return out
	}).([]Circle)
}

func (c Circle) key() string {
	var names []string
	for _, pol := range c.Policies {
		names = append(names, pol.Ref().Name)
	}
	return strings.Join(names, "\n")
}

// found is the circle that was met.
func (g *graph) found() Circle {
	c := Circle{Policies: slices.SortedFunc(slices.Values(g.circle), func(a, b *catalog.Policy) int { return strings.Compare(a.Ref().Name, b.Ref().Name) })}
	c.Policies = slices.Compact(c.Policies)
	if g.closes != nil && !slices.Contains(c.Policies, g.closes) {
		c.Closes = g.closes
	}
	return c
}

// graph follows which tables PostgreSQL reads to decide policies, for one
// role. It rewrites a query as the server does: a table met inside the
// sub-selects of its own policies is an infinite recursion when its policies
// then have any sub-select (PostgreSQL source, rewriteHandler.c,
// fireRIRrules). What a function reads is a query of its own, which recurses
// when it runs.
type graph struct {
	p      *Pass
	groups []string // the role and what it belongs to
	circle []*catalog.Policy
	closes *catalog.Policy // the policy whose sub-select makes the circle one, when it is no part of it
}

// A step is a table whose policies are being expanded.
type step struct {
	table   catalog.Name
	command catalog.Command
	policy  *catalog.Policy // the one that leads on
	call    bool            // a function reads the table
}

// A met table is one that need not be followed again.
type met struct {
	table catalog.Name
	first bool // in the query that was asked, outside functions
}

func (g *graph) visit(name catalog.Name, command catalog.Command, call bool, path []step, seen map[met]bool) {
	t, ok := g.p.Tables.Get(name)
	if !ok {
		g.view(name, call, path, seen)
		return
	}
	if g.circle != nil || !t.RLS.Is(true) {
		return
	}
	sides := g.applying(t, command)
	for i, s := range path {
		if s.table == name && (s.command == catalog.ForSelect || !call && active(path[i+1:]) && g.recurs(sides)) {
			for _, s := range path[i:] {
				g.circle = append(g.circle, s.policy)
			}
			return
		}
	}
	key := met{name, !call && active(path)}
	if seen[key] {
		return
	}
	seen[key] = true
	for _, s := range sides {
		for _, r := range g.p.Reads(s.policy) {
			if !r.Definer && strings.Contains(r.Name, ".") && s.asks(r.Check) {
				g.visit(catalog.ParseName(r.Name), catalog.ForSelect, r.Helper != "", append(path, step{name, command, s.policy, call}), seen)
			}
		}
	}
}

// active reports whether the steps belong to the query that asked, with no
// function between.
func active(steps []step) bool {
	return !slices.ContainsFunc(steps, func(s step) bool { return s.call })
}

// recurs reports whether PostgreSQL takes a table with these policies, met
// inside its own, for a recursion.
func (g *graph) recurs(sides []asked) bool {
	for _, s := range sides {
		if expr.HasSelect(s.policy.Using) || expr.HasSelect(s.policy.Check) {
			g.closes = s.policy
			return true
		}
	}
	return false
}

// view follows a view that runs with the reader's privileges; any other is
// read as its owner.
func (g *graph) view(name catalog.Name, call bool, path []step, seen map[met]bool) {
	v, ok := g.p.Views.Get(name)
	key := met{name, !call && active(path)}
	if !ok || v.Materialized || !v.SecurityInvoker.Is(true) || seen[key] {
		return
	}
	seen[key] = true
	for _, target := range v.Reads {
		g.visit(target, catalog.ForSelect, call, path, seen)
	}
}
