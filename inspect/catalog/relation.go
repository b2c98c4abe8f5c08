package catalog

// A RelationKind is what a name of the relation name space stands for.
type RelationKind string

// The kinds of relation.
const (
	TableRelation     RelationKind = "table"
	ViewRelation      RelationKind = "view"
	SequenceRelation  RelationKind = "sequence"
	IndexRelation     RelationKind = "index"
	CompositeRelation RelationKind = "type"
)

// A Relation is one name of the relation name space, which tables, views,
// sequences, indexes and composite types share.
type Relation struct {
	stamped
	Name  Name
	Kind  RelationKind
	Table Name // of an index: the table or materialized view it belongs to
}

func (r *Relation) key() Name { return r.Name }

func (r *Relation) clone() *Relation { c := *r; return &c }

// Relation finds what a name of the relation name space stands for.
func (c *Catalog) Relation(n Name) (*Relation, bool) { return c.relations.Get(n) }

// PutTable adds a table with its indexes, or replaces the one of its name.
func (c *Catalog) PutTable(t *Table) {
	c.Tables.Put(t)
	c.relations.Put(&Relation{Name: t.Name, Kind: TableRelation})
	for _, i := range t.Indexes {
		c.relations.Put(&Relation{Name: Name{t.Name.Schema, i.Name}, Kind: IndexRelation, Table: t.Name})
	}
}

// DeleteTable removes a table with its indexes.
func (c *Catalog) DeleteTable(n Name) {
	t, ok := c.Tables.Get(n)
	if !ok {
		return
	}
	for _, i := range t.Indexes {
		c.relations.Delete(Name{n.Schema, i.Name})
	}
	c.Tables.Delete(n)
	c.relations.Delete(n)
}

// PutView adds a view with its indexes, or replaces the one of its name.
func (c *Catalog) PutView(v *View) {
	c.Views.Put(v)
	c.relations.Put(&Relation{Name: v.Name, Kind: ViewRelation})
	for _, i := range v.Indexes {
		c.relations.Put(&Relation{Name: Name{v.Name.Schema, i.Name}, Kind: IndexRelation, Table: v.Name})
	}
}

// DeleteView removes a view with its indexes.
func (c *Catalog) DeleteView(n Name) {
	v, ok := c.Views.Get(n)
	if !ok {
		return
	}
	for _, i := range v.Indexes {
		c.relations.Delete(Name{n.Schema, i.Name})
	}
	c.Views.Delete(n)
	c.relations.Delete(n)
}

// PutSequence adds a sequence, or replaces the one of its name.
func (c *Catalog) PutSequence(s *Sequence) {
	c.Sequences.Put(s)
	c.relations.Put(&Relation{Name: s.Name, Kind: SequenceRelation})
}

// DeleteSequence removes a sequence.
func (c *Catalog) DeleteSequence(n Name) {
	c.Sequences.Delete(n)
	c.relations.Delete(n)
}

// PutType adds a type; a composite type takes a name of the relation name
// space too.
func (c *Catalog) PutType(t *Type) {
	c.Types.Put(t)
	if t.Kind == Composite {
		c.relations.Put(&Relation{Name: t.Name, Kind: CompositeRelation})
	}
}

// DeleteType removes a type.
func (c *Catalog) DeleteType(n Name) {
	t, ok := c.Types.Get(n)
	if !ok {
		return
	}
	c.Types.Delete(n)
	if t.Kind == Composite {
		c.relations.Delete(n)
	}
}

// PutIndex adds an index to a table or materialized view and takes its name.
func (c *Catalog) PutIndex(on Name, i *Index) {
	if t, ok := c.EditTable(on); ok {
		t.PutIndex(i)
	} else if v, ok := c.Views.Edit(on); ok {
		v.Indexes = append(v.Indexes, i)
	} else {
		return
	}
	c.relations.Put(&Relation{Name: Name{on.Schema, i.Name}, Kind: IndexRelation, Table: on})
}

// DeleteIndex removes an index from its table or materialized view.
func (c *Catalog) DeleteIndex(on Name, index string) {
	if t, ok := c.Tables.Edit(on); ok {
		t.Indexes = without(t.Indexes, index)
	} else if v, ok := c.Views.Edit(on); ok {
		v.Indexes = without(v.Indexes, index)
	}
	c.relations.Delete(Name{on.Schema, index})
}

func without(in []*Index, name string) []*Index {
	var out []*Index
	for _, i := range in {
		if i.Name != name {
			out = append(out, i)
		}
	}
	return out
}

// PutFunction adds a function, or replaces the one of its name and signature.
func (c *Catalog) PutFunction(f *Function) {
	o, ok := c.Functions.Edit(f.Name)
	if !ok {
		o = &Overloads{Name: f.Name}
		o.Put(f)
		c.Functions.Put(o)
		return
	}
	o.Put(f)
}

// DeleteFunction removes a function.
func (c *Catalog) DeleteFunction(n Name, signature string) {
	o, ok := c.Functions.Edit(n)
	if !ok {
		return
	}
	o.Delete(signature)
	if len(o.Functions) == 0 {
		c.Functions.Delete(n)
	}
}

// Function finds a function for reading.
func (c *Catalog) Function(n Name, signature string) (*Function, bool) {
	o, ok := c.Functions.Get(n)
	if !ok {
		return nil, false
	}
	return o.Find(signature)
}

// EditFunction finds a function for changing it.
func (c *Catalog) EditFunction(n Name, signature string) (*Function, bool) {
	o, ok := c.Functions.Edit(n)
	if !ok {
		return nil, false
	}
	return o.Find(signature)
}
