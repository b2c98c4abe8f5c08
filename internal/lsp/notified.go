package lsp

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/sourcegraph/jsonrpc2"
)

// notified takes a message that wants no answer. What it does not know, or
// cannot read, it passes over.
func (s *server) notified(ctx context.Context, r *jsonrpc2.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case r.Method == "exit":
		go s.conn.Close() //nolint:errcheck // it ends the session either way
		return
	case s.phase != running:
		return
	}
	switch r.Method {
	case "initialized":
		s.begin(ctx)
	case "textDocument/didOpen":
		p, _ := params[documentParams](r)
		if s.open(p.TextDocument) {
			s.changed(true)
		}
	case "textDocument/didChange":
		if p, err := params[changeParams](r); err == nil && s.edit(p) {
			s.changed(false)
		}
	case "textDocument/didSave":
		p, _ := params[documentParams](r)
		path, _ := fromURI(p.TextDocument.URI)
		s.changed(filepath.Ext(path) != ".sql")
	case "textDocument/didClose":
		p, _ := params[documentParams](r)
		path, _ := fromURI(p.TextDocument.URI)
		delete(s.docs, path)
		s.changed(true)
	case "workspace/didChangeWatchedFiles":
		p, _ := params[watchedParams](r)
		for _, c := range p.Changes {
			path, _ := fromURI(c.URI)
			s.changed(c.Type != fileChanged || filepath.Ext(path) != ".sql")
		}
	case "workspace/didChangeWorkspaceFolders":
		p, _ := params[foldersParams](r)
		for _, f := range p.Event.Removed {
			path, _ := fromURI(f.URI)
			s.roots = slices.DeleteFunc(s.roots, func(r string) bool { return r == path })
		}
		s.add(p.Event.Added)
		s.changed(true)
	case "$/cancelRequest":
		p, _ := params[struct {
			ID jsonrpc2.ID `json:"id"`
		}](r)
		if cancel, ok := s.calls[p.ID]; ok {
			cancel()
		}
	}
}

// begin starts judging.
func (s *server) begin(ctx context.Context) {
	if s.judge.started {
		return
	}
	s.judge.started = true
	s.workers.Go(func() { s.work(ctx) })
	s.changed(true)
	if s.client.watches {
		go s.watch(ctx)
	}
}

// watch asks the client to say when files change.
func (s *server) watch(ctx context.Context) {
	type object = map[string]any
	var watchers []object
	for _, glob := range []string{"**/*.sql", "**/rules.yaml", "**/policylint-baseline.yaml", "**/supabase/config.toml"} {
		watchers = append(watchers, object{"globPattern": glob})
	}
	_ = s.conn.Call(ctx, "client/registerCapability", object{"registrations": []object{{
		"id": "policylint-files", "method": "workspace/didChangeWatchedFiles",
		"registerOptions": object{"watchers": watchers},
	}}}, nil) // a client that refuses is one that says nothing
}

// changed asks for a judgement of how things are now. The one that is being
// made is given up: the newest text wins.
func (s *server) changed(reload bool) {
	s.asked++
	s.reload = s.reload || reload
	if s.stop != nil {
		s.stop()
	}
	select {
	case s.wake <- struct{}{}:
	default: // it is awake already
	}
}

// work judges whenever something changed.
func (s *server) work(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
			s.round(ctx)
		}
	}
}
