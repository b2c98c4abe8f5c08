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
	return r.atomically(func() *sqlError {
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
			if err := r.apply(t, a, word); err != nil {
				return err
			}
		}
		return nil
	})
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

// apply gives or takes what was asked on one object.
func (r *replay) apply(t target, a asked, word string) *sqlError {
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
		if err := r.merge(t.ref, acl, t.owner, need, a); err != nil {
			return err
		}
	}
	if t.columns == nil {
		return nil
	}
	return r.applyColumns(t, a, need, acl)
}

// merge changes one list. Who may grant nothing but has some privilege on the
// object only gets a warning.
func (r *replay) merge(o catalog.Ref, acl *catalog.ACL, owner string, need []catalog.Privilege, a asked, above ...*catalog.ACL) *sqlError {
	lists := append([]*catalog.ACL{acl}, above...)
	grantor, may := r.grantor(owner, need, lists...)
	if len(may) == 0 {
		kind := o.Kind
		if kind == "function" || kind == "schema" || kind == "type" || kind == "sequence" {
			if !r.holdsAny(catalog.AllPrivileges(catalog.ObjectKind(kind)), lists...) {
				return errf("42501", "permission denied for %s %s", kind, bare(o.Name)).about(o)
			}
			return notice()
		}
		if !r.holdsAny(catalog.AllPrivileges(catalog.OnTables), lists...) {
			return errf("42501", "permission denied for %s %s", kind, bare(o.Name)).about(o)
		}
		return notice()
	}
	for _, grantee := range a.grantees {
		if a.grant && a.option && grantor != owner && r.circular(acl, owner, grantee, grantor, may) {
			return errf("0LP01", "grant options cannot be granted back to your own grantor")
		}
		var changed []string
		for _, p := range may {
			if a.grant {
				if _, had := acl.Find(grantee, p); !had {
					changed = append(changed, string(p))
				}
				acl.Add(catalog.Grant{Grantee: grantee, Privilege: p, Option: a.option, Grantor: grantor, Origin: r.at})
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
		r.recordGrant(o, a.grant, grantee, changed)
	}
	return nil
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
