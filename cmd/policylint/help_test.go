package main

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestHelpFitsTerminal holds that the help of every command can be read in 80
// columns.
func TestHelpFitsTerminal(t *testing.T) {
	commands := []string{""}
	var root bytes.Buffer
	run([]string{"--help"}, strings.NewReader(""), &root, &root)
	_, list, _ := strings.Cut(root.String(), "Available Commands:\n")
	list, _, _ = strings.Cut(list, "\n\n")
	for line := range strings.Lines(list) {
		commands = append(commands, strings.Fields(line)[0])
	}
	if len(commands) < 10 {
		t.Fatalf("only %q", commands)
	}
	for _, name := range commands {
		var out bytes.Buffer
		if code := run(append(strings.Fields(name), "--help"), strings.NewReader(""), &out, &out); code != exitClean {
			t.Errorf("%s --help ends with %d", name, code)
		}
		for line := range strings.Lines(out.String()) {
			line = strings.TrimRight(line, "\n")
			if name == "completion" && strings.HasPrefix(line, "Use ") {
				continue // cobra's own
			}
			if n := utf8.RuneCountInString(line); n > 80 {
				t.Errorf("%s --help: %d columns: %s", name, n, line)
			}
		}
	}
}
