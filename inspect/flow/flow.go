// Package flow says how an application's users come to their realtime updates,
// as a graph: the access token hook writes claims, policies read them, policies
// guard tables, a publication publishes them, and subjects receive. A link that
// cannot hold is marked as broken, with the reason.
package flow

import (
	"slices"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/hook"
)

// A Kind is what a node stands for. The kinds are the columns of the picture,
// from left to right.
type Kind string

// The kinds.
const (
	Issuer      Kind = "issuer" // the hook, or Auth itself
	Claim       Kind = "claim"
	Policy      Kind = "policy"
	Table       Kind = "table"
	Publication Kind = "publication"
	Subject     Kind = "subject"
)

// Kinds are all kinds in the order of the columns.
var Kinds = []Kind{Issuer, Claim, Policy, Table, Publication, Subject}

// A State says whether a node or a link holds.
type State string

// The states. Partial is a link that holds for some of what it is for; Nothing
// is a subject that by all signs is not meant to receive.
const (
	Whole   State = "whole"
	Partial State = "partial"
	Broken  State = "broken"
	Unsure  State = "unsure"
	Nothing State = "nothing"
)

// A Node is one box of the picture.
type Node struct {
	ID     string // unique in the graph
	Kind   Kind
	Name   string
	Facts  []string // short, below the name
	State  State
	Why    string      // a sentence without a full stop; "" where all is well
	Object catalog.Ref // what findings about it name; zero for none
}

// An Edge is one link of the picture, to a later column.
type Edge struct {
	From, To string // IDs
	State    State
	Label    string // a few words; "" for none
	Why      string // a sentence without a full stop; "" where all is well
}

// A Receipt is what one subject receives of one table.
type Receipt struct {
	Subject access.Subject
	Table   catalog.Name
	Events  access.Realtime
	State   State
	// Expected is what rules.yaml expects of select where that is not so.
	Expected access.Verdict
	Why      []string // what decides or stands in the way, sentences without a full stop
	Misses   []Miss
}

// A Miss is a policy that asks the subject for a claim in vain: its token has
// the value, in another one, or would have it if the hook were on.
type Miss struct {
	Policy *catalog.Policy // nil when the hook is to blame
	Why    string          // a sentence without a full stop
}

// A Graph is the whole picture. Nodes come in order of column and name, with
// receipts by table, those in which something is broken first.
type Graph struct {
	Nodes    []Node
	Edges    []Edge
	Tables   []TableFlow
	Subjects []access.Subject
	// Omitted says what the picture leaves out, and why.
	Omitted []string
}

// A TableFlow is a table that is published, or should be.
type TableFlow struct {
	Name      catalog.Name
	Published catalog.Fact[bool]
	State     State
	Notes     []string  // what holds for every subject, sentences without a full stop
	Receipts  []Receipt // by subject
}

// Input is what the picture is made from.
type Input struct {
	Catalog     *catalog.Catalog
	Judge       *access.Judge
	Publication string
	Subjects    []access.Subject
	Tables      []Wanted // published or expected, each once
	// Hook is the name of the access token hook, zero for none; Function is
	// nil when it is not there.
	Hook     catalog.Name
	Function *catalog.Function
	Effect   *hook.Result // what it is meant to do; nil when that is not known
	Real     *hook.Result // the same under the privileges that Auth has
	Switch   Switch       // whether Auth is told to run it
	Claims   []Values     // what is known of the values of claims
	Expect   []Expected
}

// A Switch is what config.toml says of the use of the hook. Broken is a hook
// that Auth is not to run; Partial one that it runs for some only.
type Switch struct {
	State     State  // zero where nothing speaks against it
	Fact, Why string // a few words, and a sentence without a full stop
}

// A Wanted is a table of the picture.
type Wanted struct {
	Name     catalog.Name
	Expected bool // by the configuration
	Identity catalog.Identity
}

// Values are what a claim can be.
type Values struct {
	Path   []string
	Values []string // nil when not known
}

// An Expected is a select that the configuration speaks of.
type Expected struct {
	Subject string
	Table   catalog.Name
	Select  access.Verdict
}

// Node finds a node.
func (g *Graph) Node(id string) (Node, bool) {
	for _, n := range g.Nodes {
		if n.ID == id {
			return n, true
		}
	}
	return Node{}, false
}

// Breaks are the edges and nodes that are broken, as sentences, in order of
// column.
func (g *Graph) Breaks() []string {
	var out []string
	add := func(why string) {
		for _, x := range out {
			if x == why {
				return
			}
		}
		out = append(out, why)
	}
	for _, k := range Kinds {
		for _, n := range g.Nodes {
			// That a claim is missing is said of who reads it.
			if n.Kind == k && n.State == Broken && n.Why != "" && k != Subject && !(k == Claim && g.reads(n.ID)) {
				add(n.Why)
			}
		}
		if k == Publication {
			continue // what subjects do not receive follows from the rest
		}
		for _, e := range g.Edges {
			// The link to a claim is broken where the claim is.
			if to, _ := g.Node(e.To); to.Kind == Claim && to.State == Broken && g.reads(to.ID) {
				continue
			}
			if from, _ := g.Node(e.From); from.Kind == k && e.State == Broken && e.Why != "" {
				add(e.Why)
			}
		}
	}
	return out
}

// reads reports whether anything reads the claim.
func (g *Graph) reads(claim string) bool {
	return slices.ContainsFunc(g.Edges, func(e Edge) bool { return e.From == claim })
}
