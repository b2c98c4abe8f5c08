package flow

import (
	"fmt"
	"strings"

	"policylint/inspect/catalog"
)

// tableNode is a table with what decides whether its changes arrive.
func (b *builder) tableNode(f TableFlow) Node {
	n := Node{ID: "table " + f.Name.String(), Kind: Table, Name: f.Name.String(), Object: catalog.Ref{Kind: "table", Name: f.Name.String()}}
	t, ok := b.Catalog.Tables.Get(f.Name)
	if !ok {
		n.State, n.Why, n.Facts = Broken, f.Name.String()+" does not exist", []string{"does not exist"}
		return n
	}
	fact := "replica identity not known"
	if t.Identity.Known {
		fact = "replica identity " + t.Identity.Value.String()
	}
	n.Facts = append(n.Facts, fact)
	for _, note := range f.Notes {
		if strings.HasPrefix(note, "replica identity") {
			n.State, n.Why = Partial, f.Name.String()+": "+note
		}
	}
	switch {
	case !t.RLS.Known:
		n.State, n.Facts = worse(n.State, Unsure), append(n.Facts, "RLS not known")
	case !t.RLS.Value:
		n.State, n.Facts = worse(n.State, Partial), append(n.Facts, "RLS off")
		if n.Why == "" {
			n.Why = "row level security of " + f.Name.String() + " is off: every subscriber receives every row"
		}
	case len(b.readings(f.Name)) == 0:
		n.State, n.Facts = Broken, append(n.Facts, "no select policy")
		n.Why = "row level security of " + f.Name.String() + " is on and no policy lets anybody select"
	}
	if t.PrimaryKey == nil && !t.Unsure.Any(catalog.Keys) {
		n.State, n.Facts, n.Why = Broken, append(n.Facts, "no primary key"), f.Name.String()+" has no primary key: Realtime answers with error 400"
	}
	return n
}

// subjectNode is a subject with what it receives of the first tables.
func (b *builder) subjectNode(i int) Node {
	s := b.Subjects[i]
	n := Node{ID: "subject " + s.Name, Kind: Subject, Name: s.Name, State: Nothing, Object: catalog.Ref{Kind: "subject", Name: s.Name}}
	broken, got, left := 0, 0, 0
	for _, t := range b.graph.Tables {
		if i >= len(t.Receipts) {
			continue
		}
		r := t.Receipts[i]
		switch r.State {
		case Broken:
			broken++
		case Whole:
			got++
		}
		if len(n.Facts) < maxFacts {
			n.Facts = append(n.Facts, t.Name.Name+": "+r.Outcome())
		} else {
			left++
		}
		if r.State != Nothing {
			n.State = worse(n.State, r.State)
		}
	}
	if left > 0 {
		n.Facts = append(n.Facts, fmt.Sprintf("and %d more tables", left))
	}
	if n.State == Broken && got > 0 {
		n.State = Partial
	}
	if broken > 0 {
		n.Why = s.Name + " does not receive what it should"
	}
	return n
}
