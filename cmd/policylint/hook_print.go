package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"policylint/inspect/catalog"
	"policylint/inspect/hook"
	"policylint/internal/jsonout"
)

// hookJSON is the command's output, a contract with scripts.
type hookJSON struct {
	Function *string     `json:"function"` // null when there is none
	Role     roleJSON    `json:"role"`
	Claims   []claimJSON `json:"claims"`
	Required struct {
		Kept    *bool    `json:"kept"` // null when not known
		Missing []string `json:"missing"`
	} `json:"required"`
	Endings []endingJSON `json:"endings"` // ways to no token
	Unknown []endingJSON `json:"unknown"`
	Calls   []callJSON   `json:"calls,omitempty"`
}

type roleJSON struct {
	Kept   *bool    `json:"kept"` // null when not known
	Values []string `json:"values,omitempty"`
}

type claimJSON struct {
	Path      string    `json:"path"`
	When      hook.When `json:"when"`
	Condition *string   `json:"condition"` // when "sometimes" is; null when not known
	Values    []string  `json:"values"`    // null when not known
	Null      bool      `json:"null"`
	From      *string   `json:"from"`
}

type endingJSON struct {
	What     string    `json:"what"` // error, null, shape, refusal
	When     hook.When `json:"when,omitempty"`
	SQLState string    `json:"sqlstate,omitempty"`
	Message  string    `json:"message"`
	File     string    `json:"file,omitempty"`
	Line     int       `json:"line,omitempty"`
}

func (v *hookView) json(w io.Writer) error {
	out := hookJSON{Claims: []claimJSON{}, Endings: []endingJSON{}, Unknown: []endingJSON{}}
	out.Required.Missing = []string{}
	if v.function != nil {
		name := v.function.Name.String()
		out.Function = &name
		out.Role = roleJSON{certain(v.claims.Role.Kept == hook.Always, v.claims.Role.Kept != hook.Unclear), v.claims.Role.Values}
		for _, c := range v.claims.Claims {
			x := claimJSON{Path: pathText(c.Path), When: c.When, Values: c.Values, Null: c.Null}
			if c.From != "" {
				x.From = &c.From
			}
			if c.Condition != "" {
				x.Condition = &c.Condition
			}
			out.Claims = append(out.Claims, x)
		}
		out.Required.Missing = append(out.Required.Missing, missing(v.claims)...)
		gone := len(out.Required.Missing) > 0
		out.Required.Kept = certain(!gone, gone || v.claims.Complete())
		out.Endings = append(out.Endings, endings(v.asIs)...)
		for _, u := range v.claims.Unknown {
			out.Unknown = append(out.Unknown, endingJSON{What: "unknown", Message: u.Reason, File: u.At.File, Line: u.At.Line})
		}
	}
	for _, c := range v.calls {
		out.Calls = append(out.Calls, callJSON{c.subject, c.answer.SQLState, c.answer.Message, c.answer.Null, c.claims, len(c.wrong) == 0, c.wrong})
	}
	return jsonout.Write(w, out)
}

// certain is a bool, or nil when it is not known.
func certain(b, known bool) *bool {
	if !known {
		return nil
	}
	return &b
}

// missing lists the required claims that may be gone or of a wrong type.
func missing(r *hook.Result) []string {
	var out []string
	for _, m := range r.Missing {
		if !slices.Contains(out, m.Claim) {
			out = append(out, m.Claim)
		}
	}
	return out
}

// pathText writes a path with dots.
func pathText(path []string) string {
	parts := make([]string, len(path))
	for i, p := range path {
		if p == "" || strings.ContainsAny(p, ".\"") {
			p = strconv.Quote(p)
		}
		parts[i] = p
	}
	return strings.Join(parts, ".")
}

// endings lists the ways to no token.
func endings(r *hook.Result) []endingJSON {
	var out []endingJSON
	add := func(what string, when hook.When, state, message string, at catalog.Origin) {
		out = append(out, endingJSON{what, when, state, message, at.File, at.Line})
	}
	for _, e := range r.Raises {
		add("error", e.When, e.SQLState, e.Message, e.At)
	}
	for _, n := range r.Nulls {
		message := "by " + string(n.Cause)
		if n.Call != "" {
			message += " " + n.Call
		}
		if n.What != "" {
			message += ", which writes " + n.What
		}
		if n.Caught {
			message += ", in an exception handler"
		}
		add("null", n.When, "", message, n.At)
	}
	for _, x := range r.Shapes {
		add("shape", x.When, "", "returns "+x.What, x.At)
	}
	for _, x := range r.Refusals {
		add("refusal", hook.Sometimes, "", "returns an error on purpose", x.At)
	}
	return out
}

func (v *hookView) text(w io.Writer) error {
	var b bytes.Buffer
	t := tabwriter.NewWriter(&b, 0, 4, 2, ' ', 0)
	line := func(format string, args ...any) { fmt.Fprintf(t, format+"\n", args...) }
	if v.function == nil {
		line("there is no access token hook: %s does not exist", clean(v.name.String()))
		_ = t.Flush()
		_, err := w.Write(b.Bytes())
		return err
	}
	r := v.claims
	line("%s", clean(v.function.Ref().Name))
	if r != v.asIs {
		line("  It ends before it does anything; this is what it is meant to do.")
	}
	line("Claims")
	line("  role\t%s", roleText(r.Role))
	for _, c := range r.Claims {
		if len(c.Path) > 1 || c.Path[0] != "role" {
			line("  %s\t%s", clean(pathText(c.Path)), claimText(c))
			if c.Condition != "" {
				line("  \twhen %s", clean(c.Condition))
			}
		}
	}
	line("Required claims")
	switch m := missing(r); {
	case len(m) > 0:
		line("  missing or of a wrong type\t%s", strings.Join(m, ", "))
	case r.Complete():
		line("  kept")
	default:
		line("  unknown")
	}
	if list := endings(v.asIs); len(list) > 0 {
		line("Ways to no token")
		for _, e := range list {
			line("  %s\t%s\t%s", strings.TrimSpace(e.What+" "+e.SQLState), e.When, clean(e.Message)+where(e.File, e.Line))
		}
	}
	if len(r.Reads)+len(r.Writes) > 0 {
		line("Relations")
		for _, a := range slices.Concat(r.Reads, r.Writes) {
			line("  %s\t%s\tas %s%s", a.Privilege, clean(a.Relation.String()), clean(a.Role), where(a.At.File, a.At.Line))
		}
	}
	if len(r.Unknown) > 0 {
		line("Not followed")
		for _, u := range r.Unknown {
			line("  %s", clean(u.Reason)+where(u.At.File, u.At.Line))
		}
	}
	v.textCalls(line)
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

func roleText(r hook.Role) string {
	switch r.Kept {
	case hook.Always:
		return "kept"
	case hook.Unclear:
		return "unknown"
	}
	to := r.From
	if r.Values != nil {
		to = strings.Join(r.Values, ", ")
	}
	if to == "" {
		return string(r.Kept) + " kept"
	}
	return string(r.Kept) + " kept: becomes " + clean(to)
}

func claimText(c hook.Claim) string {
	var values []string
	switch {
	case c.Values != nil:
		values = c.Values
	case c.Kind != "":
		values = []string{"any " + c.Kind}
	}
	if c.Null {
		values = append(slices.Clone(values), "null")
	}
	text := string(c.When)
	if len(values) > 0 {
		text += "\t" + clean(strings.Join(values, ", "))
	}
	if c.From != "" {
		text += "\tfrom " + clean(c.From)
	}
	return text
}

// where is a place at the end of a line.
func where(file string, line int) string {
	switch {
	case line == 0:
		return ""
	case file == "":
		return fmt.Sprintf(" (line %d of the body)", line)
	}
	return fmt.Sprintf(" (%s:%d)", clean(file), line)
}

// clean takes out of a text what a terminal would act on.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return '\uFFFD'
		}
		return r
	}, s)
}
