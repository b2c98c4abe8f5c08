//go:build !unix

package pgtest

import (
	"fmt"
	"runtime"
	"syscall"
)

// unprivileged refuses: starting a server needs a shell and unix sockets.
// POLICYLINT_TEST_DSN still works.
func unprivileged() (*syscall.SysProcAttr, error) {
	return nil, fmt.Errorf("%w is started on %s; set POLICYLINT_TEST_DSN", errNoServer, runtime.GOOS)
}

func handOver(string, *syscall.SysProcAttr) error { return nil }
