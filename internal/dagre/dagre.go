// Package dagre lays a layered graph out: it runs Dagre, the JavaScript library
// (github.com/dagrejs/dagre, MIT, in dagre.min.js as npm has it), on an engine
// that compiles in. Nothing of it is touched before the first layout.
package dagre

import (
	_ "embed" // the library
	"encoding/json"
	"fmt"

	"modernc.org/quickjs"
)

// Version is the version of Dagre; .ci/dagre takes in another one.
const Version = "3.1.3"

//go:embed dagre.min.js
var library string

//go:embed layout.js
var caller string

// clone is structuredClone, which the engine lacks, for plain data: Dagre has
// no other.
const clone = `globalThis.structuredClone = x => Array.isArray(x) ? x.map(structuredClone) :
  x && typeof x === "object" ? Object.fromEntries(Object.entries(x).map(([k, v]) => [k, structuredClone(v)])) : x`

// A Graph is what is to be laid out, from left to right.
type Graph struct {
	Nodes []Node `json:"nodes"`
	Edges []Edge `json:"edges"`
	// NodeGap is the room between the nodes of a column, EdgeGap that between
	// edges, RankGap that between columns.
	NodeGap float64 `json:"nodeGap"`
	EdgeGap float64 `json:"edgeGap"`
	RankGap float64 `json:"rankGap"`
}

// A Node is a box in a column, counted from 0.
type Node struct {
	Column int     `json:"column"`
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
}

// An Edge leads from a node to one of a later column, both by index. Width and
// Height are those of its label.
type Edge struct {
	From   int     `json:"from"`
	To     int     `json:"to"`
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
}

// A Point is a place of the drawing, whose origin is at the top left.
type Point struct{ X, Y float64 }

// A Placed is a graph with the centres of its nodes, in the order of the
// graph's, and the ways of its edges.
type Placed struct {
	Width, Height float64
	Nodes         []Point
	Edges         []Way
}

// A Way is the points an edge runs through, and the centre of its label.
type Way struct {
	Points []Point
	X, Y   float64
}

// Layout places the nodes and edges. The same graph gets the same places.
func Layout(g Graph) (placed Placed, err error) {
	if len(g.Nodes) == 0 {
		return Placed{}, nil
	}
	for _, e := range g.Edges {
		if e.From < 0 || e.To < 0 || e.From >= len(g.Nodes) || e.To >= len(g.Nodes) || g.Nodes[e.From].Column >= g.Nodes[e.To].Column {
			return Placed{}, fmt.Errorf("lay out a graph: edge from %d to %d does not lead to a later column", e.From, e.To)
		}
	}
	input, err := json.Marshal(g)
	if err != nil {
		return Placed{}, fmt.Errorf("lay out a graph: %w", err)
	}
	vm, err := quickjs.NewVM()
	if err != nil {
		return Placed{}, fmt.Errorf("lay out a graph: %w", err)
	}
	defer func() {
		if e := vm.Close(); err == nil && e != nil {
			err = fmt.Errorf("lay out a graph: %w", e)
		}
	}()
	for _, script := range []string{clone + "; 0", library + "; globalThis.dagre = dagre; globalThis.layout = " + caller + "; 0"} {
		if _, err := vm.Eval(script, quickjs.EvalGlobal); err != nil {
			return Placed{}, fmt.Errorf("lay out a graph: %w", err)
		}
	}
	out, err := vm.Call("layout", string(input))
	if err != nil {
		return Placed{}, fmt.Errorf("lay out a graph: %w", err)
	}
	text, _ := out.(string)
	if err := json.Unmarshal([]byte(text), &placed); err != nil {
		return Placed{}, fmt.Errorf("lay out a graph: %w", err)
	}
	return placed, nil
}
