package lsp_test

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"policylint/internal/lsp"
	"policylint/internal/lsp/lsptest"
	"policylint/rules"
)

// TestCancelled cancels a request that waits for a judgement, and answers the
// one behind it.
func TestCancelled(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "1.sql")
	if err := os.WriteFile(file, []byte("selec 1;\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	let := make(chan struct{})
	open := sync.OnceFunc(func() { close(let) })
	defer open()
	c := workspace(t, folder, lsp.Options{Find: func(string) (*lsp.Setup, error) {
		<-let // a project that takes its time
		return &lsp.Setup{Folder: folder, Config: &rules.Config{}}, nil
	}})
	params := lsptest.Object{"textDocument": lsptest.Object{"uri": "file://" + filepath.ToSlash(file)}, "position": lsptest.Position{}}
	id, cancelled := c.Request("textDocument/hover", params)
	_, answered := c.Request("textDocument/hover", params)
	c.Notify("$/cancelRequest", lsptest.Object{"id": id})
	if a := <-cancelled; a.Error == nil || a.Error.Code != -32800 {
		t.Errorf("the cancelled request: %+v", a)
	}
	open()
	if a := <-answered; a.Error != nil || string(a.Result) == "null" {
		t.Errorf("the other: %+v", a)
	}
}

// TestNewestWins types while the server judges: what it publishes is for the
// newest text, and it does not judge every text between.
func TestNewestWins(t *testing.T) {
	folder := t.TempDir()
	uri := "file://" + filepath.ToSlash(filepath.Join(folder, "1.sql"))
	searched, let := make(chan struct{}), make(chan struct{})
	calls := 0
	c := workspace(t, folder, lsp.Options{Find: func(string) (*lsp.Setup, error) {
		if calls++; calls == 1 {
			close(searched)
			<-let
		}
		return &lsp.Setup{Folder: folder, Config: &rules.Config{}}, nil
	}})
	<-searched
	c.Notify("textDocument/didOpen", lsptest.Object{"textDocument": lsptest.Object{"uri": uri, "version": 1, "text": "selec 1;"}})
	for i := 2; i < 50; i++ {
		c.Notify("textDocument/didChange", lsptest.Object{"textDocument": lsptest.Object{"uri": uri, "version": i}, "contentChanges": []lsptest.Object{{"text": "selec 1;"}}})
	}
	// Answered at once, so what was sent before it has been taken in.
	_, known := c.Request("textDocument/unknown", nil)
	<-known
	close(let)
	c.Settle()
	if p := c.Of(uri); p.Version == nil || *p.Version != 49 || len(p.Diagnostics) != 1 {
		t.Errorf("published %+v", p)
	}
	if n := c.Count(uri); n != 1 {
		t.Errorf("published %d times", n)
	}
}

// TestBroken survives a search that fails, and says why once.
func TestBroken(t *testing.T) {
	c := workspace(t, t.TempDir(), lsp.Options{Find: func(string) (*lsp.Setup, error) { return nil, errors.New("no luck") }})
	c.Settle()
	c.Notify("workspace/didChangeWatchedFiles", lsptest.Object{"changes": []lsptest.Object{{"uri": "file:///x.sql", "type": 1}}})
	c.Settle()
	if got := c.Shown(); len(got) != 1 || got[0] != "policylint: no luck" {
		t.Errorf("shown: %q", got)
	}
}
