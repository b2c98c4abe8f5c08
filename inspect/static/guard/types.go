package guard

import "strings"

var typeAliases = map[string]string{
	"int": "integer", "int4": "integer", "int8": "bigint", "int2": "smallint", "bool": "boolean",
	"varchar": "character varying", "timestamptz": "timestamp with time zone", "timestamp": "timestamp without time zone",
	"float8": "double precision", "float4": "real", "decimal": "numeric", "timetz": "time with time zone",
	"time": "time without time zone", "char": "character", "bpchar": "character",
}

func typeAlias(t string) string {
	base, array := strings.CutSuffix(t, "[]")
	if a, ok := typeAliases[strings.ToLower(base)]; ok {
		base = a
	}
	if array {
		base += "[]"
	}
	return base
}

var builtinTypes = map[string]bool{
	"text": true, "integer": true, "bigint": true, "smallint": true, "boolean": true, "numeric": true, "real": true,
	"double precision": true, "character varying": true, "character": true, "name": true, "uuid": true, "json": true,
	"jsonb": true, "date": true, "timestamp with time zone": true, "timestamp without time zone": true,
	"time without time zone": true, "time with time zone": true, "interval": true, "bytea": true, "inet": true,
	"oid": true, "regclass": true, "tsvector": true, "tsquery": true, "xml": true, "point": true, "money": true,
}

func builtinType(t string) bool { return builtinTypes[strings.TrimSuffix(typeAlias(t), "[]")] }
