package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReadmeInSync runs every command that the README shows with its output,
// in a ```console block, and compares; -update rewrites the output.
func TestReadmeInSync(t *testing.T) {
	t.Chdir("../..")
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(string(text), "```")
	shown := 0
	for i, block := range parts {
		body, ok := strings.CutPrefix(block, "console\n")
		if i%2 == 0 || !ok {
			continue
		}
		var b strings.Builder
		b.WriteString("console\n")
		for line := range strings.Lines(body) {
			command, ok := strings.CutPrefix(line, "$ ")
			if !ok {
				continue
			}
			shown++
			b.WriteString(line)
			b.WriteString(output(t, strings.TrimSpace(command)))
		}
		parts[i] = b.String()
	}
	if shown == 0 {
		t.Error("README.md shows no command")
	}
	want := strings.Join(parts, "```")
	if *update {
		if err := os.WriteFile("README.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if d := cmp.Diff(want, string(text)); d != "" {
		t.Errorf("README.md is stale; run make docs (-want +got):\n%s", d)
	}
}

// output runs a command of the README. `| head -N` at its end is understood.
func output(t *testing.T, command string) string {
	t.Helper()
	command, head, cut := strings.Cut(command, " | head -")
	args, ok := strings.CutPrefix(command, "go run ./cmd/policylint ")
	if !ok {
		if args, ok = strings.CutPrefix(command, "policylint "); !ok {
			t.Fatalf("README.md shows %q, which is no call of policylint", command)
		}
	}
	var out, errs bytes.Buffer
	run(strings.Fields(args), strings.NewReader(""), &out, &errs)
	text := out.String() + errs.String()
	if cut {
		var n int
		if _, err := fmt.Sscan(head, &n); err != nil {
			t.Fatal(err)
		}
		lines := strings.SplitAfter(text, "\n")
		text = strings.Join(lines[:min(n, len(lines))], "")
	}
	return text
}
