package access

import "policylint/inspect/catalog"

// A Row of the matrix is one table, or one view, which can only be read.
type Row struct {
	Name  catalog.Name
	Table *catalog.Table // nil for a view
	View  *catalog.View  // nil for a table
	// Cells are by subject, in order, and then by command, in the order of
	// Commands; a view has the first command only.
	Cells [][]Cell
	// Realtime is by subject; nil for a view.
	Realtime []Realtime
}

// Published reports whether Realtime lists the table for anybody.
func (r *Row) Published() bool {
	for _, x := range r.Realtime {
		for _, e := range []Event{x.Insert, x.Update, x.Delete} {
			if e.Delivery != NotPublished {
				return true
			}
		}
	}
	return false
}

// TableRow is what each subject may do to the table, and what Realtime delivers
// while all of them are subscribed to it: an error that one of them meets ends
// the poll for all (supabase/realtime: realtime.list_changes).
func (j *Judge) TableRow(subjects []Subject, t *catalog.Table) Row {
	r := j.AloneRow(subjects, t)
	for _, of := range []func(*Realtime) *Event{func(x *Realtime) *Event { return &x.Insert }, func(x *Realtime) *Event { return &x.Update }} {
		for n, s := range subjects {
			if e := *of(&r.Realtime[n]); e.Delivery == DeliveryError && e.Raise != nil {
				for k := range r.Realtime {
					of(&r.Realtime[k]).lose(s, e)
				}
				break
			}
		}
	}
	return r
}

// lose is an event that is not delivered because of another subscriber's error.
func (e *Event) lose(s Subject, cause Event) {
	switch e.Delivery {
	case Delivered, DeliveredByRow, Withheld:
		*e = Event{Delivery: DeliveryError, Error: cause.Error, Because: "lost with the whole batch as soon as " + s.Name + " is subscribed: " + cause.Because, Origin: cause.Origin}
	}
}

// AloneRow is the same for each subject by itself, while none of the others is
// subscribed.
func (j *Judge) AloneRow(subjects []Subject, t *catalog.Table) Row {
	r := Row{Name: t.Name, Table: t}
	for _, s := range subjects {
		var cells []Cell
		for _, c := range Commands {
			cells = append(cells, j.Cell(s, t, c))
		}
		r.Cells = append(r.Cells, cells)
		r.Realtime = append(r.Realtime, j.Realtime(s, t))
	}
	return r
}

// Only leaves the subjects in the row that are asked for, by their index.
func (r *Row) Only(subjects []int) {
	cells, events := r.Cells, r.Realtime
	r.Cells, r.Realtime = nil, nil
	for _, n := range subjects {
		r.Cells = append(r.Cells, cells[n])
		if events != nil {
			r.Realtime = append(r.Realtime, events[n])
		}
	}
}

// ViewRow is what each subject may read of the view.
func (j *Judge) ViewRow(subjects []Subject, v *catalog.View) Row {
	r := Row{Name: v.Name, View: v}
	for _, s := range subjects {
		r.Cells = append(r.Cells, []Cell{j.View(s, v)})
	}
	return r
}
