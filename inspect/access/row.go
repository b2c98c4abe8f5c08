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

// TableRow is what each subject may do to the table.
func (j *Judge) TableRow(subjects []Subject, t *catalog.Table) Row {
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

// ViewRow is what each subject may read of the view.
func (j *Judge) ViewRow(subjects []Subject, v *catalog.View) Row {
	r := Row{Name: v.Name, View: v}
	for _, s := range subjects {
		r.Cells = append(r.Cells, []Cell{j.View(s, v)})
	}
	return r
}
