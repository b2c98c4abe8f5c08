package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// asked is what a GRANT or REVOKE gives or takes, and for whom.
type asked struct {
	grant    bool
	option   bool // WITH GRANT OPTION, or GRANT OPTION FOR
	cascade  bool
	grantees []string
	all      bool // ALL PRIVILEGES on the whole object
	whole    []catalog.Privilege
	columns  map[string][]catalog.Privilege // "" stands for ALL
}

// keywords are the privileges that PostgreSQL 15 knows. MAINTAIN of version 17
// is taken and left out, as in every catalog.
var keywords = []string{
	"select", "insert", "update", "delete", "truncate", "references", "trigger", "maintain", "usage", "create",
	"execute", "temporary", "temp", "connect", "set", "alter system",
}

// ask reads the privileges and roles of a GRANT or REVOKE on objects of one of
// the kinds.
func (r *replay) ask(n *pg.GrantStmt, word string, kinds ...catalog.ObjectKind) (asked, *sqlError) {
	a := asked{
		grant: n.IsGrant, option: n.GrantOption, cascade: n.Behavior == pg.DropBehavior_DROP_CASCADE,
		all: len(n.Privileges) == 0,
	}
	var err *sqlError
	if a.grantees, err = r.roles(n.Grantees, true); err != nil {
		return a, err
	}
	possible := []catalog.Privilege{}
	for _, k := range kinds {
		possible = append(possible, catalog.AllPrivileges(k)...)
	}
	if len(kinds) == 0 { // databases and the like: no catalog has their privileges
		return a, checkKeywords(n.Privileges)
	}
	relations := slices.Contains(kinds, catalog.OnTables)
	for _, item := range n.Privileges {
		p := item.GetAccessPriv()
		name := strings.ToLower(p.PrivName)
		privilege := catalog.Privilege(name)
		if len(p.Cols) == 0 {
			if err := checkPrivilege(name, word, possible, relations); err != nil {
				return a, err
			}
			if slices.Contains(possible, privilege) {
				a.whole = append(a.whole, privilege)
			}
			continue
		}
		if !relations {
			return a, errf("0LP01", "column privileges are only valid for relations")
		}
		if name != "" {
			if err := checkPrivilege(name, "column", catalog.ColumnPrivileges(), false); err != nil {
				return a, err
			}
		}
		if a.columns == nil {
			a.columns = map[string][]catalog.Privilege{}
		}
		for _, col := range names(p.Cols) {
			if name == "" {
				a.columns[col] = append(a.columns[col], catalog.ColumnPrivileges()...)
			} else {
				a.columns[col] = append(a.columns[col], privilege)
			}
		}
	}
	return a, nil
}

// checkKeywords is the refusal of a word that is no privilege.
func checkKeywords(list []*pg.Node) *sqlError {
	for _, item := range list {
		if name := strings.ToLower(item.GetAccessPriv().GetPrivName()); !slices.Contains(keywords, name) {
			return errf("42601", "unrecognized privilege type %q", name)
		}
	}
	return nil
}

// checkPrivilege is the refusal of a word that is no privilege, or none of
// such an object.
func checkPrivilege(name, word string, possible []catalog.Privilege, relations bool) *sqlError {
	switch {
	case !slices.Contains(keywords, name):
		return errf("42601", "unrecognized privilege type %q", name)
	case relations && name == "maintain", slices.Contains(possible, catalog.Privilege(name)):
		return nil
	}
	return errf("0LP01", "invalid privilege type %s for %s", strings.ToUpper(name), word)
}

// grantor finds the role that a privilege is given or taken by, and which of
// the needed ones it may: the owner when the session is that role or a
// superuser, else the role it belongs to that may most (PostgreSQL docs:
// GRANT, Notes). lists are the object's, and those above it for a column.
func (r *replay) grantor(owner string, need []catalog.Privilege, lists ...*catalog.ACL) (string, []catalog.Privilege) {
	if r.user == owner || r.superuser() {
		return owner, need
	}
	best, may := r.user, []catalog.Privilege(nil)
	for _, role := range r.actsAs() {
		if role == owner {
			return owner, need
		}
		var has []catalog.Privilege
		for _, p := range need {
			if slices.ContainsFunc(lists, func(l *catalog.ACL) bool { return mayGrant(l, role, p) }) {
				has = append(has, p)
			}
		}
		if len(has) > len(may) {
			best, may = role, has
		}
		if len(has) == len(need) {
			break
		}
	}
	return best, may
}

// mayGrant reports whether the list gives the role the privilege with grant
// option.
func mayGrant(l *catalog.ACL, role string, p catalog.Privilege) bool {
	return slices.ContainsFunc(l.Grants(), func(g catalog.Grant) bool { return g.Grantee == role && g.Privilege == p && g.Option })
}

// holdsAny reports whether the session has any of the privileges.
func (r *replay) holdsAny(privileges []catalog.Privilege, lists ...*catalog.ACL) bool {
	for _, p := range privileges {
		if slices.ContainsFunc(lists, func(l *catalog.ACL) bool { return r.allowed(l, p) }) {
			return true
		}
	}
	return false
}
