package static

// endTemporary takes out what lived in the session only: everything in
// pg_temp. No history is kept of it.
func (r *replay) endTemporary() {
	if !r.deps.temporary {
		return
	}
	r.deps.temporary = false
	changes := len(r.cat.Changes)
	for _, e := range r.schemaContents("pg_temp") {
		_ = r.remove([]object{e.to}, true)
	}
	r.cat.Changes = r.cat.Changes[:changes]
	for n := range r.dropped {
		if n.Schema == "pg_temp" {
			delete(r.dropped, n)
		}
	}
}
