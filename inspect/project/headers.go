package project

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/project/js"
	"policylint/inspect/project/place"
	"policylint/inspect/project/toml"
)

// The headers that matter.
const (
	headerCSP    = "Content-Security-Policy"
	headerOrigin = "Access-Control-Allow-Origin"
)

// script reads a file of JavaScript or TypeScript.
func (w *walker) script(name string, text []byte) {
	s, fault := js.Read(w.options.name(name), text)
	if fault != nil {
		w.gapAt(fault.Origin, "the file is not understood: "+fault.Message)
		return
	}
	for _, v := range s.Header(headerCSP) {
		w.policy(name, v.Text, v.Kind == js.Text, v.Origin)
	}
	w.list(name, s)
}

// json reads a file of JSON, which is JavaScript as far as headers go.
func (w *walker) json(name string, text []byte) {
	var v any
	err := json.Unmarshal(bytes.TrimPrefix(text, []byte("\ufeff")), &v)
	if e := (*json.SyntaxError)(nil); errors.As(err, &e) {
		at := int(e.Offset) - 1
		w.gapAt(place.New(w.options.name(name), text).At(at, at+1), "the file is no JSON: "+e.Error())
		return
	}
	w.script(name, text)
}

// netlify reads netlify.toml: [[headers]] with values.
func (w *walker) netlify(name string, text []byte) {
	doc, fault := toml.Parse(w.options.name(name), text)
	if fault != nil {
		w.gapAt(fault.Origin, "the file is no TOML: "+fault.Message)
		return
	}
	for _, h := range doc.Root.Get("headers").Items {
		if v := h.Get("values", headerCSP); v.Kind == toml.Text {
			w.policy(name, v.Text, true, v.Origin)
		}
	}
}

// headers reads a file _headers, as Netlify and Cloudflare Pages take it: a
// path at the beginning of a line, its headers below it, indented.
func (w *walker) headers(name string, text []byte) {
	lines := place.New(w.options.name(name), text)
	offset := 0
	for line := range bytes.Lines(lines.Text) {
		from := offset
		offset += len(line)
		key, value, ok := strings.Cut(strings.TrimRight(string(line), "\r\n"), ":")
		if !ok || strings.TrimLeft(key, " \t") == key || !strings.EqualFold(strings.TrimSpace(key), headerCSP) {
			continue
		}
		start := from + len(key) - len(strings.TrimLeft(key, " \t"))
		w.policy(name, strings.TrimSpace(value), true, lines.At(start, lines.LineEnd(from)))
	}
}

// policy notes a content security policy; one that is not even partly written
// out is a gap.
func (w *walker) policy(name, text string, known bool, at catalog.Origin) {
	if !known {
		w.gapAt(at, "the content security policy is computed")
		return
	}
	w.Policies = append(w.Policies, ContentPolicy{File: name, Origin: at, directives: parsePolicy(text)})
}
