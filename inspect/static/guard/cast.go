package guard

import (
	"strconv"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

func (e *Env) typeCast(c *pg.TypeCast, s *scope) (Value, error) {
	v, err := e.expr(c.Arg, s)
	if err != nil {
		return Value{}, err
	}
	names, _ := parts(c.TypeName.GetNames())
	return e.cast(v, bare(names), len(c.TypeName.GetArrayBounds()) > 0)
}

// Cast converts a value to a type given by its name, without modifiers.
func (e *Env) Cast(v Value, typ string) (Value, error) {
	typ = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(typ, "pg_catalog.")))
	array := strings.HasSuffix(typ, "[]")
	typ = strings.TrimSuffix(typ, "[]")
	if i := strings.IndexByte(typ, '('); i > 0 {
		typ = strings.TrimSpace(typ[:i])
	}
	return e.cast(v, typ, array)
}

func (e *Env) cast(v Value, typ string, array bool) (Value, error) {
	if v.IsNull() {
		return v, nil
	}
	if array {
		if v.Kind == Text {
			v = parseArray(v.Text)
		}
		if v.Kind != Array {
			return Value{}, nil
		}
		out := Value{Kind: Array, Items: make([]Value, len(v.Items))}
		for i, item := range v.Items {
			c, err := e.cast(item, typ, false)
			if err != nil {
				return Value{}, err
			}
			out.Items[i] = c
		}
		return out, nil
	}
	switch typ {
	case "text", "varchar", "bpchar", "name", "char", "character varying", "character", "cstring", "citext":
		if s, ok := v.String(); ok {
			return Of(s), nil
		}
		return partly(v.pattern()), nil
	case "int4", "int8", "int2", "integer", "bigint", "smallint", "numeric", "float8", "float4", "int":
		return toNumber(v), nil
	case "bool", "boolean":
		if b, ok := truth(v); ok {
			return Of(b), nil
		}
		return Value{}, nil
	case "oid":
		if v.Kind == Oid {
			v.Text = ""
		}
		return v, nil
	case "regclass", "regtype", "regnamespace", "regrole", "regproc", "regprocedure":
		return e.reg(v, typ, true)
	case "date":
		return toDate(v), nil
	case "timestamp":
		return toTimestamp(v), nil
	case "interval":
		return toInterval(v), nil
	case "json", "jsonb", "timestamptz", "time", "bytea", "uuid", "record":
		if v.Kind == Text && typ == "uuid" {
			return v, nil
		}
		return Value{}, nil
	}
	return v, nil // an enum, a domain, or what else a migration defines
}

func toNumber(v Value) Value {
	switch v.Kind {
	case Text:
		if i, err := strconv.ParseInt(strings.TrimSpace(v.Text), 10, 64); err == nil {
			return Of(i)
		}
		if f, ok := number(v); ok {
			return Value{Kind: Float, Float: f}
		}
		return Value{}
	case Bool:
		return Of(b2i(v.Bool))
	case Int, Float:
		return v
	}
	return Value{}
}

// reg is a cast to a reg type: the object of that name. A missing one is an
// error when it must be there, and null for to_regclass and its like.
func (e *Env) reg(v Value, typ string, must bool) (Value, error) {
	if v.Kind == Oid {
		return e.shown(v), nil
	}
	if v.Kind != Text || v.Text == "-" || v.Text != "" && strings.Trim(v.Text, "0123456789") == "" {
		return Value{}, nil
	}
	missing := func(state, format string) (Value, error) {
		if !must {
			return null, nil
		}
		return Value{}, &Error{State: state, Message: strings.ReplaceAll(format, "%", v.Text)}
	}
	names, ok := SplitName(v.Text)
	if !ok {
		return Value{}, nil
	}
	found := func(class string, n catalog.Name, part string) (Value, error) {
		return e.shown(object(class, n, part)), nil
	}
	switch typ {
	case "regclass":
		return e.regclass(v.Text, names, must)
	case "regnamespace":
		if e.hasSchema(names[0]) {
			return found("namespace", in(names[0]), "")
		}
		return missing("3F000", `schema "%" does not exist`)
	case "regrole":
		if e.Cat.Roles.Has(names[0]) || strings.HasPrefix(names[0], "pg_") {
			return found("role", in(names[0]), "")
		}
		return missing("42704", `role "%" does not exist`)
	case "regtype":
		if len(names) == 1 && builtinType(names[0]) || strings.ContainsAny(v.Text, " ([") {
			return found("type", in(v.Text), "")
		}
		if n, ok := e.lookType(names); ok {
			return found("type", n, "")
		}
		if e.unsureName(names) {
			return Value{}, nil
		}
		return missing("42704", `type "%" does not exist`)
	case "regproc":
		n, known := e.lookFunction(names)
		if !known {
			return Value{}, nil
		}
		if n == nil {
			return missing("42883", `function "%" does not exist`)
		}
		if len(n.Functions) > 1 {
			return Value{}, nil
		}
		return found("proc", n.Name, n.Functions[0].Signature())
	}
	return e.regprocedure(v.Text, missing)
}

func (e *Env) regclass(text string, names []string, must bool) (Value, error) {
	n, ok := e.lookRelation(names)
	switch {
	case ok && e.sureRelation(n):
		return e.shown(object("class", n, "")), nil
	case !ok && views["pg_catalog."+bare(names)] != nil:
		return e.shown(class(catalog.Name{Schema: "pg_catalog", Name: bare(names)})), nil
	case ok, e.unsureName(names):
		return Value{}, nil
	case !must:
		return null, nil
	}
	if len(names) == 1 {
		n = catalog.Name{Schema: "public", Name: names[0]}
		if s := e.currentSchema(); s.Kind == Text {
			n.Schema = s.Text
		}
	} else {
		n = catalog.Name{Schema: names[0], Name: names[1]}
		if !e.hasSchema(names[0]) {
			return Value{}, &Error{State: "3F000", Message: `schema "` + names[0] + `" does not exist`}
		}
	}
	return Value{}, &Error{State: "42P01", Message: `relation "` + strings.Join(names, ".") + `" does not exist`, Relation: n}
}

// regprocedure finds a function by name and argument types.
func (e *Env) regprocedure(text string, missing func(state, format string) (Value, error)) (Value, error) {
	name, args, ok := strings.Cut(text, "(")
	names, ok2 := SplitName(name)
	if !ok || !ok2 {
		return Value{}, nil
	}
	o, known := e.lookFunction(names)
	if !known {
		return Value{}, nil
	}
	args = strings.TrimSuffix(strings.TrimSpace(args), ")")
	if o != nil {
		list := strings.Split(args, ",")
		if strings.TrimSpace(args) == "" {
			list = nil
		}
		for i := range list {
			list[i] = typeAlias(strings.TrimSpace(list[i]))
		}
		sig := strings.Join(list, ",")
		for _, f := range o.Functions {
			if f.Signature() == sig || strings.ReplaceAll(f.Signature(), "public.", "") == sig {
				return e.shown(object("proc", f.Name, f.Signature())), nil
			}
		}
		for i := range list {
			if !builtinType(list[i]) {
				return Value{}, nil
			}
		}
	}
	return missing("42883", `function "%" does not exist`)
}

// regTypes are the reg types of classes of objects.
var regTypes = map[string]string{
	"class": "regclass", "namespace": "regnamespace", "role": "regrole", "type": "regtype", "proc": "regprocedure",
}

// shown is an Oid as its reg type prints it: with the schema unless the object
// is found by the search path without it.
func (e *Env) shown(v Value) Value {
	switch v.Class {
	case "class", "type", "proc":
		v.Text = v.Name.SQL()
		if v.Name.Schema == "" {
			v.Text = v.Name.Name
		} else if e.visible(v) {
			v.Text = catalog.Quote(v.Name.Name)
		}
		if v.Class == "proc" {
			list := strings.Split(v.Part, ",")
			for i := range list {
				list[i] = e.showType(list[i])
			}
			v.Text += "(" + strings.Join(list, ",") + ")"
		}
	case "namespace", "role":
		v.Text = catalog.Quote(v.Name.Name)
	}
	return v
}

// visible reports whether the object is the first of its name in the search
// path.
func (e *Env) visible(v Value) bool {
	for _, s := range e.Path {
		if s == v.Name.Schema {
			return true
		}
		n := catalog.Name{Schema: s, Name: v.Name.Name}
		_, taken := e.Cat.Relation(n)
		switch v.Class {
		case "type":
			taken = taken || e.Cat.Types.Has(n)
		case "proc":
			_, taken = e.Cat.Function(n, v.Part)
		}
		if taken {
			return false
		}
	}
	return false
}
