package main

import (
	"runtime/debug"

	"policylint/internal/largepages"
)

// The bounds of the heap. A run is short and makes little garbage: collecting
// it seldom takes a third off the time of a large project.
const (
	seldom      = 400       // percent of what is in use, as in GOGC
	often       = 100       // the same for what does not fit
	memoryLimit = 160 << 20 // bytes; with the parser's own memory and the program, a run stays below 200 MB
)

// What a text comes to, in bytes for each of its own: in the catalog, and with
// the garbage of reading it.
const (
	keptPerByte = 32
	heapPerByte = 64
)

// The bounds of what is prepared for.
const (
	smallText   = 128 << 10
	mostReserve = 96 << 20
	largeText   = memoryLimit / heapPerByte
)

// boundMemory sets what holds for all commands that do not say otherwise.
func boundMemory() {
	debug.SetGCPercent(seldom)
	debug.SetMemoryLimit(memoryLimit)
}

// expectText prepares for reading so many bytes of SQL. Of a text whose catalog
// does not fit below the limit, collecting garbage would take longer than all
// the rest.
func expectText(n int64) {
	if n > smallText {
		go largepages.Reserve(int(min(n*heapPerByte, mostReserve))) // while the first files are read
	}
	if n > largeText {
		debug.SetGCPercent(often)
		debug.SetMemoryLimit(max(memoryLimit, n*keptPerByte))
	}
}
