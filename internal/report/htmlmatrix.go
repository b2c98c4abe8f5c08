package report

import (
	"slices"
	"strings"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/flow"
)

// matrixRows is how many tables the grid shows at once; the rest folds away.
const matrixRows = 60

// htmlMatrix is the grid of who may do what.
type htmlMatrix struct {
	Subjects   []string
	Rows, More []htmlMatrixRow
}

type htmlMatrixRow struct {
	Name, Kind string
	Cells      []htmlCell
}

// An htmlCell is one table for one subject.
type htmlCell struct {
	Subject string
	Does    []htmlMark // select, insert, update, delete
	Gets    []htmlMark // realtime events; nil for what is not published
	Reasons []htmlReason
}

// An htmlMark is one letter of a cell.
type htmlMark struct{ Letter, What, State, Amount string }

// An htmlReason is what decides one or several letters.
type htmlReason struct{ What, Amount, Because, Place string }

func viewMatrix(a *Access, source catalog.Source) *htmlMatrix {
	out := &htmlMatrix{}
	for _, s := range a.Subjects {
		out.Subjects = append(out.Subjects, s.Name)
	}
	rows := slices.Clone(a.Rows)
	slices.SortStableFunc(rows, func(x, y access.Row) int {
		px, py := x.Table != nil && x.Published(), y.Table != nil && y.Published()
		switch {
		case px && !py:
			return -1
		case py && !px:
			return 1
		}
		return 0
	})
	for i := range rows {
		r := &rows[i]
		x := htmlMatrixRow{Name: r.Name.String()}
		switch {
		case r.View != nil:
			x.Kind = "view"
		case r.Published():
			x.Kind = "published"
		}
		for n, s := range a.Subjects {
			x.Cells = append(x.Cells, viewCell(r, n, s.Name, source))
		}
		if len(out.Rows) < matrixRows {
			out.Rows = append(out.Rows, x)
		} else {
			out.More = append(out.More, x)
		}
	}
	return out
}

func viewCell(r *access.Row, n int, subject string, source catalog.Source) htmlCell {
	out := htmlCell{Subject: subject}
	for i, c := range r.Cells[n] {
		m := htmlMark{letters[i], string(c.Command), string(c.Verdict), amountOf(c.Verdict)}
		if c.Raise != nil && c.Raise.Policy != nil && !c.Raise.Possible {
			m.State, m.Amount = "error", "error "+c.Raise.SQLState
		}
		out.Does = append(out.Does, m)
		out.reason(m.What, m.Amount, c.Because, c.Origin, source)
	}
	if r.Table == nil || !r.Published() {
		return out
	}
	rt := r.Realtime[n]
	for i, e := range []access.Event{rt.Insert, rt.Update, rt.Delete} {
		m := htmlMark{letters[i+1], []string{"inserts", "updates", "deletes"}[i], string(e.Delivery), flow.Amount(e.Delivery)}
		out.Gets = append(out.Gets, m)
		because := e.Because
		if e.Error != "" {
			because += ": " + e.Error
		}
		out.reason("receives "+m.What, m.Amount, because, e.Origin, source)
	}
	return out
}

// reason adds what decides; what was said of another letter is not repeated.
func (c *htmlCell) reason(what, amount, because string, at catalog.Origin, source catalog.Source) {
	x := htmlReason{What: what, Amount: amount, Because: because}
	if !at.IsZero() {
		x.Place = place(at, source)
	}
	for i, y := range c.Reasons {
		if y.Amount == x.Amount && y.Because == x.Because {
			if rest, ok := strings.CutPrefix(what, "receives "); ok && strings.Contains(y.What, "receives ") {
				what = rest
			}
			c.Reasons[i].What += ", " + what
			return
		}
	}
	c.Reasons = append(c.Reasons, x)
}
