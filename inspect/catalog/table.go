package catalog

import (
	"slices"
	"strings"

	"policylint/inspect/expr"
)

// A TableKind tells tables apart.
type TableKind string

// The kinds of table.
const (
	Ordinary    TableKind = "table"
	Partitioned TableKind = "partitioned"
	Foreign     TableKind = "foreign"
)

// A Persistence says what survives: permanent, unlogged or temporary.
type Persistence string

// The persistences.
const (
	Permanent Persistence = "permanent"
	Unlogged  Persistence = "unlogged"
	Temporary Persistence = "temporary"
)

// A Table is an ordinary, partitioned or foreign table.
type Table struct {
	stamped
	head        int // the unit of work in which EditTable last copied it
	Name        Name
	Kind        TableKind
	Persistence Fact[Persistence]
	Owner       Fact[string]
	Columns     []*Column // in order of creation; dropped ones are gone
	PrimaryKey  *Key      // nil when there is none
	Uniques     []*Key    // unique constraints
	Checks      []*Check
	Excludes    []string // names of exclusion constraints
	ForeignKeys []*ForeignKey
	Indexes     []*Index // all, those of constraints too, in order of name
	RLS         Fact[bool]
	ForceRLS    Fact[bool]
	Identity    Fact[Identity]
	PartitionOf Name   // zero if it is no partition
	Partitioned string // partition strategy and key as written, for partitioned tables
	// KeyTypes are the types of the partition key's columns and expressions,
	// and Bound is which rows a partition takes. Only migrations have them.
	KeyTypes  []string
	Bound     *Bound
	OfType    Name   // the composite type that a typed table is of; only migrations have it
	Inherits  []Name // parents by INHERITS
	Triggers  []*Trigger
	Grants    ACL
	Origin    Origin // the CREATE TABLE, or the first mention of an assumed table
	Extension string // the extension that owns it, "" if none
	Platform  bool   // part of the platform, not of the project
	// Assumed: no migration creates the table, but one uses it. Nothing but
	// the name is known.
	Assumed bool
	Unsure  Aspect

	policies []*Policy // in order of name
}

// A Column is a column of a table.
type Column struct {
	Name           string
	Type           string // as format_type prints it, schema-qualified unless built in: "bigint", "public.user_role"
	NotNull        bool
	HasDefault     bool
	Generated      bool      // GENERATED ALWAYS AS (…) STORED
	IdentityColumn bool      // GENERATED … AS IDENTITY
	Local          bool      // declared on the table itself, not only inherited
	Default        expr.Expr // nil when there is none or it was not understood
	Grants         ACL       // of the column alone; those of the table are not repeated
	Origin         Origin
}

// A Key is a primary key or unique constraint, or what a foreign key refers to.
type Key struct {
	Name       string
	Columns    []string
	Deferrable bool
	Origin     Origin
}

// A Check is a CHECK constraint.
type Check struct {
	Name   string
	Expr   expr.Expr
	Origin Origin
	// Local: declared on the table itself, not only inherited; NoInherit: not
	// for the tables below; NotValid: not known of old rows. Only migrations
	// have them.
	Local, NoInherit, NotValid bool
}

// A ForeignKey is a foreign key constraint.
type ForeignKey struct {
	Name       string
	Columns    []string
	References Name
	RefColumns []string
	OnDelete   string // "no action", "restrict", "cascade", "set null" or "set default"
	Origin     Origin
}

// An Index is an index of a table or materialized view.
type Index struct {
	Name    string      // its schema is the table's
	Columns []string    // key columns in order; "" stands for an expression
	Exprs   []expr.Expr // the expressions among them, in order
	Include []string
	// Options says of each key column how it differs from the default order
	// of its type: "collate C desc", "text_pattern_ops"; nil when none does.
	Options          []string
	Method           string // "btree", "gin", …
	Unique           bool
	Primary          bool
	Valid            bool
	Immediate        bool // not the index of a deferrable constraint
	NullsNotDistinct bool
	Constraint       string    // the constraint it serves, "" if none
	Where            expr.Expr // nil unless partial
	Origin           Origin
	// Called is what its columns and those it includes were called when it was
	// made, where one was renamed since: an index keeps the old name, and lends
	// it to that of a partition's index. Only migrations have it.
	Called []string
}

// An IdentityKind is a kind of replica identity (PostgreSQL docs: ALTER TABLE).
type IdentityKind string

// The kinds of replica identity.
const (
	IdentityDefault IdentityKind = "default"
	IdentityFull    IdentityKind = "full"
	IdentityNothing IdentityKind = "nothing"
	IdentityIndex   IdentityKind = "index"
)

// An Identity is a replica identity: what of the old row is written to the log.
type Identity struct {
	Kind  IdentityKind
	Index string // for IdentityIndex; "" when the index was dropped since
}

// String is the identity as `policylint catalog` prints it: "full", "index NAME".
func (i Identity) String() string {
	if i.Kind == IdentityIndex {
		return strings.TrimSpace("index " + i.Index)
	}
	return string(i.Kind)
}

// Ref names the table.
func (t *Table) Ref() Ref { return Ref{"table", t.Name.String()} }

// Column finds a column by name.
func (t *Table) Column(name string) (*Column, bool) {
	for _, c := range t.Columns {
		if c.Name == name {
			return c, true
		}
	}
	return nil, false
}

// Index finds an index by name.
func (t *Table) Index(name string) (*Index, bool) {
	for _, i := range t.Indexes {
		if i.Name == name {
			return i, true
		}
	}
	return nil, false
}

// Trigger finds a trigger by name.
func (t *Table) Trigger(name string) (*Trigger, bool) {
	for _, g := range t.Triggers {
		if g.Name == name {
			return g, true
		}
	}
	return nil, false
}

// PutIndex adds an index and keeps the list in order of name. Like PutTrigger,
// it leaves a list alone that somebody may be going through.
func (t *Table) PutIndex(i *Index) {
	t.Indexes = inOrder(t.Indexes, i, func(x *Index) string { return x.Name })
}

// PutTrigger adds a trigger and keeps the list in order of name.
func (t *Table) PutTrigger(g *Trigger) {
	t.Triggers = inOrder(t.Triggers, g, func(x *Trigger) string { return x.Name })
}

// inOrder is a list of its own with one more, in the place of the one of its
// name if there is one.
func inOrder[T any](list []*T, add *T, name func(*T) string) []*T {
	out := make([]*T, 0, len(list)+1)
	for _, x := range list {
		if name(x) != name(add) {
			out = append(out, x)
		}
	}
	out = append(out, add)
	slices.SortFunc(out, func(a, b *T) int { return strings.Compare(name(a), name(b)) })
	return out
}

// ReplicaIdentityWorks reports whether UPDATE and DELETE could be published
// with the table's replica identity: a default identity needs a primary key
// that is not deferrable, an index one an index that is still there. Without
// it the writes themselves fail (PostgreSQL docs 31.1, Publication).
func (t *Table) ReplicaIdentityWorks() Fact[bool] {
	id := t.Identity
	switch {
	case !id.Known:
		return Unknown[bool](id.Origin)
	case id.Value.Kind == IdentityFull:
		return Of(true, id.Origin)
	case id.Value.Kind == IdentityNothing:
		return Of(false, id.Origin)
	case t.Unsure.Any(Keys):
		return Unknown[bool](id.Origin)
	case id.Value.Kind == IdentityIndex:
		_, ok := t.Index(id.Value.Index)
		return Of(ok, id.Origin)
	}
	return Of(t.PrimaryKey != nil && !t.PrimaryKey.Deferrable, id.Origin)
}

func (t *Table) key() Name { return t.Name }

// clone copies the table and what belongs to it. The lists of names and
// expressions inside an index, a key, a policy are shared: who changes one puts
// another in its place.
func (t *Table) clone() *Table {
	c := *t
	c.Columns = cloneAll(t.Columns, func(x *Column) { x.Grants = x.Grants.Clone() })
	if t.PrimaryKey != nil {
		k := *t.PrimaryKey
		k.Columns = slices.Clip(k.Columns)
		c.PrimaryKey = &k
	}
	c.Uniques = cloneAll(t.Uniques, func(x *Key) { x.Columns = slices.Clip(x.Columns) })
	c.Checks = cloneAll(t.Checks, nil)
	c.Excludes = slices.Clone(t.Excludes)
	c.ForeignKeys = cloneAll(t.ForeignKeys, func(x *ForeignKey) {
		x.Columns, x.RefColumns = slices.Clip(x.Columns), slices.Clip(x.RefColumns)
	})
	c.Indexes = cloneAll(t.Indexes, func(x *Index) {
		x.Columns, x.Exprs, x.Include, x.Options = slices.Clip(x.Columns), slices.Clip(x.Exprs), slices.Clip(x.Include), slices.Clip(x.Options)
	})
	c.Inherits = slices.Clone(t.Inherits)
	c.Triggers = cloneAll(t.Triggers, func(x *Trigger) { x.Columns = slices.Clip(x.Columns) })
	c.Grants = t.Grants.Clone()
	c.policies = cloneAll(t.policies, func(x *Policy) { x.Roles = slices.Clip(x.Roles) })
	return &c
}

// cloneAll copies a list and what it points to; deep copies the rest of each.
func cloneAll[T any](in []*T, deep func(*T)) []*T {
	if in == nil {
		return nil
	}
	out, all := make([]*T, len(in)), make([]T, len(in))
	for i, p := range in {
		all[i] = *p
		if deep != nil {
			deep(&all[i])
		}
		out[i] = &all[i]
	}
	return out
}
