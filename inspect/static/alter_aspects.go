package static

import (
	"slices"
	"strconv"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// rowSecurity carries out ENABLE, DISABLE, FORCE and NO FORCE ROW LEVEL
// SECURITY.
func (a *alteration) rowSecurity(t pg.AlterTableType) *sqlError {
	table := a.head()
	fact, what, on := &table.RLS, "enabled", true
	switch t {
	case pg.AlterTableType_AT_DisableRowSecurity:
		on = false
	case pg.AlterTableType_AT_ForceRowSecurity:
		fact, what = &table.ForceRLS, "forced"
	case pg.AlterTableType_AT_NoForceRowSecurity:
		fact, what, on = &table.ForceRLS, "forced", false
	}
	if !fact.Is(on) {
		words := map[bool]string{true: what, false: "not " + what}
		r := a.r
		r.change(table.Ref(), catalog.WhatRLS, words[fact.Value], words[on])
	}
	*fact = catalog.Of(on, a.r.at)
	return nil
}

// replicaIdentity carries out REPLICA IDENTITY.
func (a *alteration) replicaIdentity(n *pg.ReplicaIdentityStmt) *sqlError {
	t := a.head()
	if t == nil {
		if v, ok := a.r.cat.Views.Get(a.name); ok && n.IdentityType == "i" && !slices.ContainsFunc(a.r.indexesOf(v.Name), func(x *catalog.Index) bool { return x.Name == n.Name }) {
			return a.noIndex(n.Name)
		}
		return nil
	}
	id := catalog.Identity{Kind: map[string]catalog.IdentityKind{
		"d": catalog.IdentityDefault, "f": catalog.IdentityFull, "n": catalog.IdentityNothing, "i": catalog.IdentityIndex,
	}[n.IdentityType], Index: n.Name}
	if id.Kind == catalog.IdentityIndex {
		x, ok := t.Index(n.Name)
		switch {
		case !ok && (t.Assumed || t.Unsure.Any(catalog.Keys)):
		case !ok:
			return a.noIndex(n.Name)
		case !x.Unique:
			return errf("42809", "cannot use non-unique index %q as replica identity", n.Name)
		case !x.Immediate:
			return errf("0A000", "cannot use non-immediate index %q as replica identity", n.Name)
		case len(x.Exprs) > 0:
			return errf("0A000", "cannot use expression index %q as replica identity", n.Name)
		case x.Where != nil:
			return errf("0A000", "cannot use partial index %q as replica identity", n.Name)
		default:
			for _, name := range x.Columns {
				if c, ok := t.Column(name); ok && !c.NotNull {
					return errf("42809", "index %q cannot be used as replica identity because column %q is nullable", n.Name, name)
				}
			}
		}
	}
	if t.Identity.Value != id || !t.Identity.Known {
		a.r.change(t.Ref(), catalog.WhatIdentity, t.Identity.Value.String(), id.String())
	}
	t.Identity = catalog.Of(id, a.r.at)
	return nil
}

// clusterOn carries out CLUSTER ON.
func (a *alteration) clusterOn(index string) *sqlError {
	t := a.table()
	if t == nil || t.Assumed {
		return nil
	}
	if _, ok := t.Index(index); !ok {
		return a.noIndex(index)
	}
	return nil
}

// noIndex is the refusal of an index that is not one of the table.
func (a *alteration) noIndex(name string) *sqlError {
	if _, ok := a.r.cat.Relation(catalog.Name{Schema: a.name.Schema, Name: name}); ok {
		return errf("42809", "%q is not an index for table %q", name, a.name.Name)
	}
	return errf("42704", "index %q for table %q does not exist", name, a.name.Name)
}

// setLogged carries out SET LOGGED and SET UNLOGGED.
func (a *alteration) setLogged(logged bool) *sqlError {
	t := a.table()
	if t == nil {
		return nil
	}
	if t.Persistence.Is(catalog.Temporary) {
		return errf("42P16", "cannot change logged status of table %q because it is temporary", a.name.Name)
	}
	if t.Kind == catalog.Partitioned && logged {
		return nil // it has no storage, and nothing changes (before PostgreSQL 18)
	}
	if logged {
		for _, f := range t.ForeignKeys {
			if to, ok := a.r.cat.Tables.Get(f.References); ok && f.References != a.name && to.Persistence.Is(catalog.Unlogged) && !t.Persistence.Is(catalog.Permanent) {
				return errf("42P16", "could not change table %q to logged because it references unlogged table %q", a.name.Name, f.References.Name)
			}
		}
		t.Persistence = catalog.Of(catalog.Permanent, a.r.at)
		return nil
	}
	for p := range a.r.cat.Publications.All() {
		if _, ok := p.Member(a.name); ok {
			return errf("55000", "cannot change table %q to unlogged because it is part of a publication", a.name.Name)
		}
	}
	if t.Kind == catalog.Partitioned {
		return nil
	}
	for _, p := range a.r.pointingAt(a.name) {
		if from, ok := a.r.cat.Tables.Get(p.table); ok && p.table != a.name && from.Persistence.Is(catalog.Permanent) && !t.Persistence.Is(catalog.Unlogged) {
			return errf("42P16", "could not change table %q to unlogged because it is referenced by logged table %q", a.name.Name, p.table.Name)
		}
	}
	t.Persistence = catalog.Of(catalog.Unlogged, a.r.at)
	return nil
}

// rule refuses a rule that is not there; rules are not in the catalog but for
// the one that every view has.
func (a *alteration) rule(name string) *sqlError {
	if t := a.table(); t != nil && t.Assumed || a.r.deps.rules {
		return nil
	}
	return errf("42704", "rule %q for relation %q does not exist", name, a.name.Name)
}

// triggerCommand tells what a subcommand does to which triggers.
func triggerCommand(t pg.AlterTableType) (on, all, ok bool) {
	switch t {
	case pg.AlterTableType_AT_EnableTrig, pg.AlterTableType_AT_EnableAlwaysTrig, pg.AlterTableType_AT_EnableReplicaTrig:
		return true, false, true
	case pg.AlterTableType_AT_EnableTrigAll, pg.AlterTableType_AT_EnableTrigUser:
		return true, true, true
	case pg.AlterTableType_AT_DisableTrig:
		return false, false, true
	case pg.AlterTableType_AT_DisableTrigAll, pg.AlterTableType_AT_DisableTrigUser:
		return false, true, true
	}
	return false, false, false
}

// systemTriggers refuses to enable or disable all triggers of a table that has
// some of the server's own, which check foreign keys and deferrable keys.
func (a *alteration) systemTriggers(c *pg.AlterTableCmd) *sqlError {
	if c.Subtype != pg.AlterTableType_AT_EnableTrigAll && c.Subtype != pg.AlterTableType_AT_DisableTrigAll || a.r.superuser() {
		return nil
	}
	t := a.table()
	if t != nil && (len(t.ForeignKeys) > 0 || len(a.r.pointingAt(a.name)) > 0 || slices.ContainsFunc(t.Indexes, func(x *catalog.Index) bool { return !x.Immediate })) {
		return errf("42501", "permission denied: %q has system triggers", a.name.Name)
	}
	return nil
}

// enableTrigger carries out ENABLE and DISABLE TRIGGER.
func (a *alteration) enableTrigger(name string, on, all bool) *sqlError {
	t := a.table()
	found := all
	for _, g := range t.Triggers {
		if all || g.Name == name {
			g.Enabled, found = on, true
		}
	}
	if !found && !t.Assumed {
		return errf("42704", "trigger %q for table %q does not exist", name, a.name.Name)
	}
	if t.Kind != catalog.Partitioned {
		return nil
	}
	return a.below(func(child *alteration) *sqlError {
		if _, ok := child.table().Trigger(name); !ok && !all {
			return nil
		}
		return child.enableTrigger(name, on, all)
	})
}

// options carries out SET (…) and RESET (…).
func (a *alteration) options(c *pg.AlterTableCmd) *sqlError {
	reset := c.Subtype == pg.AlterTableType_AT_ResetRelOptions
	for _, n := range c.Def.GetList().GetItems() {
		d := n.GetDefElem()
		switch {
		case a.kind == plainView:
			if err := a.r.viewOption(a.name, d, reset); err != nil {
				return err
			}
		case a.kind == plainIndex || reset:
		default:
			if err := tableOption(d); err != nil {
				return err
			}
		}
	}
	return nil
}

// optionValue is the value of an option as text, "true" where none is given.
func optionValue(d *pg.DefElem) string {
	switch v := d.GetArg().GetNode().(type) {
	case *pg.Node_String_:
		return v.String_.Sval
	case *pg.Node_Integer:
		return strconv.Itoa(int(v.Integer.Ival))
	case *pg.Node_Float:
		return v.Float.Fval
	case *pg.Node_Boolean:
		return strconv.FormatBool(v.Boolean.Boolval)
	case *pg.Node_TypeName: // on, off and other words
		parts := names(v.TypeName.Names)
		return parts[len(parts)-1]
	}
	return "true"
}

// head is table for a change of the table itself; see [catalog.Catalog.EditTable].
func (a *alteration) head() *catalog.Table {
	t, ok := a.r.cat.EditTable(a.name)
	if !ok {
		return nil
	}
	return t
}
