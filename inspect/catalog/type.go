package catalog

import "strings"

import "slices"

// A TypeKind is a kind of type that a migration can create.
type TypeKind string

// The kinds of type.
const (
	Enum      TypeKind = "enum"
	Domain    TypeKind = "domain"
	Composite TypeKind = "composite"
	Range     TypeKind = "range"
	Base      TypeKind = "base" // of an extension
)

// A Type is a type that is not a table's row type.
type Type struct {
	stamped
	Name      Name
	Kind      TypeKind
	Labels    []string    // of an enum, in order
	Base      string      // of a domain: the type below it
	NotNull   bool        // of a domain
	Fields    []TypeField // of a composite type
	Owner     Fact[string]
	Grants    ACL
	Origin    Origin
	Extension string
	Platform  bool
	Unsure    Aspect
}

// A TypeField is a field of a composite type.
type TypeField struct{ Name, Type string }

// Ref names the type.
func (t *Type) Ref() Ref { return Ref{"type", t.Name.String()} }

func (t *Type) key() Name { return t.Name }

func (t *Type) clone() *Type {
	c := *t
	c.Labels, c.Fields, c.Grants = slices.Clone(t.Labels), slices.Clone(t.Fields), t.Grants.Clone()
	return &c
}

// BaseType is the type below a domain, and below that, until it is none: what
// the server converts a value to before it does anything with it. Any other
// type is itself.
func (c *Catalog) BaseType(typ string) string {
	for range 10 { // each domain has one below it that was there before
		if !strings.Contains(typ, ".") {
			break // a built-in type
		}
		t, ok := c.Types.Get(ParseName(typ))
		if !ok || t.Kind != Domain || t.Base == "" {
			break
		}
		typ = t.Base
	}
	return typ
}
