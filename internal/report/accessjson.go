package report

import (
	"io"

	"policylint/inspect/access"
	"policylint/inspect/expr"
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
	Policy     string        `json:"policy,omitempty"`
	Expression string        `json:"expression,omitempty"`
	Error      *jsonRaise    `json:"error,omitempty"`
	jsonSpan
}

type jsonRealtime struct {
	Insert  string            `json:"insert"`
	Update  string            `json:"update"`
	Delete  string            `json:"delete"`
	Because map[string]string `json:"because"`
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
					x.Realtime = realtimeJSON(r.Realtime[n])
				}
				out.Cells = append(out.Cells, x)
			}
		}
	}
	return writeJSON(w, out)
}

func realtimeJSON(r access.Realtime) *jsonRealtime {
	return &jsonRealtime{
		Insert: string(r.Insert.Delivery), Update: string(r.Update.Delivery), Delete: string(r.Delete.Delivery),
		Because: map[string]string{"insert": r.Insert.Because, "update": r.Update.Because, "delete": r.Delete.Because},
	}
}
