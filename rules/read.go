package rules

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"policylint/inspect/catalog"
)

// maxConfig is the size above which a rules.yaml is taken for another file.
const maxConfig = 1 << 20

// ReadConfig reads the text of a rules.yaml; file is its name in messages and
// origins. The error joins every fault found, each a ConfigError.
func ReadConfig(file string, text []byte) (*Config, error) {
	r := &reader{file: file, lines: bytes.Split(text, []byte("\n")), max: maxConfig}
	c := &Config{File: file, Rules: map[string]Setting{}}
	if root := r.parse(text); root != nil {
		r.config(root, c)
	}
	if len(r.faults) > 0 {
		return nil, errors.Join(r.faults...)
	}
	return c, nil
}

// A ConfigError is one fault in a rules.yaml.
type ConfigError struct {
	File         string
	Line, Column int // 1-based
	Message      string
}

// Error is the fault with its place in front.
func (e *ConfigError) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// reader collects the faults of one file.
type reader struct {
	file   string
	lines  [][]byte
	max    int // bytes
	faults []error
}

// maxFaults keeps the report of a file that is no rules.yaml short.
const maxFaults = 20

func (r *reader) at(line, column int, format string, args ...any) {
	if len(r.faults) < maxFaults {
		r.faults = append(r.faults, &ConfigError{r.file, max(line, 1), max(column, 1), fmt.Sprintf(format, args...)})
	}
}

func (r *reader) fault(n *yaml.Node, format string, args ...any) {
	r.at(n.Line, n.Column, format, args...)
}

// origin is where a value stands. Where it ends is known of plain values only.
func (r *reader) origin(n *yaml.Node) catalog.Origin {
	o := catalog.Origin{File: r.file, Line: n.Line, Column: n.Column, EndLine: n.Line, EndColumn: n.Column}
	if n.Kind == yaml.ScalarNode {
		o.EndColumn += utf8.RuneCountInString(n.Value)
		if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
			o.EndColumn += 2
		}
	}
	return o
}

// parse finds the one document of the file, nil when there is a fault.
func (r *reader) parse(text []byte) *yaml.Node {
	if len(text) > r.max {
		r.at(1, 1, "too large for such a file: %d MB, at most %d", len(text)>>20, r.max>>20)
		return nil
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if !utf8.Valid(text) {
		line, column := firstInvalid(text)
		r.at(line, column, "not UTF-8 text: save the file as UTF-8")
		return nil
	}
	d := yaml.NewDecoder(bytes.NewReader(text))
	var doc, more yaml.Node
	switch err := d.Decode(&doc); {
	case errors.Is(err, io.EOF), err == nil && isNull(doc.Content[0]):
		r.at(1, 1, "empty: it needs at least `version: 1`")
		return nil
	case err != nil:
		r.syntax(err)
		return nil
	}
	if err := d.Decode(&more); err == nil {
		r.fault(&more, "second document: put everything into one")
		return nil
	} else if !errors.Is(err, io.EOF) {
		r.syntax(err)
		return nil
	}
	if n := findAlias(&doc); n != nil {
		r.fault(n, "anchors and aliases are not supported: write the value out")
		return nil
	}
	return doc.Content[0]
}

// syntax reports what the YAML parser says, which names a line at most.
func (r *reader) syntax(err error) {
	message, line := strings.TrimPrefix(err.Error(), "yaml: "), 1
	var rest int
	if n, _ := fmt.Sscanf(message, "line %d:%n", &line, &rest); n == 0 {
		line = 1
	} else if _, after, ok := strings.Cut(message, ": "); ok {
		message = after
	}
	r.at(line, 1, "invalid YAML: %s", message)
}

func firstInvalid(text []byte) (line, column int) {
	line, column = 1, 1
	for len(text) > 0 {
		c, size := utf8.DecodeRune(text)
		if c == utf8.RuneError && size == 1 {
			break
		}
		if column++; c == '\n' {
			line, column = line+1, 1
		}
		text = text[size:]
	}
	return line, column
}

func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

func findAlias(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		return n
	}
	for _, c := range n.Content {
		if a := findAlias(c); a != nil {
			return a
		}
	}
	return nil
}
