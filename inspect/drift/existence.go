package drift

import "policylint/inspect/catalog"

// existence compares which tables and views of the project there are.
func (c *comparison) existence() {
	for w := range c.want.Tables.All() {
		if _, ok := c.have.Tables.Get(w.Name); !ok && project(w) {
			c.lone(w.Ref(), w.Origin, true)
		}
	}
	for h := range c.have.Tables.All() {
		if _, ok := c.want.Tables.Get(h.Name); !ok && project(h) {
			c.lone(h.Ref(), catalog.Origin{}, false)
		}
	}
	for w := range c.want.Views.All() {
		if _, ok := c.have.Views.Get(w.Name); !ok && projectView(w) {
			c.lone(w.Ref(), w.Origin, true)
		}
	}
	for h := range c.have.Views.All() {
		if _, ok := c.want.Views.Get(h.Name); !ok && projectView(h) {
			c.lone(h.Ref(), catalog.Origin{}, false)
		}
	}
}

// lone adds an object that only one side has.
func (c *comparison) lone(ref catalog.Ref, at catalog.Origin, wanted bool) {
	d := Difference{Kind: Tables, Object: ref, What: "exists", Origin: at}
	if wanted {
		d.Want = "yes"
	} else {
		d.Have = "yes"
	}
	c.add(d)
}

func projectView(v *catalog.View) bool {
	return !v.Platform && v.Extension == "" && !v.Unsure.Any(catalog.Existence) && !catalog.PlatformSchema(v.Name.Schema)
}

// views compares as whom views read.
func (c *comparison) views() {
	for w := range c.want.Views.All() {
		h, ok := c.have.Views.Get(w.Name)
		if !ok || !projectView(w) || !projectView(h) || w.Materialized || h.Materialized ||
			!w.SecurityInvoker.Known || !h.SecurityInvoker.Known || w.SecurityInvoker.Value == h.SecurityInvoker.Value {
			continue
		}
		c.add(Difference{
			Kind: RLS, Object: w.Ref(), What: "security_invoker", Want: onOff(w.SecurityInvoker.Value), Have: onOff(h.SecurityInvoker.Value),
			Origin: w.SecurityInvoker.Origin, Fix: "alter view " + w.Name.SQL() + " set (security_invoker = " + onOff(w.SecurityInvoker.Value) + ");",
		})
	}
}
