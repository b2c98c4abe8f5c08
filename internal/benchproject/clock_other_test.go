//go:build !unix

package benchproject_test

import "time"

var begun = time.Now()

// spent is the time since the process began, where that of the processor is
// not to be had.
func spent() time.Duration { return time.Since(begun) }
