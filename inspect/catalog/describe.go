package catalog

import (
	"slices"
	"strconv"
	"strings"

	"policylint/inspect/expr"
)

// A trait is one thing that is said of an object. Two traits of an object may
// not have one name.
type trait struct {
	name   string
	value  string
	expr   expr.Expr // instead of value, when isExpr
	isExpr bool
	// unknown traits equal whatever the other side has.
	unknown bool
	group   group
}

// A group is the traits that one Aspect of doubt is about. Of a group in doubt
// there may be traits that are not told, and told ones may be wrong.
type group string

const (
	inGeneral  group = ""
	inColumns  group = "columns"
	inKeys     group = "keys"
	inGrants   group = "grants"
	inMembers  group = "members"
	inTriggers group = "triggers"
	inBody     group = "body"
)

// String is the value for people.
func (t trait) String() string {
	if !t.isExpr {
		return t.value
	}
	if t.expr == nil {
		return "none"
	}
	return expr.String(t.expr)
}

// equal reports whether two sides say the same, as far as both know.
func (t trait) equal(o trait) bool {
	switch {
	case t.unknown || o.unknown:
		return true
	case t.isExpr && o.isExpr:
		if t.expr == nil || o.expr == nil {
			return t.expr == nil && o.expr == nil
		}
		return opaque(t.expr) || opaque(o.expr) || expr.Equal(t.expr, o.expr)
	}
	return t.value == o.value
}

func opaque(e expr.Expr) bool { _, ok := e.(*expr.Opaque); return ok }

// A description is an object in traits.
type description struct {
	ref     string
	of      string // of a policy: its table, which says enough when it is missing
	unsure  bool   // it may not exist
	skipped bool   // it is not compared at all
	traits  []trait
	group   group // of the traits said next
	doubts  map[group]bool
}

func (d *description) say(name, value string) { d.add(trait{name: name, value: value}) }

func (d *description) sayExpr(name string, e expr.Expr) {
	d.add(trait{name: name, expr: e, isExpr: true})
}

func (d *description) add(t trait) {
	t.group = d.group
	t.unknown = t.unknown || d.doubts[t.group]
	d.traits = append(d.traits, t)
}

// in begins a group, which may be in doubt.
func (d *description) in(g group, doubt bool) {
	d.group = g
	if doubt {
		if d.doubts == nil {
			d.doubts = map[group]bool{}
		}
		d.doubts[g] = true
	}
}

// fact says a fact, or that it is unknown.
func fact[T comparable](d *description, name string, f Fact[T], show func(T) string) {
	t := trait{name: name, unknown: !f.Known}
	if f.Known {
		t.value = show(f.Value)
	}
	d.add(t)
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func same(s string) string { return s }

func list(names []string) string { return "(" + strings.Join(names, ", ") + ")" }

func nameList(names []Name) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = n.String()
	}
	return strings.Join(out, ", ")
}

// words joins those that are not empty.
func words(w ...string) string {
	return strings.Join(slices.DeleteFunc(w, func(s string) bool { return s == "" }), " ")
}

// when is the word if the condition holds.
func when(cond bool, word string) string {
	if cond {
		return word
	}
	return ""
}

// grants says who may do what, with the grantor, who alone can take it back.
func (d *description) grants(prefix string, a *ACL, doubt bool) {
	outer := d.group
	d.in(inGrants, doubt || a.Unsure)
	for _, g := range a.Grants() {
		d.say(words(prefix+"grant", string(g.Privilege), "to", g.Grantee, "by", g.Grantor), words("yes", when(g.Option, "with grant option")))
	}
	d.group = outer
}

// describe lists the objects in traits, in no order. Left out are what only
// one kind of source knows: origins, how a privilege came to be, history, the
// settings of the server and of databases, the predefined roles of the server,
// temporary objects and those of extensions.
func describe(c *Catalog) []description {
	var out []description
	add := func(d description) { out = append(out, d) }
	for s := range c.Schemas.All() {
		add(describeSchema(s))
	}
	for r := range c.Roles.All() {
		add(describeRole(r))
	}
	for t := range c.Tables.All() {
		add(describeTable(t))
		for p := range t.Policies() {
			add(describePolicy(t, p))
		}
	}
	for v := range c.Views.All() {
		add(describeView(v))
	}
	for s := range c.Sequences.All() {
		add(describeSequence(s))
	}
	for o := range c.Functions.All() {
		for _, f := range o.Functions {
			add(describeFunction(f))
		}
	}
	for t := range c.Types.All() {
		add(describeType(t))
	}
	for p := range c.Publications.All() {
		add(describePublication(p))
	}
	for e := range c.Extensions.All() {
		d := description{ref: e.Ref().String(), unsure: e.Unsure.Any(Existence)}
		d.say("schema", e.Schema)
		add(d)
	}
	for b := range c.Buckets.All() {
		d := description{ref: b.Ref().String(), unsure: b.Unsure.Any(Existence)}
		fact(&d, "public", b.Public, strconv.FormatBool)
		add(d)
	}
	for s := range c.Settings.All() {
		d := description{ref: "setting " + s.Key.Role + "/" + s.Key.Name, skipped: s.Key.Role == "" || s.Key.Database != ""}
		fact(&d, "value", s.Value, same)
		add(d)
	}
	for p := range c.Defaults.All() {
		d := description{ref: p.Ref().String(), unsure: p.Unsure.Any(Existence)}
		d.grants("", &p.Grants, p.Unsure.Any(Grants))
		add(d)
	}
	return out
}
