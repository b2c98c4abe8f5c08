package lsp

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
)

// round judges how things are now, and publishes what came out unless they
// changed meanwhile.
func (s *server) round(ctx context.Context) {
	s.mu.Lock()
	run, stop := context.WithCancel(ctx)
	defer stop()
	asked := s.asked
	w := world{
		roots: slices.Clone(s.roots), docs: maps.Clone(s.docs), reload: s.reload,
		units: s.units, related: s.client.related,
	}
	s.reload, s.stop = false, stop
	s.mu.Unlock()

	j, err := s.judge.judge(run, w)

	s.mu.Lock()
	old := err != nil || s.asked != asked
	s.mu.Unlock()
	if old {
		return
	}
	s.publish(ctx, j)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.latest, s.judged = j, asked
	close(s.settled)
	s.settled = make(chan struct{})
}

// publish sends the diagnostics of each file whose diagnostics changed.
func (s *server) publish(ctx context.Context, j *judgement) {
	sent := s.judge.sent
	all := map[string]publishParams{}
	for path, f := range j.files {
		p := publishParams{URI: f.uri, Diagnostics: f.diagnostics}
		if f.doc != nil {
			p.Version = &f.doc.version
		}
		all[path] = p
	}
	for path, was := range sent {
		if _, ok := all[path]; !ok && len(was.Diagnostics) > 0 {
			all[path] = publishParams{URI: was.URI}
		}
	}
	for _, path := range slices.Sorted(maps.Keys(all)) {
		p := all[path]
		if p.Diagnostics == nil {
			p.Diagnostics = []diagnostic{}
		}
		if was, ok := sent[path]; ok && equal(was, p) || !ok && len(p.Diagnostics) == 0 && p.Version == nil {
			continue
		}
		sent[path] = p
		_ = s.conn.Notify(ctx, "textDocument/publishDiagnostics", p)
	}
	for _, m := range j.messages {
		if !slices.Contains(s.judge.told, m) {
			_ = s.conn.Notify(ctx, "window/showMessage", message{Type: 1, Message: "policylint: " + m})
		}
	}
	s.judge.told = j.messages
}

func equal(a, b publishParams) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}
