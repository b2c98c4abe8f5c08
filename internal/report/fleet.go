package report

import (
	"bufio"
	"fmt"
	"io"

	"github.com/owenrumney/go-sarif/v2/sarif"

	"policylint/internal/jsonout"
	"policylint/rules"
)

// A Member is one database of a fleet, and what came of it.
type Member struct {
	Name   string
	Result *rules.Result // nil when the database could not be read
	Err    string        // why not, without credentials
}

// FleetText writes the reports of all databases one after another, and a line
// for each at the end.
func FleetText(w io.Writer, members []Member, o TextOptions) error {
	p := palette{o.Color}
	wide := 0
	for _, m := range members {
		wide = max(wide, len(clean(m.Name)))
		if _, err := fmt.Fprintf(w, "%s\n\n", p.bold("== "+clean(m.Name))); err != nil {
			return err
		}
		if m.Result == nil {
			if _, err := fmt.Fprintf(w, "%s %s\n\n", p.severity("not read:", rules.Error), clean(m.Err)); err != nil {
				return err
			}
			continue
		}
		if err := Text(w, m.Result, o); err != nil {
			return err
		}
		fmt.Fprintln(w)
	}
	out := bufio.NewWriter(w)
	for _, m := range members {
		fmt.Fprintf(out, "%-*s  %s\n", wide, clean(m.Name), m.line())
	}
	return out.Flush()
}

// line is what came of a database, in a few words.
func (m Member) line() string {
	if m.Result == nil {
		return "not read"
	}
	if s := tally(m.Result.Summary); s != "" {
		return s
	}
	return "no problems"
}

type jsonFleet struct {
	Version   int          `json:"version"`
	Databases []jsonMember `json:"databases"`
}

type jsonMember struct {
	Name   string      `json:"name"`
	Error  string      `json:"error,omitempty"`
	Report *jsonReport `json:"report,omitempty"`
}

// FleetJSON writes the reports of all databases, each as JSON writes it.
func FleetJSON(w io.Writer, members []Member) error {
	out := jsonFleet{Version, []jsonMember{}}
	for _, m := range members {
		x := jsonMember{Name: m.Name, Error: m.Err}
		if m.Result != nil {
			r := resultJSON(m.Result)
			x.Report = &r
		}
		out.Databases = append(out.Databases, x)
	}
	return jsonout.Write(w, out)
}

// FleetSARIF writes one run a database.
func FleetSARIF(w io.Writer, members []Member, version string) error {
	log, err := sarif.New(sarif.Version210)
	if err != nil {
		return err
	}
	for _, m := range members {
		res := m.Result
		if res == nil {
			res = &rules.Result{}
		}
		run := runSARIF(res, version)
		id := "policylint/" + m.Name
		run.AutomationDetails = &sarif.RunAutomationDetails{ID: &id}
		if m.Result == nil {
			failed, text, level := false, clean(m.Err), "error"
			run.Invocations = []*sarif.Invocation{{
				ExecutionSuccessful:        &failed,
				ToolExecutionNotifications: []*sarif.Notification{{Level: level, Message: &sarif.Message{Text: &text}}},
			}}
		}
		log.AddRun(run)
	}
	return jsonout.Write(w, log)
}

// FleetGitHub writes the annotations of all databases.
func FleetGitHub(w io.Writer, members []Member) error {
	for _, m := range members {
		if m.Result == nil {
			if _, err := fmt.Fprintf(w, "::error title=policylint::%s\n", commandData(clean(m.Name)+" could not be read: "+clean(m.Err))); err != nil {
				return err
			}
			continue
		}
		// An annotation does not say which database it is about: the log groups.
		if _, err := fmt.Fprintf(w, "::group::%s\n", commandData(clean(m.Name))); err != nil {
			return err
		}
		if err := GitHub(w, m.Result); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(w, "::endgroup::"); err != nil {
			return err
		}
	}
	return nil
}
