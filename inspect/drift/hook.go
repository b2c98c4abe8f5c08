package drift

import (
	"slices"

	"policylint/inspect/catalog"
)

// hook compares the access token hook: whether it is there, its body and its
// options. Who may call it is among the grants.
func (c *comparison) hook() {
	if c.Hook == (catalog.Name{}) {
		return
	}
	w, h := functions(c.want, c.Hook), functions(c.have, c.Hook)
	for _, f := range w {
		g, ok := find(h, f.Signature())
		if !ok {
			c.add(Difference{Kind: Hook, Object: f.Ref(), What: "exists", Want: "yes", Origin: f.Origin, Fix: c.newFunction(f)})
			continue
		}
		c.function(Hook, f, g)
	}
	for _, g := range h {
		if _, ok := find(w, g.Signature()); !ok {
			c.add(Difference{Kind: Hook, Object: g.Ref(), What: "exists", Have: "yes"})
		}
	}
}

func functions(c *catalog.Catalog, n catalog.Name) []*catalog.Function {
	o, ok := c.Functions.Get(n)
	if !ok {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(o.Functions), func(f *catalog.Function) bool { return f.Unsure.Any(catalog.Existence) })
}

func find(fs []*catalog.Function, signature string) (*catalog.Function, bool) {
	i := slices.IndexFunc(fs, func(f *catalog.Function) bool { return f.Signature() == signature })
	if i < 0 {
		return nil, false
	}
	return fs[i], true
}

// function compares two functions of one signature.
func (c *comparison) function(kind Kind, f, g *catalog.Function) {
	add := func(what, want, have, fix string) {
		c.add(Difference{Kind: kind, Object: f.Ref(), What: what, Want: want, Have: have, Origin: f.Origin, Fix: fix})
	}
	alter := "alter " + called(f) + " "
	if f.Returns != g.Returns || f.ReturnsSet != g.ReturnsSet {
		fix := ""
		if made := c.newFunction(f); made != "" {
			fix = "drop " + called(f) + ";\n" + made
		}
		add("result type", result(f), result(g), fix)
		return
	}
	if f.Language != g.Language {
		add("language", f.Language, g.Language, createFunction(f))
		return
	}
	if f.Body.Known && g.Body.Known && !(f.Unsure | g.Unsure).Any(catalog.Body) && !c.sameBody(f, g) {
		add("body", "one", "another", createFunction(f))
	}
	if f.SecurityDefiner.Known && g.SecurityDefiner.Known && f.SecurityDefiner.Value != g.SecurityDefiner.Value {
		add("security", security(f), security(g), alter+"security "+security(f)+";")
	}
	if f.Volatility.Known && g.Volatility.Known && f.Volatility.Value != g.Volatility.Value {
		add("volatility", string(f.Volatility.Value), string(g.Volatility.Value), alter+string(f.Volatility.Value)+";")
	}
	if f.Strict.Known && g.Strict.Known && f.Strict.Value != g.Strict.Value {
		add("null input", strictness(f), strictness(g), alter+strictness(f)+";")
	}
	c.settings(f, g, add)
}
