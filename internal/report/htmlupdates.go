package report

import (
	"slices"
	"strings"

	"policylint/inspect/access"
	"policylint/inspect/flow"
)

// htmlUpdates is the answer to who receives which updates, and why not.
type htmlUpdates struct {
	Wrong        []htmlWrong // in a line
	Tables, More []htmlUpdated
}

// updatesShown is how many tables stand open; the rest, in which nothing is
// known to be broken, folds away.
const updatesShown = 20

// htmlWrong are tables that do not reach the same subjects.
type htmlWrong struct {
	Tables []string
	For    string
}

type htmlUpdated struct {
	Name   string
	State  string
	Badge  string
	Notes  []string
	Groups []htmlReceivers
}

// htmlReceivers are subjects for whom all is the same.
type htmlReceivers struct {
	Who      []string
	State    string
	Events   []htmlEvent
	Expected string
	Why      []string
}

// An htmlEvent is what becomes of one or several kinds of change.
type htmlEvent struct{ Names, State, Amount string }

// stateWords say a state without its colour.
var stateWords = map[flow.State]string{
	flow.Whole: "as it should be", flow.Partial: "holds in part", flow.Broken: "broken", flow.Unsure: "not known", flow.Nothing: "not meant to receive",
}

func viewUpdates(g *flow.Graph) *htmlUpdates {
	out := &htmlUpdates{}
	for _, t := range g.Tables {
		x := htmlUpdated{Name: t.Name.String(), State: string(t.State), Notes: t.Notes, Badge: "published"}
		switch {
		case !t.Published.Known:
			x.Badge = "published or not: not known"
		case !t.Published.Value:
			x.Badge = "not published"
		}
		x.Groups = groupReceipts(t.Receipts)
		if len(out.Tables) < updatesShown || t.State == flow.Broken {
			out.Tables = append(out.Tables, x)
		} else {
			out.More = append(out.More, x)
		}
		out.wrong(t)
	}
	return out
}

// wrong adds a table to the line of those that do not reach everybody.
func (u *htmlUpdates) wrong(t flow.TableFlow) {
	var who []string
	meant := 0
	for _, r := range t.Receipts {
		if r.State == flow.Broken {
			who = append(who, r.Subject.Name)
		}
		if r.State != flow.Nothing {
			meant++
		}
	}
	text := ""
	switch {
	case t.State != flow.Broken:
		return
	case t.Published.Is(false):
		text = "for everybody: not published"
	case len(who) == meant:
		text = "for everybody"
	case len(who) > 4:
		text = "for " + count(len(who), "subject")
	default:
		text = "for " + joined(who)
	}
	if n := len(u.Wrong); n > 0 && u.Wrong[n-1].For == text {
		u.Wrong[n-1].Tables = append(u.Wrong[n-1].Tables, t.Name.String())
		return
	}
	u.Wrong = append(u.Wrong, htmlWrong{[]string{t.Name.String()}, text})
}

// joined is "a, b and c".
func joined(list []string) string {
	if n := len(list); n > 1 {
		return strings.Join(list[:n-1], ", ") + " and " + list[n-1]
	}
	return strings.Join(list, "")
}

// groupReceipts puts subjects together for whom all is the same, those who do
// not receive what they should first.
func groupReceipts(receipts []flow.Receipt) []htmlReceivers {
	var out []htmlReceivers
	for _, r := range receipts {
		x := htmlReceivers{Who: []string{r.Subject.Name}, State: string(r.State), Events: viewEvents(r), Why: r.Why}
		if r.Expected != "" {
			x.Expected = amountOf(r.Expected) + " for " + r.Subject.Name
		}
		i := slices.IndexFunc(out, func(y htmlReceivers) bool {
			return y.State == x.State && slices.Equal(y.Why, x.Why) && slices.Equal(y.Events, x.Events)
		})
		if i < 0 {
			out = append(out, x)
		} else {
			out[i].Who = append(out[i].Who, r.Subject.Name)
			if out[i].Expected != "" && x.Expected != "" {
				x.Expected = ", " + x.Expected
			}
			out[i].Expected += x.Expected
		}
	}
	rank := func(x htmlReceivers) int {
		return slices.Index([]string{"broken", "partial", "unsure", "whole", "nothing"}, x.State)
	}
	slices.SortStableFunc(out, func(a, b htmlReceivers) int { return rank(a) - rank(b) })
	return out
}

// viewEvents puts kinds of change together of which the same becomes.
func viewEvents(r flow.Receipt) []htmlEvent {
	var out []htmlEvent
	for _, e := range []struct {
		name     string
		delivery access.Delivery
	}{{"inserts", r.Events.Insert.Delivery}, {"updates", r.Events.Update.Delivery}, {"deletes", r.Events.Delete.Delivery}} {
		amount := flow.Amount(e.delivery)
		if n := len(out); n > 0 && out[n-1].Amount == amount {
			out[n-1].Names += ", " + e.name
			continue
		}
		out = append(out, htmlEvent{e.name, string(e.delivery), amount})
	}
	return out
}

// amountOf is a verdict as the page words it.
func amountOf(v access.Verdict) string {
	switch v {
	case access.Always:
		return "every row"
	case access.Rows:
		return "some rows"
	case access.Never:
		return "no row"
	}
	return "not known"
}
