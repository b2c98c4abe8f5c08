package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"policylint/rules"
)

// The elements of a JUnit report that every consumer knows: they are in the
// schema of Jenkins, which is what others are measured by
// (jenkinsci/xunit-plugin, junit-10.xsd).
type suitesJUnit struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []suiteJUnit `xml:"testsuite"`
}

type suiteJUnit struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []caseJUnit `xml:"testcase"`
	Out      string      `xml:"system-out,omitempty"`
}

type caseJUnit struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	Failure *verdictJUnit `xml:"failure"`
	Error   *verdictJUnit `xml:"error"`
	Skipped *verdictJUnit `xml:"skipped"`
	Out     string        `xml:"system-out,omitempty"`
}

type verdictJUnit struct {
	Type    string `xml:"type,attr,omitempty"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// JUnit writes a test case for each finding, and for each rule that found
// nothing. A finding that is as bad as failOn fails; a milder one is in the
// output of a case that passes, so that the tests fail when the command does.
func JUnit(w io.Writer, res *rules.Result, failOn rules.Severity) error {
	return writeJUnit(w, []suiteJUnit{suiteOf(res, "policylint", failOn)})
}

// FleetJUnit writes a suite for each database. One that could not be read is an
// error.
func FleetJUnit(w io.Writer, members []Member, failOn rules.Severity) error {
	var out []suiteJUnit
	for _, m := range members {
		name := "policylint " + clean(m.Name)
		if m.Result != nil {
			out = append(out, suiteOf(m.Result, name, failOn))
			continue
		}
		out = append(out, suiteJUnit{Name: name, Tests: 1, Errors: 1, Cases: []caseJUnit{{
			Name: "database " + clean(m.Name), Class: "policylint",
			Error: &verdictJUnit{Type: "not read", Message: "could not be read: " + clean(m.Err)},
		}}})
	}
	return writeJUnit(w, out)
}

func writeJUnit(w io.Writer, suites []suiteJUnit) error {
	all := suitesJUnit{Name: "policylint", Suites: suites}
	for _, s := range suites {
		all.Tests, all.Failures, all.Errors = all.Tests+s.Tests, all.Failures+s.Failures, all.Errors+s.Errors
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func suiteOf(res *rules.Result, name string, failOn rules.Severity) suiteJUnit {
	s := suiteJUnit{Name: name, Out: tallyLine(res)}
	found := map[string]bool{}
	seen := map[string]int{}
	for _, f := range res.Findings {
		found[f.Rule.ID] = true
		c := caseJUnit{Name: clean(f.Object.String()), Class: classJUnit(f.Rule)}
		// Consumers tell cases by their names.
		if seen[f.Fingerprint()]++; seen[f.Fingerprint()] > 1 {
			c.Name += fmt.Sprintf(" (%d)", seen[f.Fingerprint()])
		}
		text := place(f.Origin, res.Source) + "\n\n" + firstParagraph(f.Rule.Why) + "\n"
		if f.Fix != "" {
			text += "\nFix:\n" + cleanLines(strings.TrimSpace(f.Fix)) + "\n"
		}
		if f.Severity >= failOn {
			s.Failures++
			c.Failure = &verdictJUnit{Type: f.Severity.String(), Message: clean(f.Message), Text: text}
		} else {
			c.Out = f.Severity.String() + ": " + clean(f.Message) + "\n" + text
		}
		s.Cases = append(s.Cases, c)
	}
	for _, r := range res.Ran {
		if !found[r.ID] {
			s.Cases = append(s.Cases, caseJUnit{Name: clean(r.Title), Class: classJUnit(r)})
		}
	}
	for _, x := range res.Skipped {
		s.Skipped++
		s.Cases = append(s.Cases, caseJUnit{Name: clean(x.Rule.Title), Class: classJUnit(x.Rule), Skipped: &verdictJUnit{Message: clean(x.Reason)}})
	}
	for _, id := range res.Crashed {
		s.Errors++
		s.Cases = append(s.Cases, caseJUnit{Name: id, Class: "policylint", Error: &verdictJUnit{Type: "fault", Message: "the rule stopped on a fault of its own"}})
	}
	s.Tests = len(s.Cases)
	return s
}

func classJUnit(r *rules.Rule) string { return clean(r.Category + "." + r.ID) }

// tallyLine is a run in one line.
func tallyLine(res *rules.Result) string {
	line := tally(res.Summary)
	if line == "" {
		line = "No problems"
	}
	return line + " in " + scope(res.Source) + against(res) + asideAll(res) + "."
}
