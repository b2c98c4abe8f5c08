package largepages

import "syscall"

// advise reports whether the kernel took the advice (madvise(2), transparent
// hugepages).
func advise(b []byte) bool { return syscall.Madvise(b, syscall.MADV_HUGEPAGE) == nil }
