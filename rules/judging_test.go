package rules_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestJudging holds that a rule which asks the judge of access says so: else
// the judge would work out twice what two such rules ask.
func TestJudging(t *testing.T) {
	files, err := filepath.Glob("*/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no rules: %v", err)
	}
	asks := regexp.MustCompile(`p\.(Access|Stops|StopsRealtime)\(`)
	said := regexp.MustCompile(`\n\tAccess: +true,`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), "rules.Register(") {
			continue
		}
		if asks.Match(text) != said.Match(text) {
			t.Errorf("%s: asks the judge of access: %t, says so: %t", file, asks.Match(text), said.Match(text))
		}
	}
}
