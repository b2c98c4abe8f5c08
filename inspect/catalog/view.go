package catalog

import (
	"slices"

	"policylint/inspect/expr"
)

// A View is a view or a materialized view.
type View struct {
	stamped
	Name            Name
	Materialized    bool
	Owner           Fact[string]
	SecurityInvoker Fact[bool] // runs with the querying role's privileges (PostgreSQL 15)
	SecurityBarrier Fact[bool]
	Columns         []ViewColumn // nil when they could not be worked out
	Query           expr.Expr    // nil when it was not understood
	Reads           []Name       // relations it reads directly, sorted
	Calls           []Name       // functions it calls directly, sorted
	Indexes         []*Index     // of a materialized view
	Triggers        []*Trigger
	Grants          ACL
	Origin          Origin
	Extension       string
	Platform        bool
	Unsure          Aspect
}

// A ViewColumn is a column that a view gives out.
type ViewColumn struct {
	Name   string
	Type   string // "" when it was not worked out
	Grants ACL
}

// Ref names the view.
func (v *View) Ref() Ref {
	if v.Materialized {
		return Ref{"materialized view", v.Name.String()}
	}
	return Ref{"view", v.Name.String()}
}

func (v *View) key() Name { return v.Name }

func (v *View) clone() *View {
	c := *v
	c.Columns = slices.Clone(v.Columns)
	for i := range c.Columns {
		c.Columns[i].Grants = c.Columns[i].Grants.Clone()
	}
	c.Reads, c.Calls = slices.Clone(v.Reads), slices.Clone(v.Calls)
	c.Indexes = cloneAll(v.Indexes, nil)
	c.Triggers = cloneAll(v.Triggers, nil)
	c.Grants = v.Grants.Clone()
	return &c
}
