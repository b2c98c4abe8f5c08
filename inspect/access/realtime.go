package access

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

// Realtime is what Realtime does with changes of the table for the subject,
// once it is subscribed to the table without a filter (Supabase docs: Postgres
// Changes; supabase/realtime: realtime.apply_rls).
func (j *Judge) Realtime(s Subject, t *catalog.Table) Realtime {
	a := j.asks(s)
	if e, done := a.unsubscribed(t); done {
		return Realtime{e, e, e}
	}
	out := Realtime{Insert: a.written(t), Delete: Event{Delivery: Delivered, Because: "row level security is not applied to deletes", Origin: t.RLS.Origin}}
	if t.RLS.Is(false) {
		out.Delete.Because = "row level security is off"
	}
	out.Update = out.Insert
	if e, broken := unwritable(t); broken {
		out.Update, out.Delete = e, e
	}
	pub, _ := j.cat.Publications.Get(j.publication)
	for _, x := range []struct {
		event *Event
		on    bool
		name  string
	}{
		{&out.Insert, pub.Publish.Value.Insert, "inserts"}, {&out.Update, pub.Publish.Value.Update, "updates"},
		{&out.Delete, pub.Publish.Value.Delete, "deletes"},
	} {
		switch {
		case !pub.Publish.Known:
			*x.event = Event{Delivery: DeliveryNotKnown, Because: "which actions " + pub.Name + " publishes is not known", Origin: pub.Publish.Origin}
		case !x.on:
			*x.event = Event{Delivery: NotPublished, Because: "publication " + pub.Name + " does not publish " + x.name, Origin: pub.Publish.Origin}
		}
	}
	return out
}

// unsubscribed is what happens to all events where a subscription brings
// nothing.
func (a *asker) unsubscribed(t *catalog.Table) (Event, bool) {
	c := a.judge.cat
	pub, ok := c.Publications.Get(a.judge.publication)
	switch {
	case !ok:
		return Event{Delivery: NotPublished, Because: "there is no publication " + a.judge.publication}, true
	case pub.Unsure.Any(catalog.Existence):
		return Event{Delivery: DeliveryNotKnown, Because: "whether publication " + pub.Name + " exists is not known", Origin: pub.Origin}, true
	}
	listed := c.Publishes(pub, t)
	switch {
	case !listed.Known:
		return Event{Delivery: DeliveryNotKnown, Because: "whether " + t.Name.String() + " is published is not known", Origin: listed.Origin}, true
	case !listed.Value:
		return Event{Delivery: NotPublished, Because: t.Name.String() + " is not in publication " + pub.Name, Origin: listed.Origin}, true
	case t.Kind == catalog.Partitioned && pub.ViaRoot.IsNot(true):
		return Event{Delivery: NotPublished, Because: "the publication lists its partitions, not the partitioned table", Origin: listed.Origin}, true
	case t.Kind == catalog.Partitioned:
		return Event{Delivery: Withheld, Because: "with publish_via_partition_root the changes carry the partition's name, and match no subscription", Origin: pub.ViaRoot.Origin}, true
	case t.PartitionOf != (catalog.Name{}) && pub.ViaRoot.Is(true):
		if _, own := pub.Member(t.Name); !own {
			return Event{Delivery: NotPublished, Because: "with publish_via_partition_root the publication lists the partitioned table only", Origin: pub.ViaRoot.Origin}, true
		}
	}
	if state, why := a.noRole(); why != "" && state != "42501" {
		return Event{Delivery: DeliveryError, Error: why + " (" + state + ")", Because: "the subscription fails: " + why, Origin: a.subject.Origin}, true
	}
	return Event{}, false
}

// written is what becomes of an insert, or of an update's new row.
func (a *asker) written(t *catalog.Table) Event {
	c := a.judge.cat
	fail := func(message, because string, at catalog.Origin) Event {
		return Event{Delivery: DeliveryError, Error: message, Because: because, Origin: at}
	}
	if t.Unsure.Any(catalog.Keys | catalog.Columns) {
		return Event{Delivery: DeliveryNotKnown, Because: "whether " + t.Name.String() + " has a primary key is not known", Origin: t.Origin}
	}
	if t.PrimaryKey == nil {
		return fail("Error 400: Bad Request, no primary key", t.Name.String()+" has no primary key", t.Origin)
	}
	for _, col := range t.PrimaryKey.Columns {
		switch may := c.MayColumn(a.role, t, col, catalog.Select); {
		case !may.Known:
			return Event{Delivery: DeliveryNotKnown, Because: "the privileges of " + a.role + " on " + t.Name.String() + " are not known", Origin: t.Origin}
		case !may.Value:
			return fail("Error 401: Unauthorized", a.role+" may not select the primary key column "+col, t.Origin)
		}
	}
	switch {
	case !t.RLS.Known:
		return Event{Delivery: DeliveryNotKnown, Because: "whether row level security is on is not known", Origin: t.RLS.Origin}
	case !t.RLS.Value:
		return Event{Delivery: Delivered, Because: "row level security is off", Origin: t.RLS.Origin}
	}
	if usage := c.MayUseSchema(a.role, t.Name.Schema); usage.IsNot(true) {
		message := "permission denied for schema " + t.Name.Schema
		e := fail(message+" (42501)", message+" for "+a.role+": it ends the poll, and nobody receives the batch", usage.Origin)
		e.Raise = &Raise{SQLState: "42501", Message: message, Origin: usage.Origin}
		return e
	}
	cell := Cell{Command: catalog.ForSelect}
	a.decide(&cell, t, []step{{catalog.ForSelect, using}})
	e := Event{Because: cell.Because, Raise: cell.Raise, Origin: cell.Origin}
	switch {
	case cell.Raise != nil && !cell.Raise.Possible:
		e.Delivery, e.Error = DeliveryError, cell.Raise.Message+" ("+cell.Raise.SQLState+")"
		e.Because += ": it ends the poll, and nobody receives the batch"
	case cell.Verdict == Always:
		e.Delivery = Delivered
	case cell.Verdict == Never:
		e.Delivery = Withheld
	case cell.Verdict == Rows:
		e.Delivery = DeliveredByRow
	default:
		e.Delivery = DeliveryNotKnown
	}
	return e
}

// unwritable is what becomes of updates and deletes where the replica identity
// makes the writes themselves fail (PostgreSQL docs 31.1).
func unwritable(t *catalog.Table) (Event, bool) {
	works := t.ReplicaIdentityWorks()
	switch {
	case !works.Known:
		return Event{Delivery: DeliveryNotKnown, Because: "the replica identity of " + t.Name.String() + " is not known", Origin: works.Origin}, true
	case works.Value:
		return Event{}, false
	}
	message := "cannot update table " + quoted(t.Name.Name) + " because it does not have a replica identity and publishes updates (55000)"
	return Event{Delivery: DeliveryError, Error: message, Because: "the write itself fails: replica identity " + t.Identity.Value.String() + " does not identify rows", Origin: works.Origin}, true
}

// Raises are the errors that policies of the table are sure, or able, to end
// with when the subject runs the command, in order of policy.
func (j *Judge) Raises(s Subject, t *catalog.Table, command catalog.Command) []Raise {
	p := j.asks(s).pass(t, command, using)
	found := []*Raise{p.raise}
	for _, list := range [][]judged{p.restrictive, p.permissive} {
		for _, x := range list {
			found = append(found, x.raise)
		}
	}
	var out []Raise
	for _, r := range found {
		if r != nil && r.Policy != nil && !slices.ContainsFunc(out, func(x Raise) bool { return x.Policy == r.Policy && x.SQLState == r.SQLState }) {
			out = append(out, *r)
		}
	}
	slices.SortStableFunc(out, func(x, y Raise) int { return strings.Compare(x.Policy.Name, y.Policy.Name) })
	return out
}
