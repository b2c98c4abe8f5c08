package report

import (
	"crypto/sha256"
	"fmt"
	"io"
	"strings"

	"policylint/internal/jsonout"
	"policylint/rules"
)

// An issueGitLab is one entry of a code quality report (GitLab docs: Code
// Quality, report format). All keys but check_name are required.
type issueGitLab struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    locationGitLab `json:"location"`
}

type locationGitLab struct {
	Path  string      `json:"path"`
	Lines linesGitLab `json:"lines"`
}

type linesGitLab struct {
	Begin int `json:"begin"`
	End   int `json:"end,omitempty"`
}

// GitLab writes findings as a code quality report, which GitLab shows in merge
// requests.
func GitLab(w io.Writer, res *rules.Result) error {
	return jsonout.Write(w, issuesGitLab(res, ""))
}

// FleetGitLab writes the findings of all databases as one report, in which a
// database that could not be read is a blocker.
func FleetGitLab(w io.Writer, members []Member) error {
	out := []issueGitLab{}
	for _, m := range members {
		if m.Result != nil {
			out = append(out, issuesGitLab(m.Result, m.Name)...)
			continue
		}
		out = append(out, issueGitLab{
			Description: "database " + clean(m.Name) + " could not be read: " + clean(m.Err),
			CheckName:   "policylint", Fingerprint: hash(m.Name, "not read"), Severity: "blocker",
			Location: locationGitLab{"database " + clean(m.Name), linesGitLab{Begin: 1}},
		})
	}
	return jsonout.Write(w, out)
}

// issuesGitLab is one run. GitLab tells what is new by the fingerprint, which
// must be in the report only once: of several the later ones carry a number.
func issuesGitLab(res *rules.Result, member string) []issueGitLab {
	out := []issueGitLab{}
	seen := map[string]int{}
	for _, f := range res.Findings {
		id := f.Fingerprint()
		seen[id]++
		severity := map[rules.Severity]string{rules.Error: "critical", rules.Warning: "minor", rules.Info: "info"}[f.Severity]
		file, line := location(f.Origin, res.Source)
		if member != "" && f.Origin.File == "" {
			file = "database " + clean(member)
		}
		x := issueGitLab{
			Description: clean(f.Message), CheckName: f.Rule.ID, Severity: severity,
			Fingerprint: hash(member, id, fmt.Sprint(seen[id])),
			Location:    locationGitLab{file, linesGitLab{Begin: line}},
		}
		if f.Origin.EndLine > line {
			x.Location.Lines.End = f.Origin.EndLine
		}
		out = append(out, x)
	}
	return out
}

func hash(parts ...string) string {
	return fmt.Sprintf("%x", sha256.Sum256([]byte(strings.Join(parts, "\x00"))))
}
