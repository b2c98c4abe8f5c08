package catalog

import (
	"slices"

	"policylint/inspect/expr"
)

// Actions is what a publication publishes.
type Actions struct{ Insert, Update, Delete, Truncate bool }

// List names the actions in PostgreSQL's order.
func (a Actions) List() []string {
	out := []string{}
	for _, x := range []struct {
		on   bool
		name string
	}{{a.Insert, "insert"}, {a.Update, "update"}, {a.Delete, "delete"}, {a.Truncate, "truncate"}} {
		if x.on {
			out = append(out, x.name)
		}
	}
	return out
}

// A Publication is a publication for logical replication.
type Publication struct {
	stamped
	Name      string
	Owner     Fact[string]
	AllTables Fact[bool]
	Schemas   []Published // TABLES IN SCHEMA, in order of name; Table.Schema only
	Members   []*Member   // in order of name; a member is replaced, never changed
	Publish   Fact[Actions]
	ViaRoot   Fact[bool] // publish_via_partition_root
	Origin    Origin
	Platform  bool
	Unsure    Aspect // Members: tables may be missing or too many
}

// Published is a schema that is published as a whole, and the statement that
// said so.
type Published struct {
	Schema string
	Origin Origin
}

// A Member is a table of a publication by name.
type Member struct {
	Table   Name
	Columns []string  // nil when all are published
	Where   expr.Expr // nil when all rows are
	Origin  Origin
}

// Ref names the publication.
func (p *Publication) Ref() Ref { return Ref{"publication", p.Name} }

// Member finds a table among those listed by name.
func (p *Publication) Member(t Name) (*Member, bool) {
	if i, ok := p.find(t); ok {
		return p.Members[i], true
	}
	return nil, false
}

func (p *Publication) find(t Name) (int, bool) {
	return slices.BinarySearchFunc(p.Members, t, func(m *Member, t Name) int { return compareNames(m.Table, t) })
}

// PutMember adds a member, or replaces the one of that table.
func (p *Publication) PutMember(m *Member) {
	i, ok := p.find(m.Table)
	if ok {
		p.Members[i] = m
		return
	}
	p.Members = slices.Insert(p.Members, i, m)
}

// DeleteMember removes a table from those listed by name.
func (p *Publication) DeleteMember(t Name) {
	p.Members = slices.DeleteFunc(p.Members, func(m *Member) bool { return m.Table == t })
}

// HasSchema reports whether the schema is published as a whole.
func (p *Publication) HasSchema(name string) bool {
	return slices.ContainsFunc(p.Schemas, func(s Published) bool { return s.Schema == name })
}

func (p *Publication) key() string { return p.Name }

func (p *Publication) clone() *Publication {
	c := *p
	c.Schemas = slices.Clone(p.Schemas)
	c.Members = slices.Clone(p.Members)
	return &c
}

// Publishes reports whether the publication publishes the table: by name, by
// its schema, by FOR ALL TABLES, or, for a partition, through a table above
// it. Unknown when a statement that could not be followed may have changed it.
func (c *Catalog) Publishes(p *Publication, t *Table) Fact[bool] {
	if t.Persistence.Known && t.Persistence.Value != Permanent || t.Kind == Foreign {
		return Of(false, Origin{})
	}
	for at, ok := t, true; ok; at, ok = c.Tables.Get(at.PartitionOf) {
		if m, listed := p.Member(at.Name); listed {
			return Of(true, m.Origin)
		}
		for _, s := range p.Schemas {
			if s.Schema == at.Name.Schema {
				return Of(true, s.Origin)
			}
		}
		if at.PartitionOf == (Name{}) {
			break
		}
	}
	if p.AllTables.Is(true) {
		return Of(true, p.AllTables.Origin)
	}
	if !p.AllTables.Known || p.Unsure.Any(Members) {
		return Unknown[bool](p.Origin)
	}
	return Of(false, p.Origin)
}
