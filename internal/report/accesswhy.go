package report

import (
	"fmt"
	"io"
	"strings"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// A because is what some fields of the matrix come to, and why.
type because struct {
	names         []string // the commands, or events
	outcome, text string
	expr          string
	at            catalog.Origin
}

// with adds a field to those that come to the same for the same reason.
func with(list []because, name string, b because) []because {
	for i, x := range list {
		if x.outcome == b.outcome && x.text == b.text && x.at == b.at {
			list[i].names = append(x.names, name)
			return list
		}
	}
	b.names = []string{name}
	return append(list, b)
}

// reasons lists what decides each field.
func (a *Access) reasons(out io.Writer, p palette) {
	for i := range a.Rows {
		r := &a.Rows[i]
		fmt.Fprintf(out, "\n%s\n", p.bold(clean(r.Name.String())))
		for n, s := range a.Subjects {
			var cells, events []because
			for _, c := range r.Cells[n] {
				b := because{outcome: string(c.Verdict), text: c.Because, at: c.Origin}
				if text := expr.String(c.Expr); c.Policy != nil && !strings.Contains(c.Because, text) {
					b.expr = text
				}
				cells = with(cells, string(c.Command), b)
			}
			if r.Table != nil && r.Published() {
				for _, e := range []struct {
					name string
					access.Event
				}{{"inserts", r.Realtime[n].Insert}, {"updates", r.Realtime[n].Update}, {"deletes", r.Realtime[n].Delete}} {
					b := because{outcome: string(e.Delivery), text: e.Because, at: e.Origin}
					if e.Error != "" && !strings.Contains(e.Because, e.Error) && !strings.Contains(e.Error, "(") {
						b.outcome += ", " + e.Error
					}
					events = with(events, e.name, b)
				}
			}
			for _, b := range cells {
				fmt.Fprintf(out, "  %s: %s %s\n", clean(s.Name), strings.Join(b.names, ", "), p.bold(b.outcome))
				a.because(out, p, b)
			}
			for _, b := range events {
				fmt.Fprintf(out, "  %s: receives %s: %s\n", clean(s.Name), strings.Join(b.names, ", "), p.bold(b.outcome))
				if b.text == r.Cells[n][0].Because && b.at == r.Cells[n][0].Origin {
					fmt.Fprintln(out, "      as it selects")
					continue
				}
				a.because(out, p, b)
			}
		}
	}
}

func (a *Access) because(out io.Writer, p palette, b because) {
	lines := wrap(clean(b.text), 72)
	if b.expr != "" {
		lines = append(lines, wrap("by "+clean(b.expr), 72)...)
	}
	for _, line := range lines {
		fmt.Fprintf(out, "      %s\n", line)
	}
	if !b.at.IsZero() {
		fmt.Fprintf(out, "      %s %s\n", p.blue("-->"), place(b.at, a.Source))
	}
}
