package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"policylint/internal/lsp/lsptest"
)

// TestLSPConfig checks rules.yaml as it is typed, and judges by it once it is
// saved; while it is wrong on disk, by the one before.
func TestLSPConfig(t *testing.T) {
	const good = "version: 1\nrules: {rls-disabled: off}\n"
	e := openEditor(t, map[string]string{m1: table, "rules.yaml": "version: 1\n"})
	e.want(m1, "0:0-0:47 rls-disabled")
	e.open("rules.yaml", "version: 1\nruls: {rls-disabled: off}\n")
	e.want("rules.yaml", "1:0-1:25")
	e.change("rules.yaml", good)
	e.want("rules.yaml")
	e.want(m1, "0:0-0:47 rls-disabled")
	e.write("rules.yaml", good)
	e.tell("didSave", "rules.yaml")
	e.want(m1)
	e.tell("didClose", "rules.yaml")
	e.write("rules.yaml", "version: 1\nrules: {rls-enabled: off}\n")
	e.open(m1, table)
	e.want(m1)
	e.want("rules.yaml", "1:8-1:25")
	e.write("rules.yaml", "version: 1\nmigrations: elsewhere\n")
	e.write("elsewhere/1.sql", "selec 1;\n")
	e.change(m1, table)
	e.want(m1)
	e.want("rules.yaml")
	e.want("elsewhere/1.sql", "0:0-0:5 syntax-error")
}

// TestLSPFaults says what has no place in a message, once.
func TestLSPFaults(t *testing.T) {
	e := openEditor(t, map[string]string{m1: table, "rules.yaml": "version: 1\nconfig_toml: none.toml\n"})
	e.open(m1, table)
	e.Settle()
	if got := e.Shown(); len(got) != 1 {
		t.Errorf("shown: %q", got)
	}
	e.write("rules.yaml", "version: 1\n")
	e.tell("didSave", "rules.yaml")
	e.want(m1, "0:0-0:47 rls-disabled")
	if err := os.RemoveAll(e.path("supabase")); err != nil {
		t.Fatal(err)
	}
	e.tell("didClose", m1)
	e.want(m1)
}

// TestLSPEmpty has nothing to say of a folder without migrations.
func TestLSPEmpty(t *testing.T) {
	e := openEditor(t, map[string]string{"supabase/migrations/.keep": "", "supabase/config.toml": "project_id = \"x\"\n"})
	if got := e.Shown(); len(got) != 0 || len(e.Published()) != 0 {
		t.Errorf("shown %q, published %+v", got, e.Published())
	}
	e.open(m1, table)
	e.want(m1, "0:0-0:47 rls-disabled")
	e.tell("didClose", m1)
	e.want(m1)
}

// TestLSPOrder refuses what comes out of order, and goes on.
func TestLSPOrder(t *testing.T) {
	e := newEditor(t, map[string]string{m1: table})
	refused := func(method string, code int) {
		t.Helper()
		_, answer := e.Request(method, lsptest.Object{})
		if a := <-answer; a.Error == nil || a.Error.Code != code {
			t.Errorf("%s: %+v, want the error %d", method, a.Error, code)
		}
	}
	refused("textDocument/hover", -32002)
	e.open(m1, table) // passed over
	e.initialize(lsptest.Object{"rootUri": e.uri("")})
	e.want(m1, "0:0-0:47 rls-disabled")
	refused("initialize", -32600)
	refused("workspace/symbol", -32601)
	e.Notify("$/setTrace", lsptest.Object{"value": "off"})
	e.Notify("textDocument/didChange", lsptest.Object{"textDocument": lsptest.Object{"uri": e.uri("none.sql"), "version": 2}, "contentChanges": []any{}})
	e.Notify("textDocument/didOpen", []int{1})
	e.Notify("$/cancelRequest", lsptest.Object{"id": 99})
	_, answer := e.Request("textDocument/hover", []int{1})
	if a := <-answer; a.Error == nil || a.Error.Code != -32602 {
		t.Errorf("wrong parameters: %+v", a.Error)
	}
	e.Call("shutdown", nil, nil)
	refused("textDocument/hover", -32600)
	e.Notify("exit", nil)
	e.Wait()
	if *e.code != exitClean {
		t.Errorf("exit code %d after shutdown", *e.code)
	}
}

// TestLSPLeaves ends when the client does.
func TestLSPLeaves(t *testing.T) {
	for name, leave := range map[string]func(*editor){
		"exit":    func(e *editor) { e.Notify("exit", nil) },
		"close":   func(e *editor) { e.Close() },
		"garbage": func(e *editor) { e.Raw("Content-Length: 3\r\n\r\n{]}") },
	} {
		t.Run(name, func(t *testing.T) {
			e := openEditor(t, map[string]string{m1: table})
			leave(e)
			e.Wait()
			if *e.code != 1 {
				t.Errorf("exit code %d, the protocol demands 1", *e.code)
			}
		})
	}
}

// TestLSPProcess starts the command as an editor does.
func TestLSPProcess(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "policylint")
	if out, err := exec.Command("go", "build", "-trimpath", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("build the command: %v\n%s", err, out)
	}
	e := &editor{t: t, dir: t.TempDir(), versions: map[string]int{}}
	e.write(m1, table)
	cmd := exec.Command(bin, "lsp")
	cmd.Stderr = os.Stderr
	e.Client = lsptest.StartProcess(t, cmd)
	e.initialize(lsptest.Object{"rootUri": e.uri("")})
	e.want(m1, "0:0-0:47 rls-disabled")
	e.Call("shutdown", nil, nil)
	e.Notify("exit", nil)
	e.Wait()
	if code := cmd.ProcessState.ExitCode(); code != exitClean {
		t.Errorf("exit code %d", code)
	}
}
