package builtin

import (
	"sort"
	"strings"
	"sync"
)

// An index finds the lines of a table that begin with the same fields. The
// tables are sorted, so they stand together and are found by halving; only
// these are read, and kept: a run asks for few of the names, and reading all
// would take longer than the rest of a small one.
type index[T any] struct {
	table string
	read  func(fields []string) (T, bool)
	kept  sync.Map // the rows by what their lines begin with
}

// find returns what the lines that begin with these fields say, in order.
func (x *index[T]) find(fields ...string) []T {
	prefix := strings.Join(fields, "\t") + "\t"
	if rows, ok := x.kept.Load(prefix); ok {
		return rows.([]T)
	}
	var rows []T
	for rest := x.table[first(x.table, prefix):]; strings.HasPrefix(rest, prefix); {
		line, after, _ := strings.Cut(rest, "\n")
		if row, ok := x.read(strings.Split(line, "\t")); ok {
			rows = append(rows, row)
		}
		rest = after
	}
	x.kept.Store(prefix, rows)
	return rows
}

// first is the offset of the first line that is not before the prefix.
func first(table, prefix string) int {
	lineAt := func(offset int) int { return strings.LastIndexByte(table[:offset], '\n') + 1 }
	at := sort.Search(len(table), func(offset int) bool { return table[lineAt(offset):] >= prefix })
	if at == len(table) {
		return at
	}
	return lineAt(at)
}
