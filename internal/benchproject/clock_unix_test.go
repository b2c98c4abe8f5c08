//go:build unix

package benchproject_test

import (
	"syscall"
	"time"
)

// spent is the processor time that the process has taken: what other work on
// the machine does not lengthen.
func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
