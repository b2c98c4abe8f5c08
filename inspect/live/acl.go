package live

import (
	"fmt"
	"strings"

	"policylint/inspect/catalog"
)

// privileges by the letters of PostgreSQL docs, table 5.1. MAINTAIN (m),
// which only PostgreSQL 17 knows, is left out, and so are those of databases,
// settings and large objects.
var privileges = map[byte]catalog.Privilege{
	'r': catalog.Select, 'a': catalog.Insert, 'w': catalog.Update, 'd': catalog.Delete, 'D': catalog.Truncate,
	'x': catalog.References, 't': catalog.Trigger_, 'U': catalog.Usage, 'C': catalog.Create, 'X': catalog.Execute,
}

// acl is readACL, with one list for all objects of the same privileges: those
// of ten thousand tables are mostly alike.
func (l *loader) acl(items []string, untouched bool) (catalog.ACL, error) {
	if len(items) == 0 {
		return catalog.ACL{}, nil
	}
	key := strings.Join(items, "\n")
	if untouched {
		key += "\n"
	}
	a, ok := l.acls[key]
	if ok {
		return a.Clone(), nil
	}
	a, err := readACL(items, untouched)
	if err == nil {
		if l.acls == nil {
			l.acls = map[string]catalog.ACL{}
		}
		l.acls[key] = a
	}
	return a.Clone(), err
}

// readACL reads access privileges in the server's notation,
// grantee=letters/grantor each. Untouched ones are those that PostgreSQL itself
// gives.
func readACL(items []string, untouched bool) (catalog.ACL, error) {
	var a catalog.ACL
	for _, item := range items {
		grantee, rest := roleName(item)
		if grantee == "" {
			grantee = catalog.Public
		}
		letters, grantor, ok := strings.Cut(strings.TrimPrefix(rest, "="), "/")
		if !ok || !strings.HasPrefix(rest, "=") {
			return a, fmt.Errorf("access privilege %q is in no known form", item)
		}
		by, _ := roleName(grantor)
		for i := range len(letters) {
			p, ok := privileges[letters[i]]
			if !ok {
				continue
			}
			a.Add(catalog.Grant{
				Grantee: grantee, Privilege: p, Grantor: by, Default: untouched,
				Option: i+1 < len(letters) && letters[i+1] == '*',
			})
		}
	}
	return a, nil
}

// roleName reads a role's name, which is in double quotes when it is not plain,
// and what stands behind it.
func roleName(s string) (name, rest string) {
	if !strings.HasPrefix(s, `"`) {
		if i := strings.IndexByte(s, '='); i >= 0 {
			return s[:i], s[i:]
		}
		return s, ""
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		if s[i] == '"' {
			if i+1 == len(s) || s[i+1] != '"' {
				return b.String(), s[i+1:]
			}
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String(), ""
}
