package rls

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// graph follows which tables PostgreSQL reads to decide policies, for one
// role. It rewrites a query as the server does: a table met while its own
// policies, with sub-selects, are being expanded is an infinite recursion
// (PostgreSQL source, rewriteHandler.c, fireRIRrules).
type graph struct {
	p      *rules.Pass
	groups []string // the role and what it belongs to
	edges  map[*catalog.Policy][]catalog.Name
	circle []*catalog.Policy // policies of the recursion found, nil if none
}

// A step is a table whose policies are being expanded.
type step struct {
	table    catalog.Name
	policies []*catalog.Policy
}

func (g *graph) visit(name catalog.Name, command catalog.Command, path []step, seen map[catalog.Name]bool) {
	t, ok := g.p.Tables.Get(name)
	if !ok {
		g.view(name, path, seen)
		return
	}
	if g.circle != nil || !t.RLS.Is(true) {
		return
	}
	policies := g.reading(t, command)
	if len(policies) == 0 {
		return
	}
	if at := slices.IndexFunc(path, func(s step) bool { return s.table == name }); at >= 0 {
		for _, s := range path[at:] {
			g.circle = append(g.circle, s.policies...)
		}
		return
	}
	if command == catalog.ForSelect && seen[name] {
		return
	}
	seen[name] = true
	for _, pol := range policies {
		for _, target := range g.targets(pol) {
			g.visit(target, catalog.ForSelect, append(path, step{name, []*catalog.Policy{pol}}), seen)
		}
	}
}

// view follows a view that runs with the reader's privileges; any other is
// read as its owner.
func (g *graph) view(name catalog.Name, path []step, seen map[catalog.Name]bool) {
	v, ok := g.p.Views.Get(name)
	if !ok || v.Materialized || !v.SecurityInvoker.Is(true) || seen[name] {
		return
	}
	seen[name] = true
	for _, target := range v.Reads {
		g.visit(target, catalog.ForSelect, path, seen)
	}
}

// reading lists the policies for the command that read other rows. UPDATE and
// DELETE come with the SELECT policies, since they look for rows.
func (g *graph) reading(t *catalog.Table, command catalog.Command) []*catalog.Policy {
	var out []*catalog.Policy
	for pol := range t.Policies() {
		applies := pol.Command.Covers(command) || pol.Command == catalog.ForSelect && (command == catalog.ForUpdate || command == catalog.ForDelete)
		if applies && pol.AppliesTo(g.groups...) && len(g.targets(pol)) > 0 {
			out = append(out, pol)
		}
	}
	return out
}

// targets lists the relations that a policy reads with the privileges of the
// querying role.
func (g *graph) targets(pol *catalog.Policy) []catalog.Name {
	if out, ok := g.edges[pol]; ok {
		return out
	}
	var out []catalog.Name
	for _, r := range g.p.Reads(pol) {
		if n := catalog.ParseName(r.Name); !r.Definer && strings.Contains(r.Name, ".") && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	g.edges[pol] = out
	return out
}
