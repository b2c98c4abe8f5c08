package guard

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

// role is an argument that names a role.
func (e *Env) role(v Value) (string, bool) {
	switch v.Kind {
	case Text:
		return v.Text, e.Cat.Roles.Has(v.Text) || v.Text == catalog.Public
	case Oid:
		return v.Name.Name, v.Class == "role"
	}
	return "", false
}

func (e *Env) hasRole(args []Value) Value {
	who := e.User
	if len(args) == 3 {
		name, ok := e.role(args[0])
		if !ok {
			return Value{}
		}
		who, args = name, args[1:]
	}
	if len(args) != 2 {
		return Value{}
	}
	group, ok := e.role(args[0])
	kind, ok2 := args[1].String()
	if !ok || !ok2 || e.Cat.IsSuperuser(who) {
		return Value{}
	}
	switch strings.ToLower(strings.TrimSpace(kind)) {
	case "member":
		return Of(slices.Contains(e.Cat.Groups(who, false), group))
	case "usage":
		return Of(slices.Contains(e.Cat.Groups(who, true), group))
	}
	return Value{}
}

// hasPrivilege is has_table_privilege and its like.
func (e *Env) hasPrivilege(name string, args []Value) Value {
	who := e.User
	want := 2
	if strings.Contains(name, "_column_") && !strings.Contains(name, "any_column") {
		return Value{}
	}
	if len(args) == want+1 {
		role, ok := e.role(args[0])
		if !ok {
			return Value{}
		}
		who, args = role, args[1:]
	}
	if len(args) != want {
		return Value{}
	}
	privileges, ok := args[1].String()
	if !ok {
		return Value{}
	}
	acl, ok := e.acl(name, args[0])
	if !ok {
		return Value{}
	}
	for p := range strings.SplitSeq(strings.ToLower(privileges), ",") {
		p = strings.TrimSpace(p)
		if strings.Contains(p, " ") {
			return Value{} // WITH GRANT OPTION
		}
		switch f := e.Cat.Allows(acl, who, catalog.Privilege(p)); {
		case f.Is(true):
			return Of(true)
		case !f.Known:
			return Value{}
		}
	}
	return Of(false)
}

// acl is the list that decides about an object.
func (e *Env) acl(function string, object Value) (*catalog.ACL, bool) {
	typ := map[string]string{
		"has_table_privilege": "regclass", "has_any_column_privilege": "regclass", "has_sequence_privilege": "regclass",
		"has_schema_privilege": "regnamespace", "has_function_privilege": "regprocedure",
	}[function]
	v, err := e.reg(object, typ, false)
	if err != nil || v.Kind != Oid {
		return nil, false
	}
	n := v.Name
	switch typ {
	case "regnamespace":
		s, ok := e.Cat.Schemas.Get(n.Name)
		if !ok || s.Unsure != 0 {
			return nil, false
		}
		return &s.Grants, true
	case "regprocedure":
		f, ok := e.Cat.Function(n, v.Part)
		if !ok || f.Unsure != 0 {
			return nil, false
		}
		return &f.Grants, true
	}
	if t, ok := e.Cat.Tables.Get(n); ok && t.Unsure == 0 {
		return &t.Grants, true
	}
	if x, ok := e.Cat.Views.Get(n); ok && x.Unsure == 0 {
		return &x.Grants, true
	}
	if s, ok := e.Cat.Sequences.Get(n); ok && s.Unsure == 0 {
		return &s.Grants, true
	}
	return nil, false
}
