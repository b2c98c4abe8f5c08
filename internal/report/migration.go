package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// A Migration is what fix writes.
type Migration struct {
	Fixes  []*rules.Fix
	Left   []Left // findings that it does not mend
	Source catalog.Source
}

// A Left is a finding that no fix mends, and why.
type Left struct {
	Finding *rules.Finding
	Reason  string
}

// SQL is the migration as a file, and the line at which each fix begins. Names
// stand in its comments, where they cannot end the comment.
func (m *Migration) SQL() (text string, starts []int) {
	var b strings.Builder
	line := 1
	write := func(format string, args ...any) {
		s := fmt.Sprintf(format, args...)
		line += strings.Count(s, "\n")
		b.WriteString(s)
	}
	write("-- Written by policylint fix: %s.\n", m.Count())
	write("-- Every statement can be run again. Read them before you apply them: they\n-- change who may see and do what.\n")
	last, given := "", grants{}
	for _, f := range m.Fixes {
		if r := f.Rule(); r.ID != last {
			last = r.ID
			write("\n-- %s: %s\n", r.ID, clean(r.Title))
		}
		starts = append(starts, line)
		for _, l := range subjects(f) {
			write("-- %s\n", l)
		}
		write("%s\n", given.rest(f.SQL))
	}
	if len(m.Left) > 0 {
		write("\n-- Not mended here:\n")
		for _, l := range m.left() {
			write("-- %s\n", l)
		}
	}
	return b.String(), starts
}

// grants are those that stand in the migration already.
type grants map[string]bool

// rest is the SQL of a fix without the grants that an earlier one gives and
// nothing has taken since. What would be left with nothing is left whole.
func (g grants) rest(sql string) string {
	var out []string
	for _, line := range strings.Split(sql, "\n") {
		switch whole := strings.HasSuffix(line, ";"); {
		case strings.HasPrefix(line, "revoke "):
			clear(g)
		case whole && g[line]:
			continue
		case whole && strings.HasPrefix(line, "grant "):
			g[line] = true
		}
		out = append(out, line)
	}
	if len(out) == 0 {
		return sql
	}
	return strings.Join(out, "\n")
}

// subjects has a line for each object that the fix is for, with its place and
// the other rules that suggest the same.
func subjects(f *rules.Fix) []string {
	var order []string
	also := map[string][]string{}
	for _, x := range f.Findings {
		s := clean(x.Object.String())
		if x.Origin.File != "" {
			s += fmt.Sprintf(", %s:%d", clean(x.Origin.File), x.Origin.Line)
		}
		if _, seen := also[s]; !seen {
			order = append(order, s)
			also[s] = nil
		}
		if x.Rule.ID != f.Rule().ID {
			also[s] = append(also[s], x.Rule.ID)
		}
	}
	for i, s := range order {
		if len(also[s]) > 0 {
			order[i] = s + " (also " + strings.Join(also[s], ", ") + ")"
		}
	}
	return order
}

// Count says how much is mended.
func (m *Migration) Count() string {
	findings, ids := 0, map[string]bool{}
	for _, f := range m.Fixes {
		findings += len(f.Findings)
		for _, x := range f.Findings {
			ids[x.Rule.ID] = true
		}
	}
	return count(findings, "finding") + " of " + count(len(ids), "rule")
}

// left has a line for each rule and reason.
func (m *Migration) left() []string {
	n := map[string]int{}
	for _, l := range m.Left {
		n[l.Finding.Rule.ID+": "+clean(l.Reason)]++
	}
	var out []string
	for _, what := range slices.Sorted(maps.Keys(n)) {
		out = append(out, fmt.Sprintf("%d × %s", n[what], what))
	}
	return out
}

// Summary says what was done, for people; file is "" when nothing was written.
func (m *Migration) Summary(file string) string {
	s := "Nothing to mend"
	switch {
	case len(m.Fixes) > 0 && file != "":
		s = fmt.Sprintf("%s is written: it mends %s", clean(file), m.Count())
	case len(m.Fixes) > 0:
		s = "This mends " + m.Count()
	}
	s += " in " + scope(m.Source) + ".\n"
	if len(m.Left) > 0 {
		s += fmt.Sprintf("%d left for you:\n", len(m.Left))
		for _, l := range m.left() {
			s += "  " + l + "\n"
		}
	}
	return s
}

// Printable makes SQL safe for a terminal.
func Printable(sql string) string { return cleanLines(sql) }
