package builtin

import (
	_ "embed" // the tables
	"strings"
	"sync"
)

//go:embed volatility.tsv
var volatilityTable string

var volatility = sync.OnceValue(func() map[[2]string]byte {
	out := map[[2]string]byte{}
	for line := range strings.Lines(volatilityTable) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) == 3 {
			out[[2]string{f[0], f[1]}] = f[2][0]
		}
	}
	return out
})

// Volatility is the volatility of a built-in function of pg_catalog, as
// pg_proc.provolatile; args is its input types, comma-separated without blanks.
func Volatility(name, args string) byte {
	if v, ok := volatility()[[2]string{name, args}]; ok {
		return v
	}
	return 'i'
}
