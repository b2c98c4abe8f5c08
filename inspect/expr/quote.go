package expr

import "strings"

// PlainIdent reports whether a name is written without quotes, reserved words
// aside.
func PlainIdent(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c == '_':
		case i > 0 && (c >= '0' && c <= '9' || c == '$'):
		default:
			return false
		}
	}
	return s != ""
}

// reservedWords need quotes as a column or relation name (PostgreSQL docs, appendix
// C: reserved words, and those that cannot be a function or a type).
var reservedWords = set(strings.Fields(`all analyse analyze and any array as asc asymmetric authorization
	between bigint binary bit boolean both case cast char character check coalesce collate collation column concurrently
	constraint create cross current_catalog current_date current_role current_schema current_time
	current_timestamp current_user dec decimal default deferrable desc distinct do else end except exists
	extract false fetch float for foreign freeze from full grant greatest group grouping having ilike in
	initially inner inout int integer intersect interval into is isnull join json_array json_arrayagg json_object
	json_objectagg json_exists json_query json_scalar json_serialize json_table json_value lateral leading least
	left like limit localtime localtimestamp merge_action national natural nchar none normalize not notnull null
	nullif numeric offset on only or order out outer overlaps overlay placing position precision primary real
	references returning right row select session_user setof similar smallint some substring symmetric
	system_user table tablesample then time timestamp to trailing treat trim true union unique user using
	values varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists
	xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable`)...)

func quoteIdent(s string) string {
	if PlainIdent(s) && !reservedWords[s] {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}

func quoteText(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// callable are reserved words that name functions all the same.
var callable = set(strings.Fields(`authorization binary collation concurrently cross current_schema freeze full
	ilike inner is isnull join left like natural notnull outer overlaps right similar tablesample verbose`)...)

// functionCall is the name of a function in front of its parentheses; where it
// is syntax it needs the schema.
func functionCall(name string) string {
	if reservedWords[name] && !callable[name] {
		return "pg_catalog." + name
	}
	return name
}

// quoteFunction is quoteIdent for a function without schema.
func quoteFunction(s string) string {
	if PlainIdent(s) {
		return s
	}
	return quoteIdent(s)
}
