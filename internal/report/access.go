package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/clipperhouse/displaywidth"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
)

// An Access is the matrix of who may do what.
type Access struct {
	Source   catalog.Source
	Subjects []access.Subject
	Rows     []access.Row
	Notes    []string
	// Disagreements are what a server did otherwise, one sentence each.
	Disagreements []string
	// Differences are what tokens that are compared have in different ways.
	Differences []string
}

// letters stand for the commands in a cell, and for the events of Realtime.
var letters = []string{"S", "I", "U", "D"}

// code is a cell in four characters: a capital for every row, a small letter
// for some rows, a dash for none, an exclamation mark for an error, a question
// mark for what is not known.
func code(cells []access.Cell) string {
	var b strings.Builder
	for i, c := range cells {
		switch {
		case c.Verdict == access.Always:
			b.WriteString(letters[i])
		case c.Raise != nil && c.Raise.Policy != nil && !c.Raise.Possible:
			b.WriteString("!")
		case c.Verdict == access.Rows:
			b.WriteString(strings.ToLower(letters[i]))
		case c.Verdict == access.Never:
			b.WriteString("-")
		default:
			b.WriteString("?")
		}
	}
	return b.String()
}

// events is what Realtime delivers, in the same way; "" for a table that is
// not published.
func events(r access.Realtime) string {
	var b strings.Builder
	for i, e := range []access.Event{r.Insert, r.Update, r.Delete} {
		switch e.Delivery {
		case access.Delivered:
			b.WriteString(letters[i+1])
		case access.DeliveredByRow:
			b.WriteString(strings.ToLower(letters[i+1]))
		case access.Withheld, access.NotPublished:
			b.WriteString("-")
		case access.DeliveryError:
			b.WriteString("!")
		default:
			b.WriteString("?")
		}
	}
	return b.String()
}

func cellText(r *access.Row, subject int) string {
	s := code(r.Cells[subject])
	if r.Table != nil && r.Published() {
		s += " " + events(r.Realtime[subject])
	}
	return s
}

const accessLegend = `S select, I insert, U update, D delete: a capital for every row, a small letter
for some rows, - for none, ! for an error, ? for not known. Behind it, for
published tables, what Realtime delivers: I inserts, U updates, D deletes.`

// AccessText writes the matrix for people, with so many subjects side by side
// as the width allows; 0 is no terminal. With why, every cell gets its reason.
func AccessText(w io.Writer, a *Access, color bool, width int, why bool) error {
	out, p := bufio.NewWriter(w), palette{color}
	wide := 5
	for _, r := range a.Rows {
		wide = max(wide, displaywidth.String(clean(r.Name.String())))
	}
	if width == 0 {
		width = 1 << 10
	}
	for from := 0; from < len(a.Subjects); {
		to, used := from, wide
		for to < len(a.Subjects) {
			next := 2 + max(8, displaywidth.String(clean(a.Subjects[to].Name)))
			if to > from && used+next > width {
				break
			}
			used, to = used+next, to+1
		}
		if from > 0 {
			fmt.Fprintln(out)
		}
		line := pad("table", wide)
		for _, s := range a.Subjects[from:to] {
			line += "  " + pad(clean(s.Name), 8)
		}
		fmt.Fprintln(out, p.bold(strings.TrimRight(line, " ")))
		for i := range a.Rows {
			r := &a.Rows[i]
			line := pad(clean(r.Name.String()), wide)
			for n := from; n < to; n++ {
				line += "  " + pad(cellText(r, n), max(8, displaywidth.String(clean(a.Subjects[n].Name))))
			}
			fmt.Fprintln(out, strings.TrimRight(line, " "))
		}
		from = to
	}
	fmt.Fprintf(out, "\n%s\n", p.faint(accessLegend))
	if why {
		a.reasons(out, p)
	}
	for _, d := range a.Differences {
		fmt.Fprintln(out)
		for _, line := range wrap(clean(d), min(width, 80)) {
			fmt.Fprintln(out, line)
		}
	}
	for _, d := range a.Disagreements {
		fmt.Fprintf(out, "\n%s\n", p.bold("the server disagrees:"))
		for _, line := range wrap(clean(d), min(width, 80)) {
			fmt.Fprintln(out, line)
		}
	}
	for _, n := range a.Notes {
		fmt.Fprintf(out, "\n%s\n", p.faint("note: "+clean(n)))
	}
	return out.Flush()
}

func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-displaywidth.String(s)))
}
