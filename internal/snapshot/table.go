package snapshot

import (
	"fmt"

	"policylint/inspect/catalog"
)

type table struct {
	Name        string               `json:"name"`
	Kind        catalog.TableKind    `json:"kind"`
	RLS         *bool                `json:"rls"`
	ForceRLS    *bool                `json:"force_rls"`
	Identity    *string              `json:"replica_identity"`
	PrimaryKey  []string             `json:"primary_key"` // empty for none
	Owner       *string              `json:"owner"`
	Persistence *catalog.Persistence `json:"persistence"`
	PartitionOf *string              `json:"partition_of"`
	Partitioned string               `json:"partition_by,omitempty"`
	Inherits    []string             `json:"inherits"`
	Columns     []column             `json:"columns"`
	Keys        []key                `json:"keys"` // the primary key first
	Checks      []check              `json:"checks"`
	Excludes    []string             `json:"excludes"`
	ForeignKeys []foreignKey         `json:"foreign_keys"`
	Indexes     []index              `json:"indexes"`
	Triggers    []trigger            `json:"triggers"`
	Grants      grants               `json:"grants"`
	Extension   string               `json:"extension,omitempty"`
	Platform    bool                 `json:"platform,omitempty"`
	Assumed     bool                 `json:"assumed,omitempty"`
	Unsure      []string             `json:"unsure,omitempty"`
	origin
}

type column struct {
	Name       string  `json:"name"`
	Type       string  `json:"type"`
	NotNull    bool    `json:"not_null"`
	HasDefault bool    `json:"has_default"`
	Default    *string `json:"default"`
	Generated  bool    `json:"generated"`
	Identity   bool    `json:"identity"`
	Inherited  bool    `json:"inherited"`
	Grants     grants  `json:"grants"`
}

type key struct {
	Name       string   `json:"name"`
	Primary    bool     `json:"primary"`
	Columns    []string `json:"columns"`
	Deferrable bool     `json:"deferrable"`
}

type check struct {
	Name string  `json:"name"`
	Expr *string `json:"expression"`
}

type foreignKey struct {
	Name       string   `json:"name"`
	Columns    []string `json:"columns"`
	References string   `json:"references"`
	RefColumns []string `json:"referenced_columns"`
	OnDelete   string   `json:"on_delete"`
}

func tableOf(t *catalog.Table) table {
	out := table{
		Name: nameOf(t.Name), Kind: t.Kind, RLS: factOf(t.RLS), ForceRLS: factOf(t.ForceRLS), Identity: identityOf(t.Identity),
		Owner: factOf(t.Owner), Persistence: factOf(t.Persistence), PartitionOf: nameOrNil(t.PartitionOf),
		Partitioned: t.Partitioned, Inherits: namesOf(t.Inherits), Columns: []column{}, Keys: []key{}, Checks: []check{},
		Excludes: listOf(t.Excludes), ForeignKeys: []foreignKey{}, Indexes: indexesOf(t.Indexes), Triggers: triggersOf(t.Triggers),
		Grants: grantsOf(&t.Grants), Extension: t.Extension, Platform: t.Platform, Assumed: t.Assumed,
		Unsure: unsureOf(t.Unsure), origin: originOf(t.Origin),
	}
	if !t.Unsure.Any(catalog.Keys) {
		out.PrimaryKey = []string{}
	}
	if k := t.PrimaryKey; k != nil {
		out.PrimaryKey = listOf(k.Columns)
		out.Keys = append(out.Keys, key{k.Name, true, k.Columns, k.Deferrable})
	}
	for _, k := range t.Uniques {
		out.Keys = append(out.Keys, key{k.Name, false, k.Columns, k.Deferrable})
	}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, column{
			c.Name, c.Type, c.NotNull, c.HasDefault, exprOf(c.Default), c.Generated, c.IdentityColumn, !c.Local, grantsOf(&c.Grants),
		})
	}
	for _, c := range t.Checks {
		out.Checks = append(out.Checks, check{c.Name, exprOf(c.Expr)})
	}
	for _, f := range t.ForeignKeys {
		out.ForeignKeys = append(out.ForeignKeys, foreignKey{f.Name, listOf(f.Columns), nameOf(f.References), listOf(f.RefColumns), f.OnDelete})
	}
	return out
}

func (t table) table() (*catalog.Table, error) {
	at := t.at()
	out := &catalog.Table{
		Name: name(t.Name), Kind: t.Kind, Persistence: fact(t.Persistence, at), Owner: fact(t.Owner, at),
		Excludes: stringsOf(t.Excludes), RLS: fact(t.RLS, at), ForceRLS: fact(t.ForceRLS, at), Identity: identity(t.Identity, at),
		PartitionOf: optionalName(t.PartitionOf), Partitioned: t.Partitioned, Inherits: names(t.Inherits),
		Grants: t.Grants.acl(at), Origin: at, Extension: t.Extension, Platform: t.Platform, Assumed: t.Assumed, Unsure: unsure(t.Unsure),
	}
	for _, c := range t.Columns {
		def, err := expression(c.Default)
		if err != nil {
			return nil, fmt.Errorf("table %s, column %s: %w", t.Name, c.Name, err)
		}
		out.Columns = append(out.Columns, &catalog.Column{
			Name: c.Name, Type: c.Type, NotNull: c.NotNull, HasDefault: c.HasDefault, Default: def, Generated: c.Generated,
			IdentityColumn: c.Identity, Grants: c.Grants.acl(at), Origin: at, Local: !c.Inherited,
		})
	}
	for _, k := range t.Keys {
		ck := &catalog.Key{Name: k.Name, Columns: stringsOf(k.Columns), Deferrable: k.Deferrable, Origin: at}
		if k.Primary {
			out.PrimaryKey = ck
		} else {
			out.Uniques = append(out.Uniques, ck)
		}
	}
	for _, c := range t.Checks {
		e, err := expression(c.Expr)
		if err != nil {
			return nil, fmt.Errorf("table %s, check %s: %w", t.Name, c.Name, err)
		}
		out.Checks = append(out.Checks, &catalog.Check{Name: c.Name, Expr: e, Origin: at})
	}
	for _, f := range t.ForeignKeys {
		out.ForeignKeys = append(out.ForeignKeys, &catalog.ForeignKey{
			Name: f.Name, Columns: stringsOf(f.Columns), References: name(f.References), RefColumns: stringsOf(f.RefColumns), OnDelete: f.OnDelete, Origin: at,
		})
	}
	var err error
	if out.Indexes, err = readIndexes(t.Indexes, at); err != nil {
		return nil, fmt.Errorf("table %s: %w", t.Name, err)
	}
	out.Triggers, err = readTriggers(t.Triggers, at)
	if err != nil {
		return nil, fmt.Errorf("table %s: %w", t.Name, err)
	}
	return out, nil
}
