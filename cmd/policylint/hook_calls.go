package main

import "encoding/json"

type callJSON struct {
	Subject  string         `json:"subject"`
	SQLState string         `json:"sqlstate,omitempty"`
	Message  string         `json:"message,omitempty"`
	Null     bool           `json:"null,omitempty"`
	Claims   map[string]any `json:"claims,omitempty"` // those that differ from what Auth sent
	Agrees   bool           `json:"agrees"`
	Wrong    []string       `json:"wrong,omitempty"`
}

func (v *hookView) textCalls(line func(string, ...any)) {
	if len(v.calls) > 0 {
		line("Called")
	}
	for _, c := range v.calls {
		switch {
		case c.answer.SQLState != "":
			line("  %s\terror %s, %s", clean(c.subject), c.answer.SQLState, clean(c.answer.Message))
		case c.answer.Null:
			line("  %s\tnull", clean(c.subject))
		default:
			text, err := json.Marshal(c.claims)
			if c.claims == nil || err != nil {
				text = []byte("no claims: " + c.answer.Text)
			}
			if len(c.claims) == 0 && c.claims != nil {
				text = []byte("no claim added or changed")
			}
			line("  %s\t%s", clean(c.subject), clean(string(text)))
		}
		for _, wrong := range c.wrong {
			line("  \tbut %s", clean(wrong))
		}
	}
}
