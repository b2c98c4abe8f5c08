package snapshot

import "policylint/inspect/catalog"

// grants are the entries of an access control list; null when a statement that
// could not be followed may have changed it.
type grants []grantee

// A grantee is what one role was given by another.
type grantee struct {
	Role       string              `json:"role"`
	Privileges []catalog.Privilege `json:"privileges"`
	Option     bool                `json:"grant_option,omitempty"`
	Grantor    string              `json:"grantor"`
}

func grantsOf(a *catalog.ACL) grants {
	if a.Unsure {
		return nil
	}
	out := grants{}
	for _, g := range a.Grants() {
		i := len(out) - 1
		for i >= 0 && out[i].Role == g.Grantee && (out[i].Grantor != g.Grantor || out[i].Option != g.Option) {
			i--
		}
		if i < 0 || out[i].Role != g.Grantee {
			out = append(out, grantee{Role: g.Grantee, Grantor: g.Grantor, Option: g.Option})
			i = len(out) - 1
		}
		out[i].Privileges = append(out[i].Privileges, g.Privilege)
	}
	return out
}

func (g grants) acl(at catalog.Origin) catalog.ACL {
	var a catalog.ACL
	a.Unsure = g == nil
	for _, x := range g {
		for _, p := range x.Privileges {
			a.Add(catalog.Grant{Grantee: x.Role, Privilege: p, Option: x.Option, Grantor: x.Grantor, Origin: at})
		}
	}
	return a
}
