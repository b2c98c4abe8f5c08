package live

import (
	"slices"

	"policylint/inspect/catalog"
)

// optional is a relation of the platform that is read when it is there.
type optional struct {
	read    func(*loader) error
	columns []string // those that its query names
}

var optionals = map[catalog.Name]optional{
	{Schema: "realtime", Name: "subscription"}:                 {(*loader).subscriptions, []string{"entity", "claims", "claims_role"}},
	{Schema: "storage", Name: "buckets"}:                       {(*loader).buckets, []string{"id", "public"}},
	{Schema: "supabase_migrations", Name: "schema_migrations"}: {(*loader).history, []string{"version"}},
}

// runtime reads what is no object: replication slots, statistics, who is
// subscribed, the buckets, and which migrations were applied. A relation that the
// role may not read is a gap, found out by asking first: a refused query would
// end the transaction.
func (l *loader) runtime() error {
	err := l.slots()
	if err == nil {
		err = l.statistics()
	}
	if err != nil {
		return err
	}
	var n catalog.Name
	var readable, filtered bool
	var columns []string
	var read []func(*loader) error
	err = l.each("optional", []any{&n.Schema, &n.Name, &readable, &filtered, &columns}, func() error {
		o := optionals[n]
		ref := catalog.Ref{Kind: "table", Name: n.String()}
		switch missing := slices.IndexFunc(o.columns, func(c string) bool { return !slices.Contains(columns, c) }); {
		case !readable:
			l.gap(ref, "role %s may not read it", l.cat.Source.User)
		case filtered:
			l.gap(ref, "row level security hides rows of it from role %s", l.cat.Source.User)
		case missing >= 0:
			l.gap(ref, "it has no column %s, as the platform's own has", o.columns[missing])
		default:
			read = append(read, o.read)
		}
		return nil
	})
	for _, f := range read {
		if err == nil {
			err = f(l)
		}
	}
	return err
}

// slots reads the replication slots.
func (l *loader) slots() error {
	if !l.seesSlots {
		l.gap(catalog.Ref{Kind: "view", Name: "pg_catalog.pg_replication_slots"}, "role %s may not read it", l.cat.Source.User)
		return nil
	}
	run := l.cat.Runtime
	run.Slots = []catalog.Slot{}
	var s catalog.Slot
	return l.each("slots", []any{&s.Name, &s.Database, &s.Plugin, &s.Temporary, &s.Active, &s.WALStatus, &s.Reason, &s.Retained}, func() error {
		run.Slots = append(run.Slots, s)
		return nil
	})
}

// subscriptions counts who is connected to Realtime, by table, role and the
// claims that the tokens carry.
func (l *loader) subscriptions() error {
	subs := &catalog.Subscriptions{}
	l.cat.Runtime.Subscriptions = subs
	var n catalog.Name
	var role string
	var path []string
	var count int
	return l.each("subscriptions", []any{&n.Schema, &n.Name, &role, &path, &count}, func() error {
		last := len(subs.Tables) - 1
		if len(path) == 0 {
			subs.Tables = append(subs.Tables, catalog.Subscribed{Table: n, Role: role, Count: count})
		} else if last >= 0 {
			subs.Tables[last].Claims = append(subs.Tables[last].Claims, catalog.ClaimCount{Path: path, Count: count})
		}
		return nil
	})
}

// history reads which migrations were applied.
func (l *loader) history() error {
	h := &catalog.History{}
	l.cat.Runtime.History = h
	var a catalog.Applied
	var statements []string
	return l.each("history", []any{&a.Version, &a.Name, &statements}, func() error {
		a.Digest = ""
		if statements != nil {
			a.Digest = catalog.Digest(statements...)
		}
		h.Applied = append(h.Applied, a)
		return nil
	})
}
