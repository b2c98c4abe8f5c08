package drift

import (
	"maps"
	"slices"
	"strings"

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
			c.add(Difference{Kind: Hook, Object: f.Ref(), What: "exists", Want: "yes", Origin: f.Origin})
			continue
		}
		if what, a, b := differHook(f, g); what != "" {
			c.add(Difference{Kind: Hook, Object: f.Ref(), What: what, Want: a, Have: b, Origin: f.Origin, Fix: alterHook(f, what)})
		}
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

func differHook(f, g *catalog.Function) (what, want, have string) {
	switch {
	case f.Body.Known && g.Body.Known && !f.Unsure.Any(catalog.Body) && strings.TrimSpace(f.Body.Value) != strings.TrimSpace(g.Body.Value):
		return "body", "that of the migrations", "another"
	case f.Returns != g.Returns:
		return "result type", f.Returns, g.Returns
	case f.Language != g.Language:
		return "language", f.Language, g.Language
	case f.SecurityDefiner.Known && g.SecurityDefiner.Known && f.SecurityDefiner.Value != g.SecurityDefiner.Value:
		return "security", security(f), security(g)
	case f.Volatility.Known && g.Volatility.Known && f.Volatility.Value != g.Volatility.Value:
		return "volatility", string(f.Volatility.Value), string(g.Volatility.Value)
	}
	for _, k := range slices.Sorted(maps.Keys(both(f.Config, g.Config))) {
		a, b := setting(f, k), setting(g, k)
		if !a.Known || !b.Known || a.Value == b.Value {
			continue
		}
		if strings.Contains(k, ".") {
			// The application's own settings may hold secrets.
			return "setting " + k, "one value", "another"
		}
		return "setting " + k, a.Value, b.Value
	}
	return "", "", ""
}

func security(f *catalog.Function) string {
	if f.SecurityDefiner.Value {
		return "definer"
	}
	return "invoker"
}

// setting is what a function sets a parameter to; "none" where it does not.
func setting(f *catalog.Function, name string) catalog.Fact[string] {
	if v, ok := f.Config[name]; ok {
		return catalog.Fact[string]{Value: catalog.Literal(v.Value), Known: v.Known}
	}
	return catalog.Of("none", catalog.Origin{})
}

// both has the keys of two maps.
func both(a, b map[string]catalog.Fact[string]) map[string]catalog.Fact[string] {
	out := maps.Clone(a)
	if out == nil {
		return b
	}
	maps.Copy(out, b)
	return out
}

// alterHook is SQL for what ALTER FUNCTION can mend; a body needs the whole
// function again.
func alterHook(f *catalog.Function, what string) string {
	alter := "alter function " + f.Name.SQL() + "(" + f.Signature() + ") "
	switch what {
	case "security":
		return alter + "security " + security(f) + ";"
	case "volatility":
		return alter + string(f.Volatility.Value) + ";"
	}
	return ""
}
