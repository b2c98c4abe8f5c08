package flow

import (
	"slices"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// table says what each subject receives of a table.
func (b *builder) table(w Wanted) TableFlow {
	out := TableFlow{Name: w.Name, Published: catalog.Of(false, catalog.Origin{}), State: Whole}
	t, ok := b.Catalog.Tables.Get(w.Name)
	if !ok {
		out.State = Broken
		out.Notes = []string{w.Name.String() + " does not exist"}
		return out
	}
	switch pub, ok := b.Catalog.Publications.Get(b.Publication); {
	case ok && pub.Unsure.Any(catalog.Existence):
		out.Published = catalog.Unknown[bool](pub.Origin)
	case ok:
		out.Published = b.Catalog.Publishes(pub, t)
	}
	if out.Published.Is(false) {
		out.State = Broken
		out.Notes = append(out.Notes, w.Name.String()+" is not in publication "+b.Publication+": nobody receives its changes")
	}
	if w.Expected && t.Identity.Known && w.Identity.Kind != "" && t.Identity.Value != w.Identity {
		out.State = worse(out.State, Partial)
		out.Notes = append(out.Notes, "replica identity is "+t.Identity.Value.String()+", expected is "+w.Identity.String()+identityCost(t.Identity.Value))
	}
	if t.RLS.Is(false) {
		out.State = worse(out.State, Partial)
		out.Notes = append(out.Notes, "row level security is off: every subscriber receives every row")
	}
	for _, s := range b.Subjects {
		r := b.receipt(s, t, !out.Published.Is(false))
		out.Receipts = append(out.Receipts, r)
		out.State = worse(out.State, r.State)
	}
	silent := !slices.ContainsFunc(out.Receipts, func(r Receipt) bool { return r.State != Nothing })
	if silent && out.Published.Is(true) && len(out.Receipts) > 0 {
		out.State = Broken
		note := "nobody receives anything of " + w.Name.String()
		if len(b.readings(w.Name)) == 0 && t.RLS.Is(true) {
			note += ": row level security is on and no policy lets anybody select"
		}
		out.Notes = append(out.Notes, note)
	}
	return out
}

// identityCost says what updates and deletes lack without a full identity.
func identityCost(i catalog.Identity) string {
	switch i.Kind {
	case catalog.IdentityDefault, catalog.IdentityIndex:
		return ": updates carry no old values, and deletes the key alone, so that a filter on another column misses them"
	case catalog.IdentityNothing:
		return ": updates and deletes of a published table fail"
	}
	return ""
}

// worse is the state that asks more to be looked at; that a subject is not
// meant to receive takes nothing from a table.
func worse(a, b State) State {
	if urgency(b) > urgency(a) {
		return b
	}
	return a
}

// receipt is what a subject receives of a table, with what stands in the way
// beside what the table itself lacks.
func (b *builder) receipt(s access.Subject, t *catalog.Table, listed bool) Receipt {
	holder := b.holder(s)
	r := Receipt{Subject: s, Table: t.Name, Events: b.Judge.Realtime(holder, t), State: Whole}
	cell := b.Judge.Cell(holder, t, catalog.ForSelect)
	missed, lost := b.missed(s, t, cell), b.lost(s, t, cell)
	switch want, ok := b.expected(s, t); {
	case !ok || cell.Verdict == access.Uncertain:
	case cell.Verdict == want:
		missed, lost = nil, ""
	default:
		r.State, r.Expected = Broken, want
	}
	if len(missed) > 0 {
		r.State, r.Misses = Broken, missed
		for _, m := range missed {
			r.Why = append(r.Why, m.Why)
		}
	} else if lost != "" {
		r.State, r.Why = Broken, append(r.Why, lost)
	}
	e := r.Event()
	switch {
	case e.Delivery != access.NotPublished:
		b.deliver(&r, cell)
	case r.State == Broken:
	case cell.Verdict == access.Never:
		r.State = Nothing // could not read it anyway
	default:
		r.State = Broken
	}
	if e.Delivery == access.NotPublished && listed {
		r.Why = append([]string{e.Because}, r.Why...)
	}
	return r
}

// Event is what becomes of updates or, where they are not published, of
// inserts.
func (r Receipt) Event() access.Event {
	if r.Events.Update.Delivery == access.NotPublished {
		return r.Events.Insert
	}
	return r.Events.Update
}

// deliver takes in what Realtime does with a new row.
func (b *builder) deliver(r *Receipt, cell access.Cell) {
	switch e := r.Event(); e.Delivery {
	case access.Withheld:
		if r.State != Broken {
			r.State = Nothing
		}
		r.Why = append(r.Why, e.Because)
	case access.DeliveryNotKnown:
		r.State = worse(r.State, Unsure)
		r.Why = append(r.Why, e.Because)
	case access.DeliveryError:
		if r.State != Broken && e.Raise == nil && r.Subject.Role == catalog.Anon {
			r.State = Nothing
		} else {
			r.State = Broken
		}
		r.Why = append(r.Why, e.Because+": "+e.Error)
	case access.Delivered:
		r.Why = append(r.Why, e.Because)
	case access.DeliveredByRow:
		rest := e.Because
		if cell.Verdict == access.Rows && cell.Expr != nil && cell.Raise == nil {
			rest = "only rows with " + short(cell.Expr) + " come through"
		}
		r.Why = append(r.Why, rest)
	}
}

// missed are the links of the table's policies that the subject would need and
// that cannot hold: those that ask for a value that is in the subject's token
// elsewhere.
func (b *builder) missed(s access.Subject, t *catalog.Table, cell access.Cell) []Miss {
	if t.RLS.IsNot(true) || cell.Verdict == access.Always {
		return nil
	}
	var out []Miss
	for _, r := range b.readings(t.Name) {
		for _, l := range r.broken() {
			if slices.ContainsFunc(l.impossible, func(v string) bool { return carries(s.Claims, v) }) {
				out = append(out, Miss{r.policy, l.why})
			}
		}
	}
	return out
}

// carries reports whether a claim of the token has the value.
func carries(v any, value string) bool {
	switch v := v.(type) {
	case string:
		return v == value
	case map[string]any:
		for _, x := range v {
			if carries(x, value) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(v, func(x any) bool { return carries(x, value) })
	}
	return false
}

func (b *builder) expected(s access.Subject, t *catalog.Table) (access.Verdict, bool) {
	for _, e := range b.Expect {
		if e.Subject == s.Name && e.Table == t.Name {
			return e.Select, true
		}
	}
	return "", false
}

func short(e expr.Expr) string {
	s := []rune(expr.String(e))
	if len(s) > 80 {
		return string(s[:79]) + "…"
	}
	return string(s)
}

// Outcome is what arrives of new rows, in two or three words.
func (r Receipt) Outcome() string { return Amount(r.Event().Delivery) }

// Amount is a delivery in two or three words.
func Amount(d access.Delivery) string {
	switch d {
	case access.Delivered:
		return "every row"
	case access.DeliveredByRow:
		return "some rows"
	case access.Withheld:
		return "nothing"
	case access.NotPublished:
		return "not published"
	case access.DeliveryError:
		return "error"
	}
	return "not known"
}
