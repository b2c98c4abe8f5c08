package snapshot

import "policylint/inspect/catalog"

// applied is a migration that a database has applied.
type applied struct {
	Version string  `json:"version"`
	Name    string  `json:"name"`
	Digest  *string `json:"digest"` // of the statements; null when they are not kept
}

// historyOf is null where nothing is known of the history.
func historyOf(r *catalog.Runtime) []applied {
	if r == nil || r.History == nil {
		return nil
	}
	out := []applied{}
	for _, a := range r.History.Applied {
		x := applied{Version: a.Version, Name: a.Name}
		if a.Digest != "" {
			x.Digest = &a.Digest
		}
		out = append(out, x)
	}
	return out
}

// runtimeOf has of a running database what was written of it.
func runtimeOf(kind catalog.SourceKind, history []applied) *catalog.Runtime {
	if kind != catalog.Database {
		return nil
	}
	r := &catalog.Runtime{}
	if history != nil {
		r.History = &catalog.History{}
	}
	for _, x := range history {
		a := catalog.Applied{Version: x.Version, Name: x.Name}
		if x.Digest != nil {
			a.Digest = *x.Digest
		}
		r.History.Applied = append(r.History.Applied, a)
	}
	return r
}
