package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"policylint/internal/doctor"
	"policylint/internal/jsonout"
)

// doctorWords are the states with a sign that is not all that tells them
// apart.
var doctorWords = map[doctor.State]string{doctor.OK: "ok", doctor.Broken: "BROKEN", doctor.NotChecked: "not checked"}

var doctorCodes = map[doctor.State]string{doctor.OK: "32", doctor.Broken: red, doctor.NotChecked: yellow}

// DoctorText writes what became of each link, and the answer.
func DoctorText(w io.Writer, d *doctor.Diagnosis, colour bool, width int) error {
	if width <= 0 || width > 100 {
		width = 80
	}
	b, p := bufio.NewWriter(w), palette{colour}
	paint := func(s, code string) string {
		if code == "" {
			return s
		}
		return p.paint(s, code)
	}
	line := func(label, text, code string) {
		const indent = 15
		for i, l := range wrap(clean(text), max(width-indent-len(label), 30)) {
			if i > 0 {
				label = strings.Repeat(" ", len(label))
			}
			fmt.Fprintln(b, strings.Repeat(" ", indent)+p.paint(label, faint)+paint(l, code))
		}
	}
	for i, l := range d.Links {
		fmt.Fprintf(b, "%2d %s %s\n", i+1, p.paint(fmt.Sprintf("%-11s", doctorWords[l.State]), doctorCodes[l.State]), p.bold(l.Title))
		if l.State == doctor.OK {
			line("", l.Says, faint)
		}
		if l.State == doctor.NotChecked {
			line("", l.Says, "")
			line("needs: ", l.Need, "")
		}
		for n, f := range l.Faults {
			if n == maxFaults {
				line("", fmt.Sprintf("and %d more faults of this link", len(l.Faults)-n), "")
				break
			}
			line("", f.Message, "")
			if f.Origin.File != "" {
				line("at: ", fmt.Sprintf("%s:%d", f.Origin.File, f.Origin.Line), "")
			}
			mend(b, line, p, f)
		}
	}
	fmt.Fprintln(b)
	for _, n := range d.Notes {
		for _, l := range wrap("note: "+clean(n), width) {
			fmt.Fprintln(b, p.faint(l))
		}
	}
	for _, l := range wrap(clean(Answer(d)), width) {
		fmt.Fprintln(b, p.bold(l))
	}
	return b.Flush()
}

// maxFaults is how many faults of one link are shown in text.
const maxFaults = 4

// mend writes how to mend a fault. SQL and settings keep their lines, so that
// they can be copied.
func mend(b io.Writer, line func(label, text, code string), p palette, f doctor.Fault) {
	if f.Fix == "" {
		line("fix: ", f.Advice, "")
		return
	}
	line("fix:", "", "")
	for l := range strings.Lines(cleanLines(f.Fix)) {
		fmt.Fprintln(b, strings.Repeat(" ", 17)+p.paint(strings.TrimRight(l, "\n"), cyan))
	}
}

// Answer is the first broken link in a sentence, with the count of all.
func Answer(d *doctor.Diagnosis) string {
	count := fmt.Sprintf("%d ok, %d broken, %d not checked.", d.Count(doctor.OK), d.Count(doctor.Broken), d.Count(doctor.NotChecked))
	l := d.First()
	if l == nil {
		return "No link is broken: " + count
	}
	f := l.Faults[0]
	effect := f.Effect
	if effect != "" {
		effect = strings.ToUpper(effect[:1]) + effect[1:]
	}
	return effect + " because " + f.Message + ". Mend that first, then run this again. " + count
}

type doctorJSON struct {
	Version  int          `json:"version"`
	Subjects []string     `json:"subjects"`
	Tables   []string     `json:"tables"`
	Links    []linkJSON   `json:"links"`
	Broken   *string      `json:"first_broken"` // the id of a link; null when none is
	Answer   string       `json:"answer"`
	Notes    []string     `json:"notes"`
	Summary  summaryLinks `json:"summary"`
}

type summaryLinks struct {
	OK         int `json:"ok"`
	Broken     int `json:"broken"`
	NotChecked int `json:"not_checked"`
}

type linkJSON struct {
	ID     string           `json:"id"`
	Title  string           `json:"title"`
	State  string           `json:"state"` // ok, broken, not_checked
	Says   string           `json:"says,omitempty"`
	Needs  string           `json:"needs,omitempty"`
	Faults []linkFaultsJSON `json:"faults"`
}

type linkFaultsJSON struct {
	Message string `json:"message"`
	Object  struct {
		Kind string `json:"kind"`
		Name string `json:"name"`
	} `json:"object"`
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Fix    string `json:"fix,omitempty"`
	Advice string `json:"advice,omitempty"`
	Rule   string `json:"rule,omitempty"`
	Effect string `json:"effect"`
}

// DoctorJSON writes the same for programs.
func DoctorJSON(w io.Writer, d *doctor.Diagnosis) error {
	out := doctorJSON{Version: 1, Subjects: orEmpty(d.Subjects), Tables: orEmpty(d.Tables), Notes: orEmpty(d.Notes), Answer: Answer(d)}
	out.Summary = summaryLinks{d.Count(doctor.OK), d.Count(doctor.Broken), d.Count(doctor.NotChecked)}
	if l := d.First(); l != nil {
		out.Broken = &l.ID
	}
	for _, l := range d.Links {
		x := linkJSON{ID: l.ID, Title: l.Title, State: strings.ReplaceAll(string(l.State), " ", "_"), Says: l.Says, Needs: l.Need, Faults: []linkFaultsJSON{}}
		for _, f := range l.Faults {
			y := linkFaultsJSON{Message: f.Message, File: f.Origin.File, Line: f.Origin.Line, Fix: f.Fix, Advice: f.Advice, Rule: f.Rule, Effect: f.Effect}
			y.Object.Kind, y.Object.Name = f.Object.Kind, f.Object.Name
			x.Faults = append(x.Faults, y)
		}
		out.Links = append(out.Links, x)
	}
	return jsonout.Write(w, out)
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
