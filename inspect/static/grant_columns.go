package static

import (
	"maps"
	"slices"

	"policylint/inspect/catalog"
)

// applyColumns gives or takes what was asked on single columns. A privilege
// revoked on the whole table goes from each column too.
func (r *replay) applyColumns(t target, a asked, whole []catalog.Privilege, table *catalog.ACL) *sqlError {
	if a.grant && len(a.columns) == 0 {
		return nil
	}
	lists := t.columns()
	names := slices.Sorted(maps.Keys(a.columns))
	for _, name := range names { // the server looks up all before it gives any
		if _, ok := lists[name]; !ok && t.complete && !systemColumn(name) {
			return errf("42703", "column %q of relation %q does not exist", name, t.name).about(t.ref)
		}
	}
	for _, name := range names {
		acl, ok := lists[name]
		if !ok {
			continue
		}
		if !a.grant && !a.option {
			r.noteKept(t.ref, name, a, acl, table)
		}
		if err := r.mergeGrants(t.ref, acl, t.owner, a.columns[name], a, table); err != nil {
			return err
		}
	}
	if a.grant {
		return nil
	}
	onColumns := slices.DeleteFunc(catalog.ColumnPrivileges(), func(p catalog.Privilege) bool { return !slices.Contains(whole, p) })
	if len(onColumns) == 0 {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(lists)) {
		if lists[name].Empty() {
			continue
		}
		if err := r.mergeGrants(t.ref, lists[name], t.owner, onColumns, a, table); err != nil {
			return err
		}
	}
	return nil
}

// noteKept records what a REVOKE on a column cannot take: a privilege that the
// role has on the whole table (PostgreSQL docs: REVOKE).
func (r *replay) noteKept(o catalog.Ref, column string, a asked, acl, table *catalog.ACL) {
	for _, grantee := range a.grantees {
		for _, p := range a.columns[column] {
			_, own := acl.Find(grantee, p)
			if _, whole := table.Find(grantee, p); whole && !own {
				r.cat.Changes = append(r.cat.Changes, catalog.Change{Object: o, What: catalog.WhatKept, Detail: grantee, Before: string(p), After: column, Origin: r.at})
			}
		}
	}
}

// systemColumn reports whether every table has the column by itself
// (PostgreSQL docs 5.5).
func systemColumn(name string) bool {
	switch name {
	case "tableoid", "xmin", "cmin", "xmax", "cmax", "ctid":
		return true
	}
	return false
}
