package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"policylint/rules"
)

// Rules lists the rules for people, one a line, by category.
func Rules(w io.Writer, all []*rules.Rule, color bool) error {
	out, p := bufio.NewWriter(w), palette{color}
	wide := 0
	for _, r := range all {
		wide = max(wide, len(r.ID))
	}
	for i, category := range Categories(all) {
		if i > 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintln(out, p.bold(category))
		for _, r := range all {
			if r.Category == category {
				fmt.Fprintf(out, "  %-*s  %s  %s\n", wide, r.ID, p.severity(fmt.Sprintf("%-7s", r.Severity), r.Severity), r.Title)
			}
		}
	}
	return out.Flush()
}

// Categories lists the categories of rules in the order in which reports and
// pages show them; any other comes after these, by name.
func Categories(all []*rules.Rule) []string {
	order := []string{"realtime", "identity", "rls", "access", "claims", "hook", "grants", "functions", "exposure", "schema", "migrations", "project", "drift", rules.CustomCategory}
	has := map[string]bool{}
	for _, r := range all {
		has[r.Category] = true
	}
	var out []string
	for _, c := range order {
		if has[c] {
			out = append(out, c)
			delete(has, c)
		}
	}
	for _, r := range all {
		if has[r.Category] {
			out = append(out, r.Category)
			delete(has, r.Category)
		}
	}
	return out
}

type jsonRule struct {
	ID         string   `json:"id"`
	Category   string   `json:"category"`
	Title      string   `json:"title"`
	Severity   string   `json:"severity"`
	Default    bool     `json:"on_by_default"`
	Needs      []string `json:"needs"`
	Why        string   `json:"why"`
	Fix        string   `json:"fix"`
	References []string `json:"references"`
}

// RulesJSON lists the rules for programs.
func RulesJSON(w io.Writer, all []*rules.Rule) error {
	out := struct {
		Version int        `json:"version"`
		Rules   []jsonRule `json:"rules"`
	}{Version, []jsonRule{}}
	for _, r := range all {
		out.Rules = append(out.Rules, jsonRule{
			r.ID, r.Category, r.Title, r.Severity.String(), r.Severity > rules.Info, r.Needs.List(),
			strings.TrimSpace(r.Why), strings.TrimSpace(r.Fix), append([]string{}, r.Refs...),
		})
	}
	return writeJSON(w, out)
}
