package builtin

import _ "embed" // the tables

//go:embed volatility.tsv
var volatilityTable string

var volatility = index[byte]{table: volatilityTable, read: func(f []string) (byte, bool) {
	if len(f) != 3 {
		return 0, false
	}
	return f[2][0], true
}}

// Volatility is the volatility of a built-in function of pg_catalog, as
// pg_proc.provolatile; args is its input types, comma-separated without blanks.
func Volatility(name, args string) byte {
	if v := volatility.find(name, args); len(v) > 0 {
		return v[0]
	}
	return 'i'
}
