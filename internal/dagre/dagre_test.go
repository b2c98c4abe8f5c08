package dagre_test

import (
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/internal/dagre"
)

// grid is a graph of three columns with rows nodes in each.
func grid(rows int) dagre.Graph {
	g := dagre.Graph{NodeGap: 10, EdgeGap: 8, RankGap: 40}
	for i := range 3 * rows {
		g.Nodes = append(g.Nodes, dagre.Node{Column: i / rows, Width: 100 + float64(i%3), Height: 30})
		if i >= rows {
			g.Edges = append(g.Edges, dagre.Edge{From: i - rows, To: i, Width: 20, Height: 10})
		}
	}
	// One edge passes a column over.
	g.Edges = append(g.Edges, dagre.Edge{From: 0, To: 3*rows - 1})
	return g
}

func TestLayout(t *testing.T) {
	g := grid(5)
	p, err := dagre.Layout(g)
	if err != nil {
		t.Fatal(err)
	}
	again, err := dagre.Layout(g)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(p, again); d != "" {
		t.Errorf("the same graph is placed otherwise the second time:\n%s", d)
	}
	for i, a := range p.Nodes {
		n := g.Nodes[i]
		if a.X-n.Width/2 < -0.01 || a.Y-n.Height/2 < -0.01 || a.X+n.Width/2 > p.Width+0.01 || a.Y+n.Height/2 > p.Height+0.01 {
			t.Errorf("node %d at %v is outside of %v x %v", i, a, p.Width, p.Height)
		}
		for j, b := range p.Nodes[:i] {
			m := g.Nodes[j]
			if math.Abs(a.X-b.X) < (n.Width+m.Width)/2 && math.Abs(a.Y-b.Y) < (n.Height+m.Height)/2 {
				t.Errorf("nodes %d and %d overlap at %v and %v", j, i, b, a)
			}
			if (n.Column > m.Column) != (a.X > b.X+50) && n.Column != m.Column {
				t.Errorf("node %d of column %d is at %v, node %d of column %d at %v", i, n.Column, a.X, j, m.Column, b.X)
			}
		}
	}
	for i, w := range p.Edges {
		if len(w.Points) < 2 {
			t.Errorf("edge %d has no way: %v", i, w)
		}
	}
}

func TestNodesWithoutEdges(t *testing.T) {
	p, err := dagre.Layout(dagre.Graph{Nodes: []dagre.Node{{Column: 0, Width: 10, Height: 10}, {Column: 2, Width: 10, Height: 10}}, RankGap: 10})
	if err != nil || len(p.Nodes) != 2 || p.Nodes[0].X >= p.Nodes[1].X {
		t.Errorf("got %v, %v", p, err)
	}
	if p, err := dagre.Layout(dagre.Graph{}); err != nil || p.Width != 0 {
		t.Errorf("nothing is laid out as %v, %v", p, err)
	}
}

// TestVersion holds that the library is the one that the package says.
func TestVersion(t *testing.T) {
	text, err := os.ReadFile("dagre.min.js")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), `"`+dagre.Version+`"`) {
		t.Errorf("dagre.min.js is not version %s: .ci/dagre takes one in", dagre.Version)
	}
}

func TestEdgeBack(t *testing.T) {
	_, err := dagre.Layout(dagre.Graph{Nodes: []dagre.Node{{}, {}}, Edges: []dagre.Edge{{From: 1, To: 0}}})
	if err == nil || !strings.Contains(err.Error(), "later column") {
		t.Errorf("got %v", err)
	}
}

func BenchmarkLayout(b *testing.B) {
	g := grid(20)
	for b.Loop() {
		if _, err := dagre.Layout(g); err != nil {
			b.Fatal(err)
		}
	}
}
