//go:build !linux

package largepages

// advise is not possible here.
func advise([]byte) bool { return false }
