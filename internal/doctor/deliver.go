package doctor

import (
	"fmt"
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
	var seen []string
	for _, t := range e.tables() {
		for _, s := range e.everyone() {
			r := e.Pass.Access().Realtime(s, t)
			if text := e.events(l, s, t, r); text != "" {
				seen = append(seen, text)
			}
		}
	}
	return l.holds(strings.Join(seen, "; "))
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
		case access.Withheld:
			word = "none"
			if e.Exact || len(missed.Misses) > 0 || missed.Expected != "" && less(access.Never, missed.Expected) {
				e.lost(l, s, t, x.name, x.event)
			}
		case access.DeliveryNotKnown:
			word = "not known"
			l.unchecked("what "+s.Name+" receives of "+t.Name.String()+" is not known: "+x.event.Because, "what is missing above, or policylint access --db URL --probe")
		default:
			word = "error"
			// Who has only the public key is refused as it should be.
			if s.Role != catalog.Anon || e.Exact || x.event.Raise != nil || x.event.Delivery == access.NotPublished {
				e.lost(l, s, t, x.name, x.event)
			}
		}
		said = append(said, x.name+" "+word)
	}
	if s.Role == catalog.Anon && !e.Exact {
		return ""
	}
	return s.Name + " of " + t.Name.Name + ": " + strings.Join(said, ", ")
}

// lost adds a fault, once for each subject and table.
func (e *examiner) lost(l *Link, s access.Subject, t *catalog.Table, event string, x access.Event) {
	message := "the " + event + " does not reach " + s.Name + ": " + x.Because
	if x.Error != "" && !strings.Contains(x.Because, x.Error) {
		message += " (" + x.Error + ")"
	}
	effect := fmt.Sprintf("%s gets not every update of %s", s.Name, t.Name)
	for _, f := range l.Faults {
		if f.Effect == effect {
			return
		}
	}
	l.Faults = append(l.Faults, Fault{Message: message, Origin: x.Origin, Object: catalog.Ref{Kind: "subject", Name: s.Name}, Effect: effect, Advice: "mend the links above first"})
}

// everybody is what follows when the poll of Realtime ends with an error.
const everybody = "nobody gets updates, of any table"

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
