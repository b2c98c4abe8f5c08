// Package doctor walks the way of a realtime update, from the hook that writes
// a claim to the subscriber who receives, and says of each link whether it
// holds.
package doctor

import (
	"slices"
	"strings"
	"time"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/flow"
	"policylint/rules"
)

// A State says whether a link holds.
type State string

// The states.
const (
	OK         State = "ok"
	Broken     State = "broken"
	NotChecked State = "not checked"
)

// A Link is one step of the way.
type Link struct {
	ID, Title string
	State     State
	// Says is what holds, or why it was not checked: a sentence without a full
	// stop; "" for a broken one, whose faults say it.
	Says   string
	Need   string // what would be needed to check it
	Faults []Fault
}

// A Fault is what breaks a link.
type Fault struct {
	Message string // a sentence without a full stop
	Origin  catalog.Origin
	Fix     string // SQL or a setting; "" where only a person can say it
	Advice  string // what to do, in words
	Rule    string // "" where no rule says it
	Object  catalog.Ref
	Effect  string // what follows, such as "agent gets no updates of public.tickets"
	// Subjects are who misses something by it, where it is not everybody.
	Subjects []string
	what     string // what they miss
}

// A Diagnosis is what became of all links, in order.
type Diagnosis struct {
	Links    []*Link
	Subjects []string
	Tables   []string
	Notes    []string // what was taken for granted
}

// First is the first broken link; nil when there is none.
func (d *Diagnosis) First() *Link {
	for _, l := range d.Links {
		if l.State == Broken {
			return l
		}
	}
	return nil
}

// Count says how many links are in a state.
func (d *Diagnosis) Count(s State) int {
	n := 0
	for _, l := range d.Links {
		if l.State == s {
			n++
		}
	}
	return n
}

// Input is what there is to judge by.
type Input struct {
	Pass     *rules.Pass // with the project beside it, if there is one
	Result   *rules.Result
	Graph    *flow.Graph      // of all tables that are asked about, and of the token among the subjects
	Subjects []access.Subject // that are asked about
	Tables   []catalog.Name
	// Exact says that one subject and one table were named: somebody misses
	// something, so that nothing at all is a fault.
	Exact bool
	Token *access.Subject // whose claims were given; nil for none
	Match bool            // the token is to be that of the subject
	Now   time.Time
}

// Examine goes from link to link.
func Examine(in Input) *Diagnosis {
	e := &examiner{Input: in}
	d := &Diagnosis{Notes: in.Result.Notes}
	for _, s := range e.everyone() {
		d.Subjects = append(d.Subjects, s.Name)
	}
	for _, t := range in.Tables {
		d.Tables = append(d.Tables, t.String())
	}
	for _, step := range []func() *Link{
		e.exists, e.here, e.there, e.granted, e.writes, e.carries,
		e.reads, e.selects, e.published, e.identified, e.delivered,
	} {
		l := step()
		e.found(l)
		if len(l.Faults) > 0 {
			l.State, l.Says, l.Need = Broken, "", ""
		}
		d.Links = append(d.Links, l)
	}
	return d
}

type examiner struct{ Input }

// found adds what the rules of the link found.
func (e *examiner) found(l *Link) {
	for _, f := range e.Result.Findings {
		if !e.concerns(l.ID, f) {
			continue
		}
		x := Fault{Message: f.Message, Origin: f.Origin, Fix: f.Fix, Rule: f.Rule.ID, Object: f.Object, Effect: e.effect(l.ID, f.Object)}
		if x.Fix == "" {
			x.Advice = advice(f.Rule)
		}
		e.setting(&x)
		e.claim(&x)
		if f.Rule.ID == raising {
			x.Effect = everybody
		}
		for _, have := range l.Faults {
			if have.Rule == "" && have.Object == x.Object { // it knows for whom
				x.Effect, x.Subjects, x.what = have.Effect, have.Subjects, have.what
			}
		}
		// A rule says it better than what was asked here.
		l.Faults = slices.DeleteFunc(l.Faults, func(have Fault) bool { return have.Rule == "" && have.Object == x.Object })
		l.Faults = append(l.Faults, x)
	}
	for i := range l.Faults {
		l.Faults[i].follow()
	}
	slices.SortStableFunc(l.Faults, func(a, b Fault) int { return e.rank(a) - e.rank(b) })
}

// follow says what follows for those who miss something.
func (f *Fault) follow() {
	switch n := len(f.Subjects); {
	case n == 1:
		f.Effect = f.Subjects[0] + " " + f.what
	case n > 1:
		f.Effect = strings.Join(f.Subjects[:n-1], ", ") + " and " + f.Subjects[n-1] + " " + strings.NewReplacer("gets no", "get no", "does not", "do not").Replace(f.what)
	}
}

// add adds a fault, or one more who misses something by it.
func (l *Link) add(f Fault) {
	for i := range l.Faults {
		x := &l.Faults[i]
		if x.Object == f.Object && x.Message == f.Message && x.what == f.what {
			for _, s := range f.Subjects {
				if !slices.Contains(x.Subjects, s) {
					x.Subjects = append(x.Subjects, s)
				}
			}
			return
		}
	}
	l.Faults = append(l.Faults, f)
}

// rank puts what concerns one table behind what concerns all, and tables in
// the order in which they are asked about.
func (e *examiner) rank(f Fault) int {
	t, ok := e.tableOf(f.Object)
	if !ok {
		return 0
	}
	if i := slices.Index(e.Tables, t); i >= 0 {
		return i + 1
	}
	return len(e.Tables) + 1
}

// table is a table that is asked about.
func (e *examiner) table(n catalog.Name) (*catalog.Table, bool) { return e.Pass.Tables.Get(n) }

// tables are those that are asked about and exist.
func (e *examiner) tables() []*catalog.Table {
	var out []*catalog.Table
	for _, n := range e.Tables {
		if t, ok := e.table(n); ok {
			out = append(out, t)
		}
	}
	return out
}

// unchecked is a link that could not be judged.
func (l *Link) unchecked(says, need string) *Link {
	if l.State != NotChecked {
		l.State, l.Says, l.Need = NotChecked, says, need
	}
	return l
}

// holds says what is so, unless something is in doubt.
func (l *Link) holds(says string) *Link {
	if l.State == "" {
		l.State, l.Says = OK, says
	}
	return l
}
