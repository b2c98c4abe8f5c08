package report

import (
	"fmt"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// tally is how many findings there are, "1 error, 2 warnings"; "" for none.
func tally(s rules.Summary) string {
	var parts []string
	if s.Error > 0 {
		parts = append(parts, count(s.Error, "error"))
	}
	if s.Warning > 0 {
		parts = append(parts, count(s.Warning, "warning"))
	}
	if s.Info > 0 {
		parts = append(parts, fmt.Sprintf("%d info", s.Info))
	}
	return strings.Join(parts, ", ")
}

// aside is what is not among the findings and must not be forgotten, each with
// a semicolon before it.
func aside(res *rules.Result) string {
	s := ""
	if n := len(res.Suppressed); n > 0 {
		s += fmt.Sprintf("; %d ignored", n)
	}
	if n := len(res.Baselined); n > 0 {
		s += fmt.Sprintf("; %d known to the baseline", n)
	}
	if b := res.Baseline; b != nil && b.Written {
		s += fmt.Sprintf("; %s is written: %d added, %d taken out", clean(b.File), b.Added, b.Removed)
	}
	if x := res.Since; x != nil {
		s += fmt.Sprintf("; %s since %s", count(x.Files, "changed file"), clean(x.Ref))
		if n := len(x.Fixed); n > 0 {
			s += fmt.Sprintf(", fixes %d", n)
		}
		if n := len(x.Elsewhere); n > 0 {
			s += fmt.Sprintf(", %d elsewhere not shown", n)
		}
	}
	if n, _ := remaining(res); n > 0 {
		s += fmt.Sprintf("; %d not checked", n)
	}
	return s
}

// asideAll is aside with what the source is not enough for.
func asideAll(res *rules.Result) string {
	_, needs := remaining(res)
	return aside(res) + needs
}

// location is where a finding stands for formats that must have a file and a
// line: the first line of the configuration or of something that stands for
// the database where there is none.
func location(o catalog.Origin, s catalog.Source) (file string, line int) {
	if o.File != "" {
		return strings.TrimPrefix(clean(o.File), "./"), max(o.Line, 1)
	}
	return place(o, s), 1
}
