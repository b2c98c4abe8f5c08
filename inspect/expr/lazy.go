package expr

import (
	"regexp"
	"sync"
)

// lazy is a regular expression that is compiled when it is first needed: most
// runs need few of them, and compiling all at start is felt in a short one.
func lazy(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}
