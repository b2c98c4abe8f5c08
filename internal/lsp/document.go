package lsp

// A document is what an editor has open. It is never changed, but replaced.
type document struct {
	uri     string // as the editor writes it
	version int
	text    string
}

// open takes in a document. It reports whether it is a file.
func (s *server) open(d textDocument) bool {
	path, ok := fromURI(d.URI)
	if ok {
		s.docs[path] = &document{d.URI, d.Version, d.Text}
	}
	return ok
}

// edit takes in changes, each of which counts from the outcome of the one
// before.
func (s *server) edit(p changeParams) bool {
	path, _ := fromURI(p.TextDocument.URI)
	d, ok := s.docs[path]
	if !ok {
		return false
	}
	now := d.text
	for _, c := range p.Changes {
		if c.Range == nil {
			now = c.Text
			continue
		}
		t := newText(now, s.units, false)
		start := t.at(c.Range.Start)
		now = now[:start] + c.Text + now[max(start, t.at(c.Range.End)):]
	}
	s.docs[path] = &document{d.uri, p.TextDocument.Version, now}
	return true
}
