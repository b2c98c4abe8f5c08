package access

import (
	"fmt"
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// Differences says which fields of the matrix are not the same for all
// subjects as for the first, and which claims that the table's policies read
// are not.
func (j *Judge) Differences(subjects []Subject, rows []Row) []string {
	var out []string
	for i := range rows {
		r := &rows[i]
		for n := 1; n < len(subjects); n++ {
			var what []string
			for k, c := range r.Cells[n] {
				if first := r.Cells[0][k]; first.Verdict != c.Verdict {
					what = append(what, fmt.Sprintf("%s %s, not %s", c.Command, c.Verdict, first.Verdict))
				}
			}
			if r.Table != nil && r.Realtime[n].Insert.Delivery != r.Realtime[0].Insert.Delivery {
				what = append(what, fmt.Sprintf("inserts %s, not %s", r.Realtime[n].Insert.Delivery, r.Realtime[0].Insert.Delivery))
			}
			if len(what) == 0 {
				continue
			}
			line := fmt.Sprintf("%s: %s has %s", r.Name, subjects[n].Name, strings.Join(what, "; "))
			if why := j.unlike(subjects[0], subjects[n], r.Table); why != "" {
				line += ": " + why
			}
			out = append(out, line)
		}
	}
	return out
}

// unlike names the claims in which two tokens differ, of those that decide.
func (j *Judge) unlike(a, b Subject, t *catalog.Table) string {
	if a.Role != b.Role {
		return "claim role is " + roleText(b) + ", and " + roleText(a) + " in " + a.Name
	}
	if t == nil {
		return ""
	}
	var out []string
	seen := map[string]bool{}
	x, y := j.asks(a), j.asks(b)
	for pol := range t.Policies() {
		e := j.cat.Expanded(pol)
		for _, c := range append(expr.Claims(e.Using), expr.Claims(e.Check)...) {
			name := strings.Join(c.Path, ".")
			v, w := x.claim(c), y.claim(c)
			if seen[name] || name == "" || v.Known == w.Known && v.Null == w.Null && v.Text == w.Text {
				continue
			}
			seen[name] = true
			out = append(out, "claim "+name+" is "+claimText(w)+", and "+claimText(v)+" in "+a.Name)
		}
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

func roleText(s Subject) string {
	if s.Role == "" {
		return "missing"
	}
	return quoted(s.Role)
}

func claimText(v Value) string {
	switch {
	case v.isNull():
		return "missing"
	case v.isText():
		return quoted(v.Text)
	}
	return "unknown"
}
