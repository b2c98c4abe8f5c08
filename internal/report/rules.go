package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"policylint/internal/jsonout"
	"policylint/rules"
)

// Rules lists the rules for people, one a line, by category, with the preset
// that each needs; none stands for the default.
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
		for _, r := range rules.InCategory(all, category) {
			preset := ""
			if r.Preset() > rules.Recommended {
				preset = r.Preset().String()
			}
			fmt.Fprintf(out, "  %-*s  %s  %-6s  %s\n", wide, r.ID, p.severity(fmt.Sprintf("%-7s", r.Severity), r.Severity), preset, r.Title)
		}
	}
	return out.Flush()
}

// Categories lists the categories that any of the rules is in, in the order in
// which reports and pages show them.
func Categories(all []*rules.Rule) []string {
	return slices.DeleteFunc(rules.Categories(), func(c string) bool { return len(rules.InCategory(all, c)) == 0 })
}

type jsonRule struct {
	ID         string   `json:"id"`
	Category   string   `json:"category"`
	Title      string   `json:"title"`
	Severity   string   `json:"severity"`
	Preset     string   `json:"preset"`
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
			r.ID, r.Category, r.Title, r.Severity.String(), r.Preset().String(), r.Preset() == rules.Recommended, r.Needs.List(),
			strings.TrimSpace(r.Why), strings.TrimSpace(r.Fix), append([]string{}, r.Refs...),
		})
	}
	return jsonout.Write(w, out)
}
