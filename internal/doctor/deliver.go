package doctor

import (
	"slices"
	"strings"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
)

// delivered is what Realtime makes of each event in the end.
func (e *examiner) delivered() *Link {
	l := &Link{ID: "delivered", Title: "Realtime delivers"}
	if e.bare(l) {
		return l
	}
	said := &summary{}
	for _, f := range e.Result.Findings {
		if t, ok := e.tableOf(f.Object); ok && f.Rule.ID == raising && !e.asked(t) {
			l.Faults = append(l.Faults, Fault{
				Message: "the poll for the changes of all tables ends with an error: " + f.Message, Origin: f.Origin, Object: f.Object,
				Advice: advice(f.Rule), Effect: everybody,
			})
		}
	}
	for _, t := range e.tables() {
		for _, s := range e.everyone() {
			if e.nowhere(s) {
				l.unchecked("the database has no role "+s.Role, "platform: supabase in rules.yaml")
				continue
			}
			r := e.Pass.Access().Realtime(s, t)
			if text := e.events(l, s, t, r); s.Role != catalog.Anon || e.Exact {
				said.add(s.Name, t.Name, text)
			}
		}
	}
	return l.holds(strings.Join(said.list(), "; "))
}

// events judges the three kinds of change, and says what arrives.
func (e *examiner) events(l *Link, s access.Subject, t *catalog.Table, r access.Realtime) string {
	var said []string
	missed := e.receipt(s, t)
	for _, x := range []struct {
		name  string
		event access.Event
	}{{"insert", r.Insert}, {"update", r.Update}, {"delete", r.Delete}} {
		word := ""
		switch x.event.Delivery {
		case access.Delivered:
			word = "all"
		case access.DeliveredByRow:
			word = "by row"
			if len(missed.Misses) > 0 || missed.Expected == access.Always {
				e.lost(l, s, t, "not every "+x.name+" arrives", x.event)
			}
		case access.Withheld:
			word = "none"
			if e.Exact || len(missed.Misses) > 0 || missed.Expected != "" && less(access.Never, missed.Expected) {
				e.lost(l, s, t, "the "+x.name+" does not arrive", x.event)
			}
		case access.DeliveryNotKnown:
			word = "not known"
			l.unchecked("what "+s.Name+" receives of "+t.Name.String()+" is not known: "+x.event.Because, "what is missing above, or policylint access --db URL --probe")
		default:
			word = "error"
			// Who has only the public key is refused as it should be.
			if s.Role != catalog.Anon || e.Exact || x.event.Raise != nil {
				e.lost(l, s, t, "the "+x.name+" does not arrive", x.event)
			}
		}
		said = append(said, x.name+" "+word)
	}
	return strings.Join(said, ", ")
}

// lost adds a fault, once for each table and cause.
func (e *examiner) lost(l *Link, s access.Subject, t *catalog.Table, what string, x access.Event) {
	message := what + ": " + x.Because
	if x.Error != "" && x.Raise == nil {
		message += " (" + x.Error + ")"
	}
	misses := "does not get all updates of " + t.Name.String()
	for _, f := range l.Faults {
		if f.what == misses && f.Message != message && slices.Contains(f.Subjects, s.Name) {
			return // one event is enough
		}
	}
	l.add(Fault{Message: message, Origin: x.Origin, Object: t.Ref(), Subjects: []string{s.Name}, what: misses, Advice: "mend the links above first"})
}

// everybody is what follows when the poll of Realtime ends with an error.
const everybody = "nobody gets updates of any table"

// effect is what follows for the user when an object breaks a link.
func (e *examiner) effect(link string, object catalog.Ref) string {
	t, table := e.tableOf(object)
	switch {
	case link == "identity" && table:
		return "updates and deletes of " + t.String() + " do not arrive whole"
	case e.Exact && len(e.Subjects) == 1 && len(e.Tables) == 1:
		return e.Subjects[0].Name + " gets no updates of " + e.Tables[0].String()
	case link == "published" && table:
		return "nobody gets updates of " + t.String()
	case link == "published":
		return "nobody gets all updates"
	case link == "policy" && table:
		return "users get no updates of " + t.String()
	case link == "select" && table:
		return "users get no updates of " + t.String()
	case link == "grants", link == "hook":
		return "Auth gives nobody a token with the application's claims"
	case link == "here":
		return "on a developer's machine tokens lack the application's claims"
	case link == "there":
		return "in the hosted project tokens lack the application's claims"
	}
	return "users have tokens without what the policies read"
}

// A summary gathers what is so for subjects and tables, and says it shortly.
type summary struct {
	order []string
	said  map[string][]said
}

type said struct{ table, text string }

func (s *summary) add(subject string, table catalog.Name, text string) {
	if s.said == nil {
		s.said = map[string][]said{}
	}
	if s.said[subject] == nil {
		s.order = append(s.order, subject)
	}
	s.said[subject] = append(s.said[subject], said{table.Name, text})
}

// list has a sentence for all subjects of whom the same is so.
func (s *summary) list() []string {
	var out []string
	done := map[string]bool{}
	for i, x := range s.order {
		if done[x] {
			continue
		}
		who := []string{x}
		for _, y := range s.order[i+1:] {
			if slices.Equal(s.said[x], s.said[y]) {
				who, done[y] = append(who, y), true
			}
		}
		out = append(out, strings.Join(who, ", ")+": "+tables(s.said[x]))
	}
	return out
}

// tables says of one subject what is so for which tables.
func tables(list []said) string {
	var out []string
	done := map[string]bool{}
	for _, x := range list {
		if done[x.text] {
			continue
		}
		done[x.text] = true
		var of []string
		for _, y := range list {
			if y.text == x.text {
				of = append(of, y.table)
			}
		}
		if len(of) == len(list) && len(of) > 1 {
			return x.text + " of each table"
		}
		out = append(out, x.text+" of "+strings.Join(of, ", "))
	}
	return strings.Join(out, ", and ")
}
