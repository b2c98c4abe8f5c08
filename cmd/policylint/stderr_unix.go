//go:build unix

package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// ownStderr is standard error under another descriptor. libpg_query points
// descriptor 2 elsewhere while it parses, and when several goroutines parse at
// once it may be left there.
func ownStderr() *os.File {
	fd, err := unix.FcntlInt(os.Stderr.Fd(), unix.F_DUPFD_CLOEXEC, 3)
	if err != nil {
		return os.Stderr
	}
	return os.NewFile(uintptr(fd), os.Stderr.Name())
}
