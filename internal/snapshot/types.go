package snapshot

import "policylint/inspect/catalog"

type typ struct {
	Name      string           `json:"name"`
	Kind      catalog.TypeKind `json:"kind"`
	Labels    []string         `json:"labels,omitempty"`
	Base      string           `json:"base,omitempty"`
	NotNull   bool             `json:"not_null,omitempty"`
	Fields    []field          `json:"fields,omitempty"`
	Owner     *string          `json:"owner"`
	Grants    grants           `json:"grants"`
	Extension string           `json:"extension,omitempty"`
	Platform  bool             `json:"platform,omitempty"`
	Unsure    []string         `json:"unsure,omitempty"`
	origin
}

type field struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

type sequence struct {
	Name      string   `json:"name"`
	OwnedBy   *string  `json:"owned_by"`
	Column    string   `json:"owned_by_column,omitempty"`
	Identity  bool     `json:"identity"`
	Owner     *string  `json:"owner"`
	Grants    grants   `json:"grants"`
	Extension string   `json:"extension,omitempty"`
	Platform  bool     `json:"platform,omitempty"`
	Unsure    []string `json:"unsure,omitempty"`
	origin
}

func typeOf(t *catalog.Type) typ {
	out := typ{
		Name: nameOf(t.Name), Kind: t.Kind, Labels: t.Labels, Base: t.Base, NotNull: t.NotNull, Owner: factOf(t.Owner),
		Grants: grantsOf(&t.Grants), Extension: t.Extension, Platform: t.Platform, Unsure: unsureOf(t.Unsure), origin: originOf(t.Origin),
	}
	for _, f := range t.Fields {
		out.Fields = append(out.Fields, field(f))
	}
	return out
}

func (t typ) typ() *catalog.Type {
	at := t.at()
	out := &catalog.Type{
		Name: name(t.Name), Kind: t.Kind, Labels: t.Labels, Base: t.Base, NotNull: t.NotNull, Owner: fact(t.Owner, at),
		Grants: t.Grants.acl(at), Origin: at, Extension: t.Extension, Platform: t.Platform, Unsure: unsure(t.Unsure),
	}
	for _, f := range t.Fields {
		out.Fields = append(out.Fields, catalog.TypeField(f))
	}
	return out
}

func sequenceOf(s *catalog.Sequence) sequence {
	return sequence{
		nameOf(s.Name), nameOrNil(s.OwnedBy), s.OwnedColumn, s.Identity, factOf(s.Owner), grantsOf(&s.Grants),
		s.Extension, s.Platform, unsureOf(s.Unsure), originOf(s.Origin),
	}
}

func (s sequence) sequence() *catalog.Sequence {
	at := s.at()
	return &catalog.Sequence{
		Name: name(s.Name), Owner: fact(s.Owner, at), OwnedBy: optionalName(s.OwnedBy), OwnedColumn: s.Column, Identity: s.Identity,
		Grants: s.Grants.acl(at), Origin: at, Extension: s.Extension, Platform: s.Platform, Unsure: unsure(s.Unsure),
	}
}
