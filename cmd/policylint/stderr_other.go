//go:build !unix

package main

import "os"

// ownStderr is standard error: here libpg_query leaves it alone.
func ownStderr() *os.File { return os.Stderr }
