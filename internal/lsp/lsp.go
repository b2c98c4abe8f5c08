// Package lsp is the language server: it judges migrations while they are
// written, with the texts of the editor in the place of those on disk.
package lsp

import (
	"context"
	"io"

	"github.com/sourcegraph/jsonrpc2"

	"policylint/inspect/static/platform"
	"policylint/rules"
)

// Options say what the server is for.
type Options struct {
	Version string // of policylint
	// Find says how the project is judged that a folder has or is in; nil when
	// there is none. It may say what it is that cannot be read.
	Find func(folder string) (*Setup, error)
}

// A Setup is how a project is judged.
type Setup struct {
	Folder    string // of migrations
	Platform  platform.Variant
	Config    *rules.Config
	Selection rules.Selection
	// Files are what the setup was read from. When one changes, it is read anew.
	Files []string
}

// Serve speaks the language server protocol until the client leaves. It reports
// whether the client asked to shut down first, as it should.
func Serve(ctx context.Context, in io.Reader, out io.Writer, o Options) (asked bool) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s := newServer(o)
	stream := jsonrpc2.NewBufferedStream(pipe{in, out}, jsonrpc2.VSCodeObjectCodec{})
	s.conn = jsonrpc2.NewConn(ctx, stream, s, jsonrpc2.SetLogger(silent{}))
	close(s.connected)
	<-s.conn.DisconnectNotify()
	stop()
	s.workers.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.phase == leaving
}

// silent drops what the library logs: that a client went away.
type silent struct{}

// Printf does nothing.
func (silent) Printf(string, ...any) {}

// pipe is the two directions as one.
type pipe struct {
	io.Reader
	io.Writer
}

// Close closes what can be closed, so that the other side notices.
func (p pipe) Close() error {
	if c, ok := p.Reader.(io.Closer); ok {
		_ = c.Close()
	}
	if c, ok := p.Writer.(io.Closer); ok {
		return c.Close()
	}
	return nil
}
