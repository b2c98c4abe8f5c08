package builtin

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed parameters.txt
var parametersList string

var parameters = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for name := range strings.FieldsSeq(parametersList) {
		out[name] = true
	}
	return out
})

// IsParameter reports whether a server of PostgreSQL 14 to 18 has a parameter
// of its own of that name; case does not matter. Any other name needs a prefix
// with a dot to be set at all.
func IsParameter(name string) bool {
	return parameters()[strings.ToLower(name)]
}
