package drift

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// helpers compares the functions of the project that policies call, where
// another body is another policy, and those that clients can call and that run
// with their owner's rights, to which no policy applies.
func (c *comparison) helpers() {
	told := map[catalog.Name]bool{c.Hook: true}
	for t := range c.want.Tables.All() {
		for p := range t.Policies() {
			for _, e := range []expr.Expr{p.Using, p.Check} {
				for _, call := range expr.Calls(e) {
					n := catalog.ParseName(call.Name)
					if told[n] {
						continue
					}
					told[n] = true
					for _, f := range functions(c.want, n) {
						if g, ok := find(functions(c.have, n), f.Signature()); ok && projectFunction(f) && projectFunction(g) {
							c.function(Policies, f, g)
						}
					}
				}
			}
		}
	}
	for o := range c.want.Functions.All() {
		for _, f := range o.Functions {
			if told[f.Name] || !projectFunction(f) {
				continue
			}
			g, ok := c.have.Function(f.Name, f.Signature())
			switch {
			case !ok && c.open(c.want, f):
				c.add(Difference{Kind: Policies, Object: f.Ref(), What: "exists", Want: "yes", Origin: f.Origin, Fix: c.newFunction(f)})
			case ok && projectFunction(g) && (c.open(c.want, f) || c.open(c.have, g)):
				c.function(Policies, f, g)
			}
		}
	}
	for o := range c.have.Functions.All() {
		for _, g := range o.Functions {
			if _, ok := c.want.Function(g.Name, g.Signature()); !ok && g.Name != c.Hook && projectFunction(g) && c.open(c.have, g) {
				c.add(Difference{Kind: Policies, Object: g.Ref(), What: "exists", Have: "yes", Fix: c.closed(g)})
			}
		}
	}
}

// closed is SQL after which no client calls the function.
func (c *comparison) closed(g *catalog.Function) string {
	from := []string{catalog.Public}
	for _, r := range c.clients() {
		from = append(from, catalog.Quote(r))
	}
	return "revoke execute on " + called(g) + " from " + strings.Join(from, ", ") + ";"
}

// clients are those of the request roles that stand for people.
func (c *comparison) clients() []string {
	return slices.DeleteFunc(slices.Clone(c.roles()), func(r string) bool { return r != catalog.Anon && r != catalog.Authenticated })
}

// open reports whether clients can call a function that runs with its owner's
// rights. Triggers are not called.
func (c *comparison) open(side *catalog.Catalog, f *catalog.Function) bool {
	if !f.SecurityDefiner.Is(true) || f.Returns == "trigger" || f.Returns == "event_trigger" || f.Unsure.Any(catalog.Grants|catalog.Existence) {
		return false
	}
	return slices.ContainsFunc(c.clients(), func(r string) bool { return side.MayExecute(r, f).Is(true) })
}

func projectFunction(f *catalog.Function) bool {
	return !f.Platform && f.Extension == "" && !catalog.PlatformSchema(f.Name.Schema) && !f.Unsure.Any(catalog.Existence)
}

// sameBody reports whether two bodies are alike: by their text or, of those
// that the server parses when they are made, by what they compute, as it prints
// them in its own words. What nobody can tell apart is alike.
func (c *comparison) sameBody(f, g *catalog.Function) bool {
	if trimmed(f) == trimmed(g) {
		return true
	}
	if !f.StandardBody || !g.StandardBody {
		return false
	}
	a, ok := c.want.Computes(f)
	b, too := c.have.Computes(g)
	if ok && too {
		return same(a, b)
	}
	w, h := c.want.Source, c.have.Source
	return ok == too && (w.Kind != h.Kind || w.Version/10000 != h.Version/10000)
}
