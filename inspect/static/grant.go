package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// grant replays GRANT and REVOKE on objects.
func (r *replay) grant(n *pg.GrantStmt) *sqlError {
	if n.Grantor != nil {
		by, err := r.role(n.Grantor)
		if err != nil {
			return err
		}
		if by != r.user {
			return errf("0A000", "grantor must be current user")
		}
	}
	targets, err := r.targets(n)
	if err != nil {
		return err
	}
	word, kinds := grantWords(n.Objtype)
	a, err := r.ask(n, word, kinds...)
	if err != nil || len(kinds) == 0 {
		return err
	}
	for _, t := range targets {
		if t.refused != nil {
			return t.refused
		}
		if err := r.applyGrant(t, a); err != nil {
			return err
		}
	}
	return nil
}

// grantWords is how messages call a kind of object, and the kinds of the
// catalog that it may turn out to be; none for what no catalog lists.
func grantWords(t pg.ObjectType) (string, []catalog.ObjectKind) {
	switch t {
	case pg.ObjectType_OBJECT_TABLE:
		return "relation", []catalog.ObjectKind{catalog.OnTables, catalog.OnSequences}
	case pg.ObjectType_OBJECT_SEQUENCE:
		return "sequence", []catalog.ObjectKind{catalog.OnSequences}
	case pg.ObjectType_OBJECT_FUNCTION, pg.ObjectType_OBJECT_PROCEDURE, pg.ObjectType_OBJECT_ROUTINE:
		return routineWord(t), []catalog.ObjectKind{catalog.OnFunctions}
	case pg.ObjectType_OBJECT_SCHEMA:
		return "schema", []catalog.ObjectKind{catalog.OnSchemas}
	case pg.ObjectType_OBJECT_TYPE:
		return "type", []catalog.ObjectKind{catalog.OnTypes}
	case pg.ObjectType_OBJECT_DOMAIN:
		return "domain", []catalog.ObjectKind{catalog.OnTypes}
	}
	return "", nil
}

// applyGrant gives or takes what was asked on one object.
func (r *replay) applyGrant(t target, a asked) *sqlError {
	possible := catalog.AllPrivileges(t.kind)
	need := a.whole
	if a.all {
		need = possible
	} else if t.kind == catalog.OnTables && slices.Contains(need, catalog.Usage) {
		return errf("0LP01", "invalid privilege type USAGE for table")
	}
	need = slices.DeleteFunc(slices.Clone(need), func(p catalog.Privilege) bool { return !slices.Contains(possible, p) })
	acl := t.acl()
	if len(need) > 0 {
		if err := r.mergeGrants(t.ref, acl, t.owner, need, a); err != nil {
			return err
		}
	}
	if t.columns == nil {
		for c := range a.columns {
			if w := r.rowOf(catalog.ParseName(t.ref.Name)); w.complete && !slices.ContainsFunc(w.columns, func(x rowColumn) bool { return x.name == c }) {
				return errf("42703", "column %q of relation %q does not exist", c, t.name)
			}
		}
		return nil
	}
	return r.applyColumns(t, a, need, acl)
}

// mergeGrants changes one list. Who may grant nothing but has some privilege on the
// object only gets a warning.
func (r *replay) mergeGrants(o catalog.Ref, acl *catalog.ACL, owner string, need []catalog.Privilege, a asked, above ...*catalog.ACL) *sqlError {
	lists := append([]*catalog.ACL{acl}, above...)
	grantor, may := r.grantor(owner, need, lists...)
	if len(may) == 0 && len(need) > 0 {
		if err := r.mayWatch(o, lists); err != nil {
			return err
		}
	}
	for _, grantee := range a.grantees {
		if err := a.publicOption(grantee); err != nil {
			return err
		}
		if a.grant && a.option && grantor != owner && r.circular(acl, owner, grantee, grantor, may) {
			return errf("0LP01", "grant options cannot be granted back to your own grantor")
		}
		var changed []string
		var given []catalog.Grant
		for _, p := range may {
			if a.grant {
				if _, had := acl.Find(grantee, p); !had {
					changed = append(changed, string(p))
				}
				given = append(given, catalog.Grant{Grantee: grantee, Privilege: p, Option: a.option, Grantor: grantor, Origin: r.at})
				continue
			}
			took, err := r.takeBack(acl, owner, grantee, p, grantor, a)
			if err != nil {
				return err
			}
			if took && !a.option {
				changed = append(changed, string(p))
			}
		}
		acl.Add(given...)
		r.recordGrant(o, a.grant, grantee, changed)
	}
	return nil
}

// publicOption refuses a grant option for everyone.
func (a asked) publicOption(grantee string) *sqlError {
	if a.grant && a.option && grantee == catalog.Public {
		return errf("0LP01", "grant options can only be granted to roles")
	}
	return nil
}

// mayWatch refuses a GRANT or REVOKE to those who have no privilege at all on
// the object.
func (r *replay) mayWatch(o catalog.Ref, lists []*catalog.ACL) *sqlError {
	kind := catalog.OnTables
	switch k := catalog.ObjectKind(o.Kind); k {
	case catalog.OnFunctions, catalog.OnSchemas, catalog.OnTypes, catalog.OnSequences:
		kind = k
	}
	if r.holdsAny(catalog.AllPrivileges(kind), lists...) || kind == catalog.OnSchemas && r.usesAll() {
		return notice()
	}
	return errf("42501", "permission denied for %s %s", o.Kind, bare(o.Name)).about(o)
}

// recordGrant notes in the history who gained or lost what.
func (r *replay) recordGrant(o catalog.Ref, grant bool, grantee string, privileges []string) {
	if len(privileges) == 0 {
		return
	}
	c := catalog.Change{Object: o, What: catalog.WhatRevoked, Detail: grantee, Before: strings.Join(privileges, ", "), Origin: r.at}
	if grant {
		c.What, c.Before, c.After = catalog.WhatGranted, "", c.Before
	}
	r.cat.Changes = append(r.cat.Changes, c)
}

// bare is a name without its schema and its arguments.
func bare(qualified string) string {
	name, _, _ := strings.Cut(qualified, "(")
	return name[strings.LastIndexByte(name, '.')+1:]
}
