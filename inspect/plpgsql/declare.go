package plpgsql

import (
	"strconv"
	"strings"
)

// A returnRule says what RETURN may carry.
type returnRule string

const (
	returnsValue returnRule = ""
	returnsVoid  returnRule = "RETURN cannot have a parameter in function returning void"
	returnsProc  returnRule = "RETURN cannot have a parameter in a procedure"
	returnsOut   returnRule = "RETURN cannot have a parameter in function with OUT parameters"
	returnsSet   returnRule = "RETURN cannot have a parameter in function returning set"
)

func bare(typ string) string {
	return strings.TrimPrefix(strings.ToLower(strings.TrimSpace(typ)), "pg_catalog.")
}

// rules takes from the declaration what RETURN may carry.
func (p *parser) rules(src Source) {
	out := false
	for _, a := range src.Args {
		out = out || a.Mode == Out || a.Mode == InOut || a.Mode == Table
	}
	p.set = src.SetOf
	typ := bare(src.Returns)
	p.known = typ != "" || out || src.SetOf || src.Kind != Func
	switch {
	case src.SetOf:
		p.returns = returnsSet
	case src.Kind == Procedure && !out:
		p.returns = returnsProc
	case src.Kind == Do, typ == "void", typ == "event_trigger":
		p.returns = returnsVoid
	case out:
		p.returns = returnsOut
	}
}

// outArgs reports whether the function returns its OUT arguments.
func (p *parser) outArgs() bool {
	for _, a := range p.src.Args {
		if a.Mode == Out || a.Mode == InOut || a.Mode == Table {
			return true
		}
	}
	return false
}

// declare makes the names that exist before the body begins.
func (p *parser) declare(src Source) *Function {
	f := &Function{Label: src.Name, Text: src.Body}
	add := func(name, typ string) {
		f.Decls = append(f.Decls, &Decl{Name: name, Type: typ, Kind: kindOf(typ), Implicit: true, Offset: -1})
	}
	if src.Kind == Do {
		f.Label = "inline_code_block"
	}
	for i, a := range src.Args {
		d := &Decl{Name: "$" + strconv.Itoa(i+1), Type: a.Type, Kind: kindOf(a.Type), Implicit: true, Offset: -1}
		if a.Name != "" {
			d.Name, d.Implicit = a.Name, false
			alias := &Decl{Name: "$" + strconv.Itoa(i+1), Kind: Alias, Alias: d, Implicit: true, Offset: -1}
			f.Decls = append(f.Decls, alias)
		}
		f.Decls = append(f.Decls, d)
	}
	switch bare(src.Returns) {
	case "trigger":
		add("new", "record")
		add("old", "record")
		for _, v := range triggerVars {
			add(v[0], v[1])
		}
	case "event_trigger":
		add("tg_event", "text")
		add("tg_tag", "text")
	}
	add("found", "boolean")
	return f
}

// triggerVars are the variables of a trigger function besides new and old
// (PostgreSQL docs 43.10.1).
var triggerVars = [][2]string{
	{"tg_name", "name"}, {"tg_when", "text"}, {"tg_level", "text"}, {"tg_op", "text"},
	{"tg_relid", "oid"}, {"tg_relname", "name"}, {"tg_table_name", "name"},
	{"tg_table_schema", "name"}, {"tg_nargs", "integer"}, {"tg_argv", "text[]"},
}
