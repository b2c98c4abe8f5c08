package flow

import (
	"fmt"

	"policylint/inspect/catalog"
)

// The most that a picture can have and still be looked at.
const (
	maxTables   = 14
	maxPolicies = 3 // of one table
	maxSubjects = 8
	maxFacts    = 5 // tables of one subject
)

// shown is what the picture has room for.
type shown struct {
	tables   []TableFlow
	policies map[*catalog.Policy]bool
	subjects map[string]bool
}

// bound chooses what is drawn, and says what is not.
func (b *builder) bound() shown {
	s := shown{tables: b.graph.Tables, policies: map[*catalog.Policy]bool{}, subjects: map[string]bool{}}
	omit := func(format string, args ...any) {
		b.graph.Omitted = append(b.graph.Omitted, fmt.Sprintf(format, args...))
	}
	if n := len(s.tables); n > maxTables {
		s.tables = s.tables[:maxTables]
		omit("the picture has %d of the %d tables that are published or should be, those with faults first", maxTables, n)
	}
	left := 0
	for _, t := range s.tables {
		room := maxPolicies
		readings := b.readings(t.Name)
		for _, broken := range []bool{true, false} {
			for _, r := range readings {
				if (len(r.broken()) > 0) != broken {
					continue
				}
				if room > 0 {
					s.policies[r.policy] = true
				} else {
					left++
				}
				room--
			}
		}
	}
	if left > 0 {
		omit("it has %d policies of a table, those with faults first, and leaves out %d", maxPolicies, left)
	}
	for i, x := range b.Subjects {
		s.subjects[x.Name] = i < maxSubjects
	}
	if n := len(b.Subjects); n > maxSubjects {
		omit("it has %d of the %d subjects", maxSubjects, n)
	}
	others := 0
	for t := range b.Catalog.Tables.All() {
		if !t.Platform && t.Extension == "" && !t.Assumed && !catalog.PlatformSchema(t.Name.Schema) {
			others++
		}
	}
	for _, w := range b.Tables {
		if b.Catalog.Tables.Has(w.Name) {
			others--
		}
	}
	if others > 0 && len(b.Tables) > 0 {
		omit("tables that are neither published nor expected (%d) are not in it", others)
	}
	return s
}
