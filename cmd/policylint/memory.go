package main

import (
	"runtime/debug"

	"policylint/internal/largepages"
)

// The bounds of the heap. A run is short and makes little garbage: collecting
// it seldom takes a third off the time of a large project.
const (
	seldom      = 400       // percent of what is in use, as in GOGC
	memoryLimit = 160 << 20 // bytes; with the parser's own memory and the program, a run stays below 200 MB
)

// The memory that a text comes to in the catalog, in bytes for each of its
// own, and what is enough to prepare for.
const (
	heapPerByte = 64
	smallText   = 128 << 10
	mostReserve = 96 << 20
)

// boundMemory sets what holds for all commands that do not say otherwise.
func boundMemory() {
	debug.SetGCPercent(seldom)
	debug.SetMemoryLimit(memoryLimit)
}

// expectText prepares for reading so many bytes of SQL.
func expectText(n int64) {
	if n > smallText {
		largepages.Reserve(int(min(n*heapPerByte, mostReserve)))
	}
}
