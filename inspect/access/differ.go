package access

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// Differences says which fields of the matrix are not the same for all
// subjects as for the first, and by which claims: those that make a field the
// same once they are as in the first token. The rows are of each subject alone.
func (j *Judge) Differences(subjects []Subject, rows []Row) []string {
	var out []string
	for i := range rows {
		r := &rows[i]
		for n := 1; n < len(subjects); n++ {
			what := r.changes(r, n)
			if len(what) == 0 {
				continue
			}
			line := r.Name.String() + ": " + subjects[n].Name + " has " + strings.Join(what, "; ")
			if why := j.causes(subjects[0], subjects[n], r, len(what), n); why != "" {
				line += ": " + why
			}
			out = append(out, line)
		}
	}
	return out
}

// changes lists how the fields of the n-th subject in other are unlike those
// of the first here.
func (r *Row) changes(other *Row, n int) (what []string) {
	add := func(name, now, before string) {
		if now == before {
			return
		}
		if k := len(what) - 1; k >= 0 && strings.HasSuffix(what[k], " "+now+", not "+before) {
			what[k] = strings.TrimSuffix(what[k], " "+now+", not "+before) + " and " + name + " " + now + ", not " + before
			return
		}
		what = append(what, name+" "+now+", not "+before)
	}
	for k, c := range other.Cells[n] {
		add(string(c.Command), c.outcome(), r.Cells[0][k].outcome())
	}
	if r.Table != nil {
		now, before := other.Realtime[n], r.Realtime[0]
		add("inserts", string(now.Insert.Delivery), string(before.Insert.Delivery))
		add("updates", string(now.Update.Delivery), string(before.Update.Delivery))
		add("deletes", string(now.Delete.Delivery), string(before.Delete.Delivery))
	}
	return what
}

// outcome is a cell in a word or two.
func (c Cell) outcome() string {
	if c.Raise != nil && c.Raise.Always && c.Raise.Policy != nil {
		return "error " + c.Raise.SQLState
	}
	return string(c.Verdict)
}

// causes names the claims that make the difference: each is put into the second
// token as it is in the first, to see whether fewer fields differ then.
func (j *Judge) causes(a, b Subject, r *Row, differ, n int) string {
	var all, decide []string
	x, y := j.asks(a), j.asks(b)
	for _, c := range j.readBy(r) {
		name := strings.Join(c.Path, ".")
		v, w := x.claim(c), y.claim(c)
		if name == "" || name == "role" || v.Known == w.Known && v.Null == w.Null && v.Text == w.Text {
			continue
		}
		text := "claim " + name + " is " + claimText(w) + ", and " + claimText(v) + " in " + a.Name
		if slices.Contains(all, text) {
			continue
		}
		all = append(all, text)
		if j.fewer(a, b.like(a, c.Path), r, differ, n) {
			decide = append(decide, text)
		}
	}
	if a.Role != b.Role {
		text := "claim role is " + roleText(b) + ", and " + roleText(a) + " in " + a.Name
		all = append(all, text)
		same := b.like(a, []string{"role"})
		if same.Role = a.Role; j.fewer(a, same, r, differ, n) {
			decide = append(decide, text)
		}
	}
	if decide != nil {
		all = decide
	}
	slices.Sort(all)
	return strings.Join(all, "; ")
}

// fewer reports whether fewer fields differ for the subject.
func (j *Judge) fewer(a, b Subject, r *Row, differ, n int) bool {
	subjects := slices.Repeat([]Subject{a}, n+1)
	subjects[n] = b
	var now Row
	if r.Table != nil {
		now = j.AloneRow(subjects, r.Table)
	} else {
		now = j.ViewRow(subjects, r.View)
	}
	return len(r.changes(&now, n)) < differ
}

// like is the subject with one claim as another one has it.
func (s Subject) like(other Subject, path []string) Subject {
	value, there := any(other.Claims), true
	for _, key := range path {
		m, _ := value.(map[string]any)
		value, there = m[key]
	}
	out, _ := plainJSON(s.Claims).(map[string]any)
	if out == nil {
		out = map[string]any{}
	}
	s.Claims = out
	for _, key := range path[:len(path)-1] {
		inner, ok := out[key].(map[string]any)
		if !ok {
			if !there {
				return s
			}
			inner = map[string]any{}
			out[key] = inner
		}
		out = inner
	}
	if key := path[len(path)-1]; there {
		out[key] = value
	} else {
		delete(out, key)
	}
	return s
}

// readBy lists the claims that decide about a row of the matrix, those that
// policies of other tables read included.
func (j *Judge) readBy(r *Row) (claims []*expr.Claim) {
	seen := map[catalog.Name]bool{}
	var table func(catalog.Name)
	read := func(e expr.Expr) {
		claims = append(claims, expr.Claims(e)...)
		for _, q := range expr.Queries(e) {
			for _, s := range expr.Sources(q.From) {
				if s.Name != "" && !s.CTE {
					table(catalog.ParseSource(s.Name))
				}
			}
		}
	}
	table = func(n catalog.Name) {
		if seen[n] {
			return
		}
		seen[n] = true
		if t, ok := j.cat.Tables.Get(n); ok {
			for pol := range t.Policies() {
				e := j.cat.Expanded(pol)
				read(e.Using)
				read(e.Check)
			}
		} else if v, ok := j.cat.Views.Get(n); ok {
			read(v.Query)
		}
	}
	table(r.Name)
	return claims
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
