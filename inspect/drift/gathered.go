package drift

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

// gathered is what differs in one and the same way.
type gathered struct {
	what []string
	at   catalog.Origin // of the first
	fix  []string       // lines, each once
}

func (g *gathered) add(what string, at catalog.Origin, fix string) {
	if g.what = append(g.what, what); len(g.what) == 1 {
		g.at = at
	}
	for line := range strings.SplitSeq(fix, "\n") {
		if line != "" && !slices.Contains(g.fix, line) {
			g.fix = append(g.fix, line)
		}
	}
}

// String is the list as people write it.
func (g gathered) String() string {
	if n := len(g.what) - 1; n > 0 {
		return strings.Join(g.what[:n], ", ") + " and " + g.what[n]
	}
	return g.what[0]
}
