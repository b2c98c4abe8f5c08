package doctor

import (
	"slices"
	"strings"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/flow"
)

const (
	noTables   = "no table is published or expected"
	needTables = "the tables that clients subscribe to under realtime.tables in rules.yaml, or --table"
)

// bare is a link about tables of which there are none.
func (e *examiner) bare(l *Link) bool {
	if len(e.Tables) == 0 {
		l.unchecked(noTables, needTables)
	}
	return len(e.Tables) == 0
}

// everyone are the subjects that are asked about, and who has the token.
func (e *examiner) everyone() []access.Subject {
	if e.Token == nil {
		return e.Subjects
	}
	return append(slices.Clone(e.Subjects), *e.Token)
}

// receipt is what a subject gets of a table.
func (e *examiner) receipt(s access.Subject, t *catalog.Table) flow.Receipt {
	for _, f := range e.Graph.Tables {
		for _, r := range f.Receipts {
			if f.Name == t.Name && r.Subject.Name == s.Name {
				return r
			}
		}
	}
	return flow.Receipt{}
}

var order = []access.Verdict{access.Never, access.Rows, access.Always}

// less reports whether somebody reads less than expected.
func less(got, want access.Verdict) bool {
	g := slices.Index(order, got)
	return g >= 0 && g < slices.Index(order, want)
}

// reads is whether the policies find in the token what they ask for.
func (e *examiner) reads() *Link {
	l := &Link{ID: "policy", Title: "The policies read it"}
	if e.bare(l) {
		return l
	}
	judge := e.Pass.Access()
	var seen []string
	said := &summary{}
	for _, t := range e.tables() {
		switch {
		case !t.RLS.Known:
			l.unchecked("whether row level security of "+t.Name.String()+" is on is not known", "the database: --db URL")
			continue
		case !t.RLS.Value:
			seen = append(seen, t.Name.String()+" has row level security off")
			continue
		}
		somebody := false
		for _, s := range e.Graph.Subjects {
			somebody = somebody || judge.Readable(s, t).Verdict != access.Never
		}
		before := len(l.Faults)
		for _, s := range e.everyone() {
			e.policies(l, s, t)
		}
		if !somebody && len(l.Faults) == before {
			l.Faults = append(l.Faults, Fault{
				Message: "row level security of " + t.Name.String() + " is on, and no policy lets any subject select", Origin: t.RLS.Origin, Object: t.Ref(),
				Advice: "create a policy for select on it", Effect: "nobody gets updates of " + t.Name.String(),
			})
		}
		for _, s := range e.everyone() {
			c := judge.Readable(s, t)
			if e.Exact {
				seen = append(seen, c.Because)
			} else if s.Role != catalog.Anon {
				said.add(s.Name, t.Name, amount(c.Verdict))
			}
		}
	}
	seen = append(seen, said.list()...)
	return l.holds(strings.Join(seen, "; "))
}

// amount is a verdict as a sentence has it.
func amount(v access.Verdict) string {
	switch v {
	case access.Always:
		return "every row"
	case access.Rows:
		return "its rows"
	case access.Never:
		return "no row"
	}
	return "who knows what"
}

// policies judges the policies of a table for one subject, whatever else
// stands in the way.
func (e *examiner) policies(l *Link, s access.Subject, t *catalog.Table) {
	judge, r := e.Pass.Access(), e.receipt(s, t)
	c := judge.Readable(s, t)
	who, what := []string{s.Name}, "gets no updates of "+t.Name.String()
	if c.Verdict != access.Never {
		what = "does not get all updates of " + t.Name.String()
	}
	for _, x := range judge.Raises(s, t, catalog.ForSelect) {
		if !x.Possible {
			l.add(Fault{
				Message: x.Policy.Ref().String() + " raises " + x.SQLState + " for " + s.Name + ": " + x.Message, Origin: x.Origin, Object: x.Policy.Ref(),
				Advice: "make the policy total: grant what it reads, or guard the cast", Effect: everybody,
			})
		}
	}
	for _, m := range r.Misses {
		if m.Policy == nil {
			continue // the hook is off, which an earlier link says
		}
		l.add(Fault{
			Message: m.Why, Origin: m.Policy.UsingAt, Object: m.Policy.Ref(), Subjects: who, what: what,
			Advice: e.misread(),
		})
	}
	object := t.Ref()
	if c.Policy != nil {
		object = c.Policy.Ref()
	}
	switch {
	case c.Verdict == access.Uncertain:
		l.unchecked("what "+s.Name+" may read of "+t.Name.String()+" is not known: "+c.Because, "the subjects' claims in rules.yaml, or policylint access --db URL --probe")
	case len(r.Misses) > 0 || c.Raise != nil && !c.Raise.Possible:
	case r.Expected != "" && less(c.Verdict, r.Expected):
		l.add(Fault{
			Message: "rules.yaml expects that " + s.Name + " reads " + amount(r.Expected) + " of " + t.Name.String() + ", and it reads " + amount(c.Verdict) + ": " + c.Because,
			Origin:  c.Origin, Object: object, Subjects: who, what: what, Advice: "alter the policy, or what rules.yaml expects",
		})
	case e.Exact && c.Verdict == access.Never:
		l.add(Fault{Message: c.Because, Origin: c.Origin, Object: object, Subjects: who, what: what, Advice: "alter the policy so that it lets " + s.Name + " read; policylint access --why tells more"})
	}
}

// misread is what to do about a policy that reads the wrong claim.
func (e *examiner) misread() string {
	if text := e.rightClaim(); text != "" {
		return "alter the policy so that it reads " + text + ", which the hook writes"
	}
	return "alter the policy so that it reads the claim where the hook writes it"
}
