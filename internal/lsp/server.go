package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"github.com/sourcegraph/jsonrpc2"
)

// phase is how far a session is.
type phase int

const (
	waiting phase = iota // for initialize
	running
	leaving // after shutdown
)

// server is one session with a client. One goroutine reads its messages, in
// order; another judges; each request that has to wait for a judgement has its
// own.
type server struct {
	options   Options
	conn      *jsonrpc2.Conn
	connected chan struct{} // closed when conn is there
	workers   sync.WaitGroup

	mu      sync.Mutex // guards all below
	phase   phase
	client  client
	units   encoding
	roots   []string             // folders of the workspace
	docs    map[string]*document // open, by path
	reload  bool                 // projects may be others, or judged otherwise
	asked   uint64               // counts what changed
	judged  uint64               // up to which change there is a judgement
	wake    chan struct{}        // something changed
	settled chan struct{}        // closed and made anew with each judgement
	stop    context.CancelFunc   // ends the judgement that is being made
	calls   map[jsonrpc2.ID]context.CancelFunc
	latest  *judgement

	judge *judge // the judging goroutine's own
}

// client is what the client can do.
type client struct{ markdown, related, watches bool }

func newServer(o Options) *server {
	return &server{
		options: o, connected: make(chan struct{}), units: utf16Units,
		docs: map[string]*document{}, calls: map[jsonrpc2.ID]context.CancelFunc{},
		wake: make(chan struct{}, 1), settled: make(chan struct{}),
		latest: &judgement{}, judge: newJudge(o.Find),
	}
}

// Handle takes one message. It returns at once, so that the next can be read.
func (s *server) Handle(ctx context.Context, conn *jsonrpc2.Conn, r *jsonrpc2.Request) {
	<-s.connected
	if r.Notif {
		s.notified(ctx, r)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case r.Method == "initialize" && s.phase == waiting:
		s.answer(ctx, r, func() (any, error) { return s.initialize(params[initializeParams](r)) })
	case s.phase == waiting:
		s.refuse(ctx, r, codeNotInitialized, "initialize comes first")
	case s.phase == leaving || r.Method == "initialize":
		s.refuse(ctx, r, jsonrpc2.CodeInvalidRequest, r.Method+" is out of place here")
	case r.Method == "shutdown":
		s.phase = leaving
		s.answer(ctx, r, func() (any, error) { return nil, nil })
	case r.Method == "textDocument/hover":
		later(ctx, s, r, s.hover)
	case r.Method == "textDocument/codeAction":
		later(ctx, s, r, s.actions)
	default:
		s.refuse(ctx, r, jsonrpc2.CodeMethodNotFound, r.Method+" is not known")
	}
}

func (s *server) initialize(p initializeParams, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	c := p.Capabilities
	s.phase, s.units = running, choose(c.General.PositionEncodings)
	format := c.TextDocument.Hover.ContentFormat
	s.client = client{
		markdown: len(format) == 0 || slices.Contains(format, "markdown"),
		related:  c.TextDocument.PublishDiagnostics.RelatedInformation,
		watches:  c.Workspace.DidChangeWatchedFiles.DynamicRegistration,
	}
	folders := p.WorkspaceFolders
	switch {
	case len(folders) > 0:
	case p.RootURI != "":
		folders = []folder{{p.RootURI}}
	case p.RootPath != "":
		folders = []folder{{toURI(p.RootPath)}}
	}
	s.add(folders)
	type object = map[string]any
	return object{
		"capabilities": object{
			"positionEncoding":   s.units,
			"textDocumentSync":   object{"openClose": true, "change": 2, "save": object{"includeText": false}},
			"hoverProvider":      true,
			"codeActionProvider": object{"codeActionKinds": []string{quickFix}},
			"workspace":          object{"workspaceFolders": object{"supported": true, "changeNotifications": true}},
		},
		"serverInfo": object{"name": "policylint", "version": s.options.Version},
	}, nil
}

func (s *server) add(folders []folder) {
	for _, f := range folders {
		if path, ok := fromURI(f.URI); ok && !slices.Contains(s.roots, path) {
			s.roots = append(s.roots, path)
		}
	}
}

// params reads the parameters of a message.
func params[P any](r *jsonrpc2.Request) (p P, err error) {
	if r.Params != nil {
		err = json.Unmarshal(*r.Params, &p)
	}
	if err != nil {
		err = &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: r.Method + ": " + err.Error()}
	}
	return p, err
}

// later answers a request when everything that came before it is judged, or
// says that it was cancelled. The caller holds the lock, as does f.
func later[P any](ctx context.Context, s *server, r *jsonrpc2.Request, f func(P) any) {
	p, err := params[P](r)
	if err != nil {
		s.answer(ctx, r, func() (any, error) { return nil, err })
		return
	}
	since := s.asked
	wait, cancel := context.WithCancel(ctx)
	s.calls[r.ID] = cancel
	s.workers.Go(func() {
		defer cancel()
		s.mu.Lock()
		defer s.mu.Unlock()
		for s.judged < since && wait.Err() == nil {
			settled := s.settled
			s.mu.Unlock()
			select {
			case <-settled:
			case <-wait.Done():
			}
			s.mu.Lock()
		}
		delete(s.calls, r.ID)
		if wait.Err() != nil {
			s.refuse(ctx, r, codeCancelled, "cancelled")
			return
		}
		s.answer(ctx, r, func() (any, error) { return f(p), nil })
	})
}

// answer sends what f returns. A fault of the server's own ends the request,
// not the session.
func (s *server) answer(ctx context.Context, r *jsonrpc2.Request, f func() (any, error)) {
	result, err := func() (result any, err error) {
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("%s stopped on a fault of policylint's own, please report it: %v", r.Method, p)
			}
		}()
		return f()
	}()
	if e, ok := err.(*jsonrpc2.Error); ok {
		s.refuse(ctx, r, e.Code, e.Message)
	} else if err != nil {
		s.refuse(ctx, r, jsonrpc2.CodeInternalError, err.Error())
	} else {
		_ = s.conn.Reply(ctx, r.ID, result) // it fails when the client went away
	}
}

func (s *server) refuse(ctx context.Context, r *jsonrpc2.Request, code int64, why string) {
	_ = s.conn.ReplyWithError(ctx, r.ID, &jsonrpc2.Error{Code: code, Message: "policylint: " + why})
}
