package main

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/internal/lsp/lsptest"
)

// editor is a session with `policylint lsp` on a folder.
type editor struct {
	*lsptest.Client
	t        *testing.T
	dir      string
	code     *int // the exit code, once the server has left
	versions map[string]int
}

// openEditor writes files, and opens their folder.
func openEditor(t *testing.T, files map[string]string) *editor {
	t.Helper()
	e := newEditor(t, files)
	e.initialize(lsptest.Object{"workspaceFolders": []lsptest.Object{{"uri": e.uri(""), "name": "x"}}})
	e.Settle()
	return e
}

func newEditor(t *testing.T, files map[string]string) *editor {
	e := &editor{t: t, dir: t.TempDir(), code: new(int), versions: map[string]int{}}
	e.write(".git/HEAD", "")
	for name, text := range files {
		e.write(name, text)
	}
	e.Client = lsptest.Start(t, func(in io.Reader, out io.Writer) {
		var errs strings.Builder
		*e.code = run([]string{"lsp"}, in, out, &errs)
		if errs.Len() > 0 {
			t.Errorf("standard error: %s", &errs)
		}
	})
	return e
}

func (e *editor) initialize(params lsptest.Object) {
	e.t.Helper()
	if params["capabilities"] == nil {
		params["capabilities"] = lsptest.Object{"textDocument": lsptest.Object{"publishDiagnostics": lsptest.Object{"relatedInformation": true}}}
	}
	e.Call("initialize", params, nil)
	e.Notify("initialized", lsptest.Object{})
}

func (e *editor) path(name string) string { return filepath.Join(e.dir, filepath.FromSlash(name)) }

func (e *editor) uri(name string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(e.path(name))}).String()
}

func (e *editor) write(name, text string) {
	e.t.Helper()
	if err := os.MkdirAll(filepath.Dir(e.path(name)), 0o755); err != nil {
		e.t.Fatal(err)
	}
	if err := os.WriteFile(e.path(name), []byte(text), 0o644); err != nil {
		e.t.Fatal(err)
	}
}

// open opens a document, and change replaces its text.
func (e *editor) open(name, text string) {
	e.versions[name] = 1
	e.Notify("textDocument/didOpen", lsptest.Object{"textDocument": lsptest.Object{"uri": e.uri(name), "languageId": "sql", "version": 1, "text": text}})
}

func (e *editor) change(name, text string) {
	e.versions[name]++
	e.Notify("textDocument/didChange", lsptest.Object{
		"textDocument":   lsptest.Object{"uri": e.uri(name), "version": e.versions[name]},
		"contentChanges": []lsptest.Object{{"text": text}},
	})
}

func (e *editor) tell(method, name string) {
	e.Notify("textDocument/"+method, lsptest.Object{"textDocument": lsptest.Object{"uri": e.uri(name)}})
}

// want demands what is shown of a file: a line for each diagnostic, as
// line:column-line:column code.
func (e *editor) want(name string, want ...string) {
	e.t.Helper()
	e.Settle()
	got := []string{}
	for _, d := range e.Of(e.uri(name)).Diagnostics {
		got = append(got, strings.TrimSpace(fmt.Sprintf("%d:%d-%d:%d %s", d.Range.Start.Line, d.Range.Start.Character, d.Range.End.Line, d.Range.End.Character, d.Code)))
	}
	if d := cmp.Diff(append([]string{}, want...), got); d != "" {
		e.t.Errorf("%s: (-want +got):\n%s\n%+v", name, d, e.Of(e.uri(name)).Diagnostics)
	}
}

const (
	m1 = "supabase/migrations/20250101000000_a.sql"
	m2 = "supabase/migrations/20250102000000_b.sql"

	table  = "create table public.notes (id uuid primary key);\n"
	secure = "alter table public.notes enable row level security;\n"
)

func TestLSPDiagnostics(t *testing.T) {
	e := openEditor(t, map[string]string{m1: table})
	e.want(m1, "0:0-0:47 rls-disabled")
	if p := e.Of(e.uri(m1)); p.Version != nil || p.Diagnostics[0].Severity != 1 || p.Diagnostics[0].Source != "policylint" || p.Diagnostics[0].Message == "" {
		t.Errorf("published %+v", p)
	}

	// What is typed counts, and so does a file that is not on disk yet.
	e.open(m1, table)
	e.want(m1, "0:0-0:47 rls-disabled")
	e.change(m1, "-- über\n"+table+secure)
	e.want(m1, "2:0-2:50 rls-without-policies")
	if v := e.Of(e.uri(m1)).Version; v == nil || *v != 2 {
		t.Errorf("version %v is published, want 2", v)
	}
	e.open(m2, "drop table public.notes;\nselec 1;\n")
	e.want(m2, "1:0-1:5 syntax-error")
	e.want(m1)

	// Closed, a file is again what it is on disk.
	e.tell("didClose", m2)
	e.want(m2)
	e.tell("didClose", m1)
	e.want(m1, "0:0-0:47 rls-disabled")
}

func TestLSPIncremental(t *testing.T) {
	e := openEditor(t, map[string]string{m1: ""})
	e.open(m1, "/* 🦉 */ selec 1;\r\n"+strings.ReplaceAll(table, "\n", "\r\n"))
	e.want(m1, "0:9-0:14 syntax-error", "1:0-1:47 rls-disabled")
	edit := func(line, from, to int, text string) lsptest.Object {
		return lsptest.Object{"range": lsptest.Range{Start: lsptest.Position{Line: line, Character: from}, End: lsptest.Position{Line: line, Character: to}}, "text": text}
	}
	e.Notify("textDocument/didChange", lsptest.Object{
		"textDocument":   lsptest.Object{"uri": e.uri(m1), "version": 7},
		"contentChanges": []lsptest.Object{edit(0, 14, 14, "t"), edit(1, 999, 999, "\r\nselect '🦉'; selec 2;")},
	})
	e.want(m1, "1:0-1:47 rls-disabled", "2:13-2:18 syntax-error")
}

// TestLSPEncodings counts in what the client offers.
func TestLSPEncodings(t *testing.T) {
	for offered, want := range map[string]string{
		"": "0:13-0:18 syntax-error", "utf-8": "0:15-0:20 syntax-error", "utf-32": "0:12-0:17 syntax-error",
		"ebcdic,utf-16": "0:13-0:18 syntax-error",
	} {
		e := newEditor(t, map[string]string{m1: "select '🦉'; selec 2;\n"})
		caps := lsptest.Object{}
		if offered != "" {
			caps["general"] = lsptest.Object{"positionEncodings": strings.Split(offered, ",")}
		}
		e.initialize(lsptest.Object{"rootUri": e.uri(""), "capabilities": caps})
		e.want(m1, want)
	}
}

// TestLSPOnDisk shows files as an editor will: without a byte order mark, and
// decoded.
func TestLSPOnDisk(t *testing.T) {
	e := openEditor(t, map[string]string{
		m1: "\uFEFFselec 1;\n",
		m2: "\xFF\xFE" + strings.Join(strings.Split("selec 2;", ""), "\x00") + "\x00",
	})
	e.want(m1, "0:0-0:5 syntax-error")
	e.want(m2, "0:0-0:0 migration-fails", "0:0-0:5 syntax-error")
	e.open(m2, " selec 2;") // the editor will write UTF-16 again
	e.want(m2, "0:0-0:0 migration-fails", "0:1-0:6 syntax-error")
}

// TestLSPFilesChange creates, renames and deletes files behind the server's
// back; some clients say so, others do not.
func TestLSPFilesChange(t *testing.T) {
	e := newEditor(t, map[string]string{m1: table})
	e.initialize(lsptest.Object{"rootPath": e.dir, "capabilities": lsptest.Object{"workspace": lsptest.Object{
		"didChangeWatchedFiles": lsptest.Object{"dynamicRegistration": true}}}})
	e.want(m1, "0:0-0:47 rls-disabled")
	watched := func(name string, kind int) {
		e.Notify("workspace/didChangeWatchedFiles", lsptest.Object{"changes": []lsptest.Object{{"uri": e.uri(name), "type": kind}}})
	}
	e.write(m2, secure+"selec 1;\n")
	watched(m2, 1)
	e.want(m2, "0:0-0:50 rls-without-policies", "1:0-1:5 syntax-error")
	e.want(m1)
	e.write(m2, "selec 22;\n")
	watched(m2, 2)
	e.want(m2, "0:0-0:5 syntax-error")
	if err := os.Remove(e.path(m2)); err != nil {
		t.Fatal(err)
	}
	watched(m2, 3)
	e.want(m2)
	e.want(m1, "0:0-0:47 rls-disabled")
	renamed := "supabase/migrations/20250103000000_c.sql"
	if err := os.Rename(e.path(m1), e.path(renamed)); err != nil {
		t.Fatal(err)
	}
	e.open("README.md", "not told of, seen with the next message")
	e.want(m1)
	e.want(renamed, "0:0-0:47 rls-disabled")
	if got := e.Asked(); len(got) != 1 || got[0] != "client/registerCapability" {
		t.Errorf("the server asked for %v", got)
	}
}

// TestLSPFolders has two projects in one workspace and a third by the document
// that is open, and files that are no migrations.
func TestLSPFolders(t *testing.T) {
	e := newEditor(t, map[string]string{
		"one/" + m1: table, "two/migrations/1.sql": table, "three/.git/HEAD": "", "three/migrations/1.sql": table,
		"query.sql": "selec", "one/" + strings.Replace(m1, "20250101000000", "notes", 1): "selec",
	})
	e.initialize(lsptest.Object{"workspaceFolders": []lsptest.Object{{"uri": e.uri("one")}, {"uri": "untitled:x"}}})
	e.want("one/"+m1, "0:0-0:47 rls-disabled")
	e.want("two/migrations/1.sql")
	e.Notify("workspace/didChangeWorkspaceFolders", lsptest.Object{"event": lsptest.Object{
		"added": []lsptest.Object{{"uri": e.uri("two")}}, "removed": []lsptest.Object{{"uri": e.uri("one")}}}})
	e.want("one/" + m1)
	e.want("two/migrations/1.sql", "0:0-0:47 rls-disabled")
	e.open("three/migrations/1.sql", table)
	e.want("three/migrations/1.sql", "0:0-0:47 rls-disabled")
	e.open("query.sql", "selec")
	e.want("query.sql")
	left := "one/" + strings.Replace(m1, "20250101000000", "notes", 1)
	e.open(left, "selec")
	e.want(left, "0:0-0:0") // it says that it is not replayed
	e.tell("didClose", "three/migrations/1.sql")
	e.want("three/migrations/1.sql")
}
