package report

import (
	"io"

	"policylint/inspect/access"
	"policylint/inspect/expr"
	"policylint/internal/jsonout"
)

type jsonAccess struct {
	Version       int        `json:"version"`
	Source        jsonSource `json:"source"`
	Cells         []jsonCell `json:"cells"`
	Notes         []string   `json:"notes"`
	Disagreements []string   `json:"disagreements,omitempty"`
	Differences   []string   `json:"differences,omitempty"`
}

type jsonCell struct {
	Subject    string        `json:"subject"`
	Table      string        `json:"table"`
	Command    string        `json:"command"`
	Verdict    string        `json:"verdict"`
	Realtime   *jsonRealtime `json:"realtime,omitempty"` // with command select of a table
	Because    string        `json:"because"`
	Events     *jsonRealtime `json:"realtime_because,omitempty"`
	Errors     *jsonRealtime `json:"realtime_error,omitempty"` // what the subscriber or the log is told instead
	Policy     string        `json:"policy,omitempty"`
	Expression string        `json:"expression,omitempty"`
	Error      *jsonRaise    `json:"error,omitempty"`
	jsonSpan
}

type jsonRealtime struct {
	Insert string `json:"insert,omitempty"`
	Update string `json:"update,omitempty"`
	Delete string `json:"delete,omitempty"`
}

type jsonRaise struct {
	SQLState string `json:"sqlstate"`
	Message  string `json:"message"`
}

// AccessJSON writes the matrix for programs.
func AccessJSON(w io.Writer, a *Access) error {
	out := jsonAccess{Version, sourceJSON(a.Source), []jsonCell{}, append([]string{}, a.Notes...), a.Disagreements, a.Differences}
	for _, r := range a.Rows {
		for n := range a.Subjects {
			for i, c := range r.Cells[n] {
				x := jsonCell{
					Subject: c.Subject.Name, Table: r.Name.String(), Command: string(c.Command), Verdict: string(c.Verdict),
					Because: c.Because, Expression: expr.String(c.Expr), jsonSpan: spanJSON(c.Origin),
				}
				if c.Policy != nil {
					x.Policy = c.Policy.Name
				}
				if c.Raise != nil {
					x.Error = &jsonRaise{c.Raise.SQLState, c.Raise.Message}
				}
				if i == 0 && r.Table != nil {
					x.events(r.Realtime[n])
				}
				out.Cells = append(out.Cells, x)
			}
		}
	}
	return jsonout.Write(w, out)
}

// events fills in what Realtime does.
func (x *jsonCell) events(r access.Realtime) {
	x.Realtime = &jsonRealtime{string(r.Insert.Delivery), string(r.Update.Delivery), string(r.Delete.Delivery)}
	x.Events = &jsonRealtime{r.Insert.Because, r.Update.Because, r.Delete.Because}
	if errors := (jsonRealtime{r.Insert.Error, r.Update.Error, r.Delete.Error}); errors != (jsonRealtime{}) {
		x.Errors = &errors
	}
}
