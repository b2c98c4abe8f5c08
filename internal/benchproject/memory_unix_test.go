//go:build unix

package benchproject_test

import (
	"os"
	"runtime"
	"syscall"
)

// maxMemory is the largest memory that a process took, in bytes. macOS counts
// in bytes, others in kilobytes.
func maxMemory(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return int64(usage.Maxrss)
	}
	return int64(usage.Maxrss) << 10
}
