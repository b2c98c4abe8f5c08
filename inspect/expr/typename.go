package expr

import (
	"strconv"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// spelled maps names of pg_type to the spelling of format_type (PostgreSQL
// docs, table 8.1).
var spelled = map[string]string{
	"bool": "boolean", "int2": "smallint", "int4": "integer", "int8": "bigint",
	"int": "integer", "float4": "real", "float8": "double precision", "decimal": "numeric",
	"varchar": "character varying", "timestamptz": "timestamp with time zone",
	"timestamp": "timestamp without time zone", "timetz": "time with time zone",
	"time": "time without time zone", "varbit": "bit varying",
}

// builtin holds the other types of pg_catalog that are written without schema.
var builtin = set("text", "uuid", "json", "jsonb", "jsonpath", "date", "bytea", "inet", "cidr", "macaddr",
	"macaddr8", "name", "numeric", "interval", "bit", "bpchar", "char", "money", "oid", "point", "line", "lseg", "box",
	"path", "polygon", "circle", "tsvector", "tsquery", "xml", "regclass", "regproc", "regprocedure", "regtype",
	"regrole", "regnamespace", "regoper", "regconfig", "int4range", "int8range", "numrange", "tsrange", "tstzrange",
	"daterange", "int4multirange", "int8multirange", "nummultirange", "tsmultirange", "tstzmultirange",
	"datemultirange", "record", "void", "anyelement", "anyarray", "trigger", "pg_lsn", "xid", "xid8", "cid", "tid",
	"unknown", "cstring", "event_trigger", "txid_snapshot", "pg_snapshot", "refcursor", "real", "smallint",
	"integer", "bigint", "boolean", "double precision", "character varying", "character", "bit varying",
	"timestamp with time zone", "timestamp without time zone", "time with time zone", "time without time zone")

var (
	numeric   = set("smallint", "integer", "bigint", "numeric", "real", "double precision", "oid")
	textual   = set("text", "character varying", "bpchar", "character", "name", "extensions.citext", "public.citext", "citext")
	stamps    = set("date", "timestamp with time zone", "timestamp without time zone")
	textCasts = set("text", "character varying", "bpchar", "name")
)

func set(names ...string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}

// typeName spells a type as the server does.
func (b *builder) typeName(t *pg.TypeName) string {
	if t == nil {
		return ""
	}
	names := stringsOf(t.Names)
	if len(names) == 0 {
		return ""
	}
	schema, name := "", names[len(names)-1]
	if len(names) > 1 {
		schema = names[len(names)-2]
	}
	array := strings.Repeat("[]", min(len(t.ArrayBounds), 1))
	if strings.HasPrefix(name, "_") && schema != "public" && len(name) > 1 {
		if elem := name[1:]; builtin[elem] || spelled[elem] != "" {
			name, array = elem, "[]"
		}
	}
	var out string
	switch {
	case schema != "" && schema != "pg_catalog":
		out = quoteIdent(schema) + "." + quoteIdent(name)
	case spelled[name] != "":
		out = spelled[name]
	case name == "char":
		out = `"char"`
	case schema == "pg_catalog" || builtin[name]:
		out = name
	default:
		out = b.qualify(Type, name, -1)
	}
	return withModifier(out, t.Typmods) + array
}

// withModifier puts the modifier where format_type puts it:
// numeric(10,2), timestamp(3) with time zone.
func withModifier(name string, mods []*pg.Node) string {
	if len(mods) == 0 || name == "interval" {
		return name
	}
	var parts []string
	for _, m := range mods {
		switch c := m.GetAConst(); {
		case c.GetIval() != nil:
			parts = append(parts, strconv.Itoa(int(c.GetIval().Ival)))
		case c.GetSval() != nil:
			parts = append(parts, c.GetSval().Sval)
		case m.GetColumnRef() != nil:
			parts = append(parts, strings.Join(stringsOf(m.GetColumnRef().Fields), "."))
		}
	}
	if name == "bpchar" {
		name = "character"
	}
	first, rest, ok := strings.Cut(name, " with")
	if !ok {
		return name + "(" + strings.Join(parts, ",") + ")"
	}
	return first + "(" + strings.Join(parts, ",") + ") with" + rest
}

// base is a type without modifier.
func base(t string) string {
	i := strings.IndexByte(t, '(')
	if i < 0 {
		return t
	}
	j := strings.IndexByte(t[i:], ')')
	if j < 0 {
		return t
	}
	return t[:i] + t[i+j+1:]
}

// stringsOf reads a list of String nodes; a star is "*".
func stringsOf(list []*pg.Node) []string {
	out := make([]string, 0, len(list))
	for _, n := range list {
		switch v := n.GetNode().(type) {
		case *pg.Node_String_:
			out = append(out, v.String_.GetSval())
		case *pg.Node_AStar:
			out = append(out, "*")
		}
	}
	return out
}
