package main

import (
	"strings"
	"testing"
)

// TestHelpDesk holds the story that the README tells: the broken application has
// its faults, and the fixed one is silent under every rule there is.
func TestHelpDesk(t *testing.T) {
	const folder = "../../migrations-fixtures/helpdesk/"
	if code, out := bare(t, "lint", folder+"fixed", "--config", "../../rules.yaml", "--preset", "audit", "--fail-on", "info"); code != exitClean || !strings.HasPrefix(out, "No problems") {
		t.Errorf("fixed ends with %d\n%s", code, out)
	}
	code, out := bare(t, "lint", folder+"broken", "--config", "../../rules.yaml")
	if code != exitFindings {
		t.Errorf("broken ends with %d", code)
	}
	for _, rule := range []string{"table-not-published", "replica-identity-reset-later", "root-role-claim-as-app-role", "claim-never-written", "hook-callable-by-clients"} {
		if !strings.Contains(out, "rule: "+rule+" ") {
			t.Errorf("broken has no %s\n%s", rule, out)
		}
	}
}
