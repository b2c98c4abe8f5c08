package snapshot

import (
	"fmt"
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// These turn the model's values into those of the JSON and back.

// factOf is the value of a fact, nil when it is not known.
func factOf[T comparable](f catalog.Fact[T]) *T {
	if !f.Known {
		return nil
	}
	return &f.Value
}

func fact[T comparable](v *T, at catalog.Origin) catalog.Fact[T] {
	if v == nil {
		return catalog.Unknown[T](at)
	}
	return catalog.Of(*v, at)
}

// nameOf writes a name as schema.name, as it is; in the rare case that this
// could not be read back, both parts stand in quotes.
func nameOf(n catalog.Name) string {
	if n.Schema == "" || strings.Contains(n.Schema, ".") || strings.HasPrefix(n.Schema, `"`) {
		quote := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
		return quote(n.Schema) + "." + quote(n.Name)
	}
	return n.Schema + "." + n.Name
}

func name(s string) catalog.Name {
	if strings.HasPrefix(s, `"`) {
		return catalog.ParseName(s)
	}
	schema, rest, _ := strings.Cut(s, ".")
	return catalog.Name{Schema: schema, Name: rest}
}

// nameOrNil is nil for no name.
func nameOrNil(n catalog.Name) *string {
	if n == (catalog.Name{}) {
		return nil
	}
	s := nameOf(n)
	return &s
}

func optionalName(s *string) catalog.Name {
	if s == nil {
		return catalog.Name{}
	}
	return name(*s)
}

func namesOf(in []catalog.Name) []string {
	out := []string{}
	for _, n := range in {
		out = append(out, nameOf(n))
	}
	return out
}

func names(in []string) []catalog.Name {
	var out []catalog.Name
	for _, s := range in {
		out = append(out, name(s))
	}
	return out
}

// exprOf is an expression as canonical SQL, nil when there is none.
func exprOf(e expr.Expr) *string {
	if e == nil {
		return nil
	}
	s := expr.String(e)
	return &s
}

func expression(s *string) (expr.Expr, error) {
	if s == nil {
		return nil, nil
	}
	e, err := expr.Parse(*s)
	if err != nil {
		return nil, fmt.Errorf("expression %q: %w", *s, err)
	}
	return e, nil
}

// listOf is a list that is never null.
func listOf(in []string) []string { return append([]string{}, in...) }

// stringsOf is nil for an empty list, as the model has it.
func stringsOf(in []string) []string {
	if len(in) == 0 {
		return nil
	}
	return slices.Clone(in)
}

// aspects are the names of the sides of an object that may be in doubt.
var aspects = []struct {
	aspect catalog.Aspect
	name   string
}{
	{catalog.Existence, "existence"}, {catalog.Columns, "columns"}, {catalog.Keys, "keys"}, {catalog.Policies, "policies"},
	{catalog.Grants, "grants"}, {catalog.Members, "members"}, {catalog.Body, "body"},
}

func unsureOf(a catalog.Aspect) []string {
	var out []string
	if a == catalog.Everything {
		return []string{"everything"}
	}
	for _, x := range aspects {
		if a.Any(x.aspect) {
			out = append(out, x.name)
		}
	}
	return out
}

func unsure(names []string) catalog.Aspect {
	var a catalog.Aspect
	for _, n := range names {
		if n == "everything" {
			a = catalog.Everything
		}
		for _, x := range aspects {
			if x.name == n {
				a |= x.aspect
			}
		}
	}
	return a
}

// identity reads a replica identity as catalog.Identity prints it.
func identity(s *string, at catalog.Origin) catalog.Fact[catalog.Identity] {
	if s == nil {
		return catalog.Unknown[catalog.Identity](at)
	}
	kind, index, _ := strings.Cut(*s, " ")
	return catalog.Of(catalog.Identity{Kind: catalog.IdentityKind(kind), Index: index}, at)
}

func identityOf(f catalog.Fact[catalog.Identity]) *string {
	if !f.Known {
		return nil
	}
	s := f.Value.String()
	return &s
}
