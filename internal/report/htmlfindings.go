package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// An htmlRule is a rule with what it found.
type htmlRule struct {
	ID, Anchor, Title, Severity string
	Why                         string
	Refs                        []string
	Severities                  string // of all its findings
	N                           int
	Tally                       string // "1 error, 2 warnings"
	Findings, More              []htmlFinding
}

// findingsShown is how many findings of a rule stand open; the rest folds away.
const findingsShown = 10

type htmlFinding struct {
	Anchor, Severity, Message, Place string
	Frame                            *htmlFrame
	Related                          []htmlRelated
	Fix                              string
}

type htmlRelated struct {
	Message, Place string
	Frame          *htmlFrame
}

// An htmlFrame is the statement a finding is about.
type htmlFrame struct {
	Lines []htmlLine
	Last  int // the statement goes on to this line; 0 when all is shown
}

// An htmlLine is a line of code: Mark is the part that is meant.
type htmlLine struct {
	Number             int
	Before, Mark, Rest string
}

// A finder knows where on the page findings about an object are.
type finder struct {
	prefix  string
	anchors map[*rules.Finding]string
	first   map[catalog.Ref]*rules.Finding
	counts  map[catalog.Ref]int
}

func newFinder(res *rules.Result, prefix string) *finder {
	f := &finder{prefix, map[*rules.Finding]string{}, map[catalog.Ref]*rules.Finding{}, map[catalog.Ref]int{}}
	for i, x := range res.Findings {
		f.anchors[x] = fmt.Sprintf("%sf%d", prefix, i+1)
		if have, ok := f.first[x.Object]; !ok || x.Severity > have.Severity {
			f.first[x.Object] = x
		}
		f.counts[x.Object]++
	}
	return f
}

// of is the anchor of the worst finding about an object; "" for none.
func (f *finder) of(o catalog.Ref) (anchor string, n int) {
	if x, ok := f.first[o]; ok {
		return f.anchors[x], f.counts[o]
	}
	return "", 0
}

// viewFindings groups findings by rule, the worst first.
func viewFindings(res *rules.Result, sources Sources, found *finder) []htmlRule {
	fr := &frames{sources: sources, split: map[string][][]byte{}}
	var out []htmlRule
	at := map[*rules.Rule]int{}
	worst, sums := map[*rules.Rule]rules.Severity{}, map[*rules.Rule]rules.Summary{}
	for _, f := range res.Findings {
		i, ok := at[f.Rule]
		if !ok {
			i = len(out)
			at[f.Rule] = i
			out = append(out, htmlRule{
				ID: f.Rule.ID, Anchor: found.prefix + "r-" + f.Rule.ID, Title: f.Rule.Title,
				Why: firstParagraph(f.Rule.Why), Refs: webRefs(f.Rule.Refs),
			})
		}
		worst[f.Rule] = max(worst[f.Rule], f.Severity)
		out[i].Severity = worst[f.Rule].String()
		sum := sums[f.Rule]
		switch f.Severity {
		case rules.Error:
			sum.Error++
		case rules.Warning:
			sum.Warning++
		default:
			sum.Info++
		}
		sums[f.Rule], out[i].Tally = sum, tally(sum)
		x := htmlFinding{
			Anchor: found.anchors[f], Severity: f.Severity.String(), Message: f.Message,
			Place: place(f.Origin, res.Source), Fix: strings.TrimSpace(f.Fix), Frame: fr.html(f.Origin),
		}
		for _, r := range f.Related {
			y := htmlRelated{Message: r.Message, Place: place(r.Origin, res.Source)}
			if r.Origin.File != f.Origin.File || r.Origin.Line != f.Origin.Line {
				y.Frame = fr.html(r.Origin)
			}
			x.Related = append(x.Related, y)
		}
		if out[i].N++; out[i].N <= findingsShown {
			out[i].Findings = append(out[i].Findings, x)
		} else {
			out[i].More = append(out[i].More, x)
		}
		if !strings.Contains(out[i].Severities, x.Severity) {
			out[i].Severities = strings.TrimSpace(out[i].Severities + " " + x.Severity)
		}
	}
	order := []string{rules.Error.String(), rules.Warning.String(), rules.Info.String()}
	slices.SortStableFunc(out, func(a, b htmlRule) int {
		return cmp.Or(slices.Index(order, a.Severity)-slices.Index(order, b.Severity), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// webRefs are the references that a browser can open.
func webRefs(refs []string) []string {
	var out []string
	for _, r := range refs {
		if strings.HasPrefix(r, "https://") {
			out = append(out, r)
		}
	}
	return out
}

// html is the frame of a statement, as draw shows it on a terminal; nil when
// the file or the line is not there.
func (f *frames) html(o catalog.Origin) *htmlFrame {
	lines := f.lines(o.File)
	if o.Line < 1 || o.Line > len(lines) {
		return nil
	}
	last := min(max(o.EndLine, o.Line), len(lines))
	if o.EndColumn == 1 && last > o.Line {
		last--
	}
	shown := min(last, o.Line+frameLines-1)
	out := &htmlFrame{}
	if last > shown {
		out.Last = last
	}
	for n := o.Line; n <= shown; n++ {
		line := cut(lines[n-1], o.Column)
		x := htmlLine{Number: n, Rest: cleanCode(line)}
		if n == o.Line {
			from := byteOf(line, o.Column)
			to := len(line)
			if o.EndLine == o.Line && o.EndColumn > o.Column {
				to = byteOf(line, o.EndColumn)
			}
			x.Before, x.Mark, x.Rest = cleanCode(line[:from]), cleanCode(line[from:to]), cleanCode(line[to:])
		}
		out.Lines = append(out.Lines, x)
	}
	return out
}

// byteOf is where the character at a 1-based column begins.
func byteOf(line []byte, column int) int {
	i := 0
	for c := 1; c < column && i < len(line); c++ {
		_, size := decode(line[i:])
		i += size
	}
	return i
}
