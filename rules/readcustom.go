package rules

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"policylint/internal/custom"
)

var customID = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`) })

// custom reads the rules that the team writes itself.
func (r *reader) custom(n *yaml.Node, c *Config) {
	r.list(n, "custom", func(n *yaml.Node) {
		x := CustomRule{Severity: Warning, Origin: r.origin(n)}
		var when, message *yaml.Node
		before := len(r.faults)
		r.mapping(n, "the custom rule", keys{
			"id": func(n *yaml.Node) {
				x.ID, _ = r.text(n, "id")
				x.Origin = r.origin(n)
				r.checkID(n, x.ID, c)
			},
			"severity": func(n *yaml.Node) {
				x.Severity, _ = r.severity(n, "severity for the custom rule", Off, Info, Warning, Error)
			},
			"for":     func(n *yaml.Node) { x.Kind, _ = r.word(n, "for", custom.Kinds()...) },
			"when":    func(n *yaml.Node) { when = r.expression(n, "when") },
			"message": func(n *yaml.Node) { message = r.expression(n, "message") },
			"why":     func(n *yaml.Node) { x.Why, _ = r.text(n, "why") },
			"fix":     func(n *yaml.Node) { x.Fix, _ = r.text(n, "fix") },
		})
		if len(r.faults) > before {
			return
		}
		for _, missing := range []struct {
			absent bool
			key    string
		}{{x.ID == "", "id"}, {x.Kind == "", "for"}, {when == nil, "when"}, {message == nil, "message"}} {
			if missing.absent {
				r.fault(n, "custom rule without %s: it needs id, for, when and message", missing.key)
				return
			}
		}
		compiled, faults := custom.Compile(x.Kind, when.Value)
		r.inside(when, faults)
		if compiled == nil {
			return
		}
		r.inside(message, compiled.Say(strings.TrimSpace(message.Value)))
		x.Message, x.compiled = strings.TrimSpace(message.Value), compiled
		c.Custom = append(c.Custom, x)
	})
}

// checkID holds the ID of a custom rule against those of all others.
func (r *reader) checkID(n *yaml.Node, id string, c *Config) {
	_, builtIn := ByID(id)
	switch {
	case id == "":
	case !customID().MatchString(id):
		r.fault(n, `custom rule id "%s" is not in lower case with hyphens, such as table-without-owner`, printable(id))
	case builtIn:
		r.fault(n, `custom rule id "%s" is the name of a rule of policylint: choose another`, id)
	case slices.ContainsFunc(c.Custom, func(x CustomRule) bool { return x.ID == id }):
		r.fault(n, `custom rule id "%s" is taken by an entry above`, id)
	}
}

// expression is a node that holds text, nil after a fault.
func (r *reader) expression(n *yaml.Node, what string) *yaml.Node {
	if _, ok := r.text(n, what); !ok {
		return nil
	}
	return n
}

// inside reports the faults of an expression where it stands in the file. The
// lines of a folded text, and the columns of a text in quotes, are only as
// exact as YAML lets them be.
func (r *reader) inside(n *yaml.Node, faults []custom.Fault) {
	for _, f := range faults {
		line, column := n.Line, n.Column
		switch {
		case n.Style&yaml.LiteralStyle != 0:
			line += f.Line
			column = f.Column + r.indent(n.Line+1)
		case n.Style&yaml.FoldedStyle != 0:
		case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 && f.Line == 1:
			column += f.Column
		case f.Line == 1:
			column += f.Column - 1
		}
		r.at(line, column, "%s", f.Message)
	}
}

// indent counts the blanks in front of a literal text, which its first line
// that is not empty decides (YAML 1.2, 8.1.1.1).
func (r *reader) indent(line int) int {
	for ; line >= 1 && line <= len(r.lines); line++ {
		text := string(r.lines[line-1])
		if strings.TrimSpace(text) != "" {
			return len(text) - len(strings.TrimLeft(text, " "))
		}
	}
	return 0
}
