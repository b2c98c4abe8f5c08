package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/clipperhouse/displaywidth"

	"policylint/inspect/flow"
	"policylint/internal/dagre"
)

// htmlPicture is the flow of claims as a drawing, and as a list.
type htmlPicture struct {
	ID            string
	Width, Height string
	Columns       []htmlColumn
	Boxes         []htmlBox
	Links         []htmlLink
	Breaks        []string
	Omitted       []string
	Fault         string // why there is no drawing; "" for none
	List          []htmlStep
}

type htmlColumn struct{ X, Title string }

type htmlBox struct {
	X, Y, Width, Height   string
	Kind, State, Label    string
	Link                  string // to the worst finding about it
	Lines                 []htmlTextLine
	Mark                  string // a sign for the state, beside its colour
	MarkX, MarkY, Tooltip string
}

type htmlTextLine struct{ X, Y, Class, Text string }

type htmlLink struct {
	State, Path, Text, Why         string
	LabelX, LabelY, BoxX, BoxY     string
	LabelWidth, LabelHeight, TextY string
}

// An htmlStep is a box of the picture as text.
type htmlStep struct {
	Kind, Name, State string
	Facts             []string
	Why, Link         string
	To                []htmlStepTo
}

type htmlStepTo struct{ Name, State, Why string }

// columnTitles head the columns of the picture.
var columnTitles = map[flow.Kind]string{
	flow.Issuer: "Who writes", flow.Claim: "Claims", flow.Policy: "Policies read", flow.Table: "Tables", flow.Publication: "Publication", flow.Subject: "Who receives",
}

// Sizes of the drawing, in its own units. Names are in a font whose characters
// are all as wide; the width of other text is an upper bound.
const (
	nameWide, nameHigh = 7.3, 16.0
	factWide, factHigh = 6.2, 14.0
	boxPad             = 10.0
	headHigh           = 30.0
	margin             = 6.0
	nameColumns        = 22
	nameLines          = 3
	factColumns        = 27
)

// signs stand beside a box or a link, so that colour is not all that tells.
var signs = map[flow.State]string{flow.Broken: "✕", flow.Partial: "!", flow.Unsure: "?"}

// viewPicture lays the flow out. A layout that fails loses the drawing, not
// the list.
func viewPicture(g *flow.Graph, found *finder, id string) *htmlPicture {
	out := &htmlPicture{ID: id + "picture", Breaks: g.Breaks(), Omitted: g.Omitted, List: listFlow(g, found)}
	in := dagre.Graph{NodeGap: 14, EdgeGap: 10, RankGap: 44}
	index := map[string]int{}
	var boxes []htmlBox
	for i, n := range g.Nodes {
		index[n.ID] = i
		box, width, height := viewBox(n, found)
		boxes = append(boxes, box)
		in.Nodes = append(in.Nodes, dagre.Node{Column: slices.Index(flow.Kinds, n.Kind), Width: width, Height: height})
	}
	for _, e := range g.Edges {
		x := dagre.Edge{From: index[e.From], To: index[e.To]}
		if text := linkText(e); text != "" {
			x.Width, x.Height = labelWidth(text), factHigh+4
		}
		in.Edges = append(in.Edges, x)
	}
	placed, err := dagre.Layout(in)
	if err != nil {
		out.Fault = err.Error()
		return out
	}
	out.Width, out.Height = num(placed.Width+2*margin), num(placed.Height+headHigh+2*margin)
	lefts := map[flow.Kind]float64{}
	for i, n := range g.Nodes {
		p, size := placed.Nodes[i], in.Nodes[i]
		x, y := p.X-size.Width/2+margin, p.Y-size.Height/2+headHigh+margin
		if left, ok := lefts[n.Kind]; !ok || x < left {
			lefts[n.Kind] = x
		}
		out.Boxes = append(out.Boxes, boxes[i].at(x, y, size.Width, size.Height))
	}
	for _, k := range flow.Kinds {
		if x, ok := lefts[k]; ok {
			out.Columns = append(out.Columns, htmlColumn{num(x), columnTitles[k]})
		}
	}
	for i, e := range g.Edges {
		out.Links = append(out.Links, viewLink(e, placed.Edges[i]))
	}
	// Broken links lie on top.
	slices.SortStableFunc(out.Links, func(a, b htmlLink) int { return len(a.Text) - len(b.Text) })
	return out
}

// viewBox is a box with its lines placed inside, and its size.
func viewBox(n flow.Node, found *finder) (box htmlBox, width, height float64) {
	box = htmlBox{Kind: string(n.Kind), State: string(n.State), Mark: signs[n.State], Tooltip: clean(n.Name)}
	if n.Why != "" {
		box.Tooltip += ": " + clean(n.Why)
	}
	box.Label = string(n.Kind) + " " + clean(n.Name) + ", " + stateWords[n.State]
	if n.Why != "" {
		box.Label += ": " + clean(n.Why)
	}
	if anchor, count := found.of(n.Object); anchor != "" {
		box.Link = anchor
		box.Label += fmt.Sprintf(" (%s)", countFindings(count))
	}
	y := boxPad + 11
	for _, line := range breakName(clean(n.Name), nameColumns, nameLines) {
		box.Lines = append(box.Lines, htmlTextLine{"", num(y), "name", line})
		width = max(width, float64(displaywidth.String(line))*nameWide)
		y += nameHigh
	}
	for _, fact := range n.Facts {
		for _, line := range breakName(clean(fact), factColumns, 2) {
			box.Lines = append(box.Lines, htmlTextLine{"", num(y), "fact", line})
			width = max(width, float64(displaywidth.String(line))*factWide)
			y += factHigh
		}
	}
	if box.Mark != "" {
		width += 14
	}
	return box, max(width+2*boxPad, 90), y - 11 + boxPad - 4
}

// at puts a box where the layout has it.
func (b htmlBox) at(x, y, width, height float64) htmlBox {
	b.X, b.Y, b.Width, b.Height = num(x), num(y), num(width), num(height)
	for i := range b.Lines {
		b.Lines[i].X = num(boxPad)
	}
	b.MarkX, b.MarkY = num(width-boxPad-4), num(boxPad+11)
	return b
}

// linkText is what stands beside a link, with the sign of its state.
func linkText(e flow.Edge) string {
	text := displaywidth.TruncateString(clean(e.Label), factColumns, "…")
	if sign := signs[e.State]; sign != "" {
		text = strings.TrimSpace(sign + " " + text)
	}
	return text
}

func labelWidth(text string) float64 { return float64(displaywidth.String(text))*factWide + 10 }

// viewLink draws a link through its points, curved.
func viewLink(e flow.Edge, way dagre.Way) htmlLink {
	out := htmlLink{State: string(e.State), Text: linkText(e), Why: clean(e.Why)}
	var b strings.Builder
	for i, p := range way.Points {
		x, y := p.X+margin, p.Y+headHigh+margin
		if i == 0 {
			fmt.Fprintf(&b, "M%s,%s", num(x), num(y))
			continue
		}
		q := way.Points[i-1]
		middle := (q.X+p.X)/2 + margin
		fmt.Fprintf(&b, " C%s,%s %s,%s %s,%s", num(middle), num(q.Y+headHigh+margin), num(middle), num(y), num(x), num(y))
	}
	out.Path = b.String()
	if out.Text != "" {
		x, y, width := way.X+margin, way.Y+headHigh+margin, labelWidth(out.Text)
		out.LabelX, out.TextY = num(x), num(y+4)
		out.BoxX, out.BoxY = num(x-width/2), num(y-factHigh/2-2)
		out.LabelWidth, out.LabelHeight = num(width), num(factHigh+4)
	}
	return out
}

// listFlow is the picture as text.
func listFlow(g *flow.Graph, found *finder) []htmlStep {
	var out []htmlStep
	for _, n := range g.Nodes {
		x := htmlStep{Kind: columnTitles[n.Kind], Name: n.Name, State: string(n.State), Facts: n.Facts, Why: n.Why}
		x.Link, _ = found.of(n.Object)
		for _, e := range g.Edges {
			if e.From != n.ID {
				continue
			}
			to, _ := g.Node(e.To)
			x.To = append(x.To, htmlStepTo{to.Name, string(e.State), e.Why})
		}
		out = append(out, x)
	}
	return out
}

// breakName breaks a name at blanks and other separators, into so many lines.
func breakName(s string, width, most int) []string {
	var out []string
	line := ""
	flush := func() {
		if t := strings.TrimSpace(line); t != "" {
			out = append(out, t)
		}
		line = ""
	}
	for _, part := range parts(s) {
		if line != "" && displaywidth.String(strings.TrimSpace(line+part)) > width {
			flush()
		}
		line += part
		for displaywidth.String(strings.TrimSpace(line)) > width {
			head := displaywidth.TruncateString(line, width, "")
			if head == "" {
				break
			}
			out, line = append(out, head), line[len(head):]
		}
	}
	flush()
	if len(out) > most {
		out = out[:most]
		out[most-1] = displaywidth.TruncateString(out[most-1], width-1, "") + "…"
	}
	if len(out) == 0 {
		out = []string{" "}
	}
	return out
}

// parts cuts a name after its separators.
func parts(s string) []string {
	var out []string
	for s != "" {
		i := strings.IndexAny(s, " ._-/,")
		if i < 0 {
			return append(out, s)
		}
		out, s = append(out, s[:i+1]), s[i+1:]
	}
	return out
}

func countFindings(n int) string { return count(n, "finding") }

// num is a coordinate, to a tenth.
func num(x float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", x), ".0") }
