package flow

import (
	"slices"
	"strings"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/hook"
)

// Build works the picture out.
func Build(in Input) *Graph {
	b := &builder{Input: in, graph: &Graph{Subjects: in.Subjects}, claims: map[string]*claim{}, policies: map[*catalog.Policy]*reading{}}
	if in.Judge == nil {
		b.Judge = access.New(in.Catalog, in.Publication)
	}
	b.misread()
	for _, w := range in.Tables {
		b.graph.Tables = append(b.graph.Tables, b.table(w))
	}
	slices.SortStableFunc(b.graph.Tables, func(x, y TableFlow) int { return urgency(y.State) - urgency(x.State) })
	shown := b.bound()
	b.draw(shown)
	return b.graph
}

// urgency orders states by how much they ask to be looked at.
func urgency(s State) int {
	return slices.Index([]State{Nothing, Whole, Unsure, Partial, Broken}, s)
}

type builder struct {
	Input
	graph    *Graph
	claims   map[string]*claim
	policies map[*catalog.Policy]*reading
}

func (b *builder) node(n Node) {
	for _, x := range b.graph.Nodes {
		if x.ID == n.ID {
			return
		}
	}
	if n.State == "" {
		n.State = Whole
	}
	b.graph.Nodes = append(b.graph.Nodes, n)
}

func (b *builder) edge(e Edge) {
	if e.State == "" {
		e.State = Whole
	}
	for _, x := range b.graph.Edges {
		if x.From == e.From && x.To == e.To {
			return
		}
	}
	b.graph.Edges = append(b.graph.Edges, e)
}

// draw makes nodes and edges of what is shown.
func (b *builder) draw(shown shown) {
	pub := "publication " + b.Publication
	for _, t := range shown.tables {
		b.node(b.tableNode(t))
		id := "table " + t.Name.String()
		for _, r := range b.readings(t.Name) {
			if !shown.policies[r.policy] {
				continue
			}
			pid := r.policy.Ref().String()
			b.node(policyNode(r.policy))
			for _, l := range r.links {
				b.drawClaim(l.claim)
				b.edge(Edge{From: l.claim.id(), To: pid, State: l.state, Label: l.label, Why: l.why})
			}
			b.edge(b.guards(r.policy, id))
		}
		b.edge(publishes(t, id, pub, b.Publication))
	}
	for _, c := range b.hookClaims() {
		b.drawClaim(c)
	}
	if len(b.graph.Tables) > 0 {
		b.node(b.publicationNode(pub))
		for i, s := range b.Subjects {
			if !shown.subjects[s.Name] {
				continue
			}
			n := b.subjectNode(i)
			b.node(n)
			b.edge(Edge{From: pub, To: n.ID, State: n.State, Why: n.Why})
		}
	}
	slices.SortStableFunc(b.graph.Nodes, func(x, y Node) int {
		if d := slices.Index(Kinds, x.Kind) - slices.Index(Kinds, y.Kind); d != 0 {
			return d
		}
		return strings.Compare(x.ID, y.ID)
	})
}

func policyNode(p *catalog.Policy) Node {
	facts := []string{"for " + string(p.Command) + " to " + strings.Join(p.Roles, ", ")}
	if !p.Permissive {
		facts[0] = "restrictive, " + facts[0]
	}
	return Node{ID: p.Ref().String(), Kind: Policy, Name: p.Name, Facts: facts, Object: p.Ref()}
}

// guards is the link from a policy to its table.
func (b *builder) guards(p *catalog.Policy, table string) Edge {
	e := Edge{From: p.Ref().String(), To: table}
	t, ok := b.Catalog.Tables.Get(p.Table)
	switch {
	case !ok:
	case t.RLS.Is(false):
		e.State, e.Label = Broken, "RLS is off"
		e.Why = "row level security of " + p.Table.String() + " is off: its policies count for nothing"
	case !t.RLS.Known || p.Unsure.Any(catalog.Everything):
		e.State, e.Label, e.Why = Unsure, "not known", "whether "+p.Ref().String()+" counts is not known"
	}
	return e
}

func publishes(t TableFlow, id, pub, name string) Edge {
	e := Edge{From: id, To: pub}
	switch {
	case !t.Published.Known:
		e.State, e.Label, e.Why = Unsure, "not known", "whether "+t.Name.String()+" is published is not known"
	case !t.Published.Value:
		e.State, e.Label, e.Why = Broken, "not published", t.Name.String()+" is not in publication "+name+": nobody receives its changes"
	}
	return e
}

func (b *builder) publicationNode(id string) Node {
	n := Node{ID: id, Kind: Publication, Name: b.Publication, Object: catalog.Ref{Kind: "publication", Name: b.Publication}}
	pub, ok := b.Catalog.Publications.Get(b.Publication)
	switch {
	case !ok:
		n.State, n.Why = Broken, "publication "+b.Publication+" does not exist: Realtime has nothing to read"
		n.Facts = []string{"does not exist"}
	case pub.Unsure.Any(catalog.Existence) || !pub.Publish.Known:
		n.State, n.Facts = Unsure, []string{"not known"}
	default:
		n.Facts = []string{strings.Join(pub.Publish.Value.List(), ", ")}
		if a := pub.Publish.Value; !a.Insert || !a.Update || !a.Delete {
			n.State, n.Why = Partial, "publication "+b.Publication+" publishes only "+n.Facts[0]
		}
	}
	return n
}

// hookNode is the hook, with what keeps Auth from running it.
func (b *builder) hookNode() Node {
	n := Node{ID: "hook", Kind: Issuer, Name: b.Hook.String(), Facts: []string{"access token hook"}}
	switch {
	case b.Function == nil:
		n.State, n.Facts = Broken, []string{"access token hook", "does not exist"}
		n.Why = "the access token hook " + b.Hook.String() + " does not exist"
		return n
	case b.Effect == nil:
		n.State, n.Facts = Unsure, append(n.Facts, "body is not known")
	case !b.Effect.Complete():
		n.State, n.Facts = Unsure, append(n.Facts, "followed in part")
	}
	n.Object = b.Function.Ref()
	if b.Switch.State != "" {
		n.State, n.Why, n.Facts = worse(n.State, b.Switch.State), b.Switch.Why, append(n.Facts, b.Switch.Fact)
	}
	if b.off() {
		return n
	}
	if r := b.Real; r != nil && r.Issued == hook.Never {
		n.State, n.Why = Broken, "the hook never gives a token that Auth accepts"
		for _, x := range r.Raises {
			n.Why = "the hook ends with " + x.SQLState + ": " + x.Message
			n.Facts = []string{"access token hook", "ends with " + x.SQLState}
			break
		}
	}
	return n
}
