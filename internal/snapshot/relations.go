package snapshot

import "policylint/inspect/catalog"

// writeRelations writes what queries read and who may.
func (d *document) writeRelations(c *catalog.Catalog, o Options) {
	d.Publications, d.Tables, d.Policies = []publication{}, []table{}, []policy{}
	d.Functions, d.Views, d.Types, d.Sequences = []function{}, []view{}, []typ{}, []sequence{}
	own := func(platform bool, extension string) bool { return o.All || !platform && extension == "" }
	main := o.Publication
	if main == "" {
		main = catalog.DefaultPublication
	}
	for p := range c.Publications.All() {
		if own(p.Platform, "") || p.Name == main {
			d.Publications = append(d.Publications, publicationOf(p))
		}
	}
	for t := range c.Tables.All() {
		if own(t.Platform, t.Extension) && (o.All || !t.Persistence.Is(catalog.Temporary)) {
			d.Tables = append(d.Tables, tableOf(t))
		}
		for p := range t.Policies() {
			if own(p.Platform, "") {
				d.Policies = append(d.Policies, policyOf(p))
			}
		}
	}
	for overloads := range c.Functions.All() {
		for _, f := range overloads.Functions {
			if own(f.Platform, f.Extension) {
				d.Functions = append(d.Functions, functionOf(f))
			}
		}
	}
	sortFunctions(d.Functions)
	for v := range c.Views.All() {
		if own(v.Platform, v.Extension) {
			d.Views = append(d.Views, viewOf(v))
		}
	}
	for t := range c.Types.All() {
		if own(t.Platform, t.Extension) {
			d.Types = append(d.Types, typeOf(t))
		}
	}
	for s := range c.Sequences.All() {
		if own(s.Platform, s.Extension) {
			d.Sequences = append(d.Sequences, sequenceOf(s))
		}
	}
}

func (d *document) readRelations(c *catalog.Catalog) error {
	for _, p := range d.Publications {
		x, err := p.publication()
		if err != nil {
			return err
		}
		c.Publications.Put(x)
	}
	for _, t := range d.Tables {
		x, err := t.table()
		if err != nil {
			return err
		}
		c.PutTable(x)
	}
	for _, p := range d.Policies {
		x, err := p.policy()
		if err != nil {
			return err
		}
		// A policy on a table of the platform, which was left out: nothing is
		// known of it but its policies.
		if !c.Tables.Has(x.Table) {
			c.PutTable(&catalog.Table{Name: x.Table, Kind: catalog.Ordinary, Platform: true, Unsure: catalog.Everything &^ (catalog.Policies | catalog.Existence)})
		}
		t, _ := c.Tables.Edit(x.Table)
		t.PutPolicy(x)
	}
	for _, f := range d.Functions {
		c.PutFunction(f.function())
	}
	for _, v := range d.Views {
		x, err := v.view()
		if err != nil {
			return err
		}
		c.PutView(x)
	}
	for _, t := range d.Types {
		c.PutType(t.typ())
	}
	for _, s := range d.Sequences {
		c.PutSequence(s.sequence())
	}
	return nil
}
