package custom

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
)

// A part of a message is text, or an expression in braces.
type part struct {
	text string
	expr cel.Program // nil for text
}

// Say gives the rule its message. An expression in braces is replaced by what
// it comes to, as in "{table.name} has no owner column"; {{ and }} stand for
// braces.
func (r *Rule) Say(message string) []Fault {
	env, err := environment(r.kind)
	if err != nil {
		return []Fault{{1, 1, err.Error()}}
	}
	var text strings.Builder
	for i := 0; i < len(message); {
		switch rest := message[i:]; {
		case strings.HasPrefix(rest, "{{"), strings.HasPrefix(rest, "}}"):
			text.WriteByte(rest[0])
			i += 2
		case rest[0] == '}':
			return []Fault{place(message, i, Fault{1, 1, "} without {: write }} for a brace"})}
		case rest[0] == '{':
			end := strings.IndexByte(rest, '}')
			if end < 0 {
				return []Fault{place(message, i, Fault{1, 1, "{ without }: write {{ for a brace"})}
			}
			p, faults := program(env, rest[1:end], nil)
			for k := range faults {
				faults[k] = place(message, i+1, faults[k])
			}
			if faults != nil {
				return faults
			}
			r.message = append(r.message, part{text: text.String()}, part{expr: p})
			text.Reset()
			i += end + 1
		default:
			text.WriteByte(rest[0])
			i++
		}
	}
	r.message = append(r.message, part{text: text.String()})
	return nil
}

// place shifts a fault of an expression that begins at a byte of the message.
func place(message string, at int, f Fault) Fault {
	before := message[:at]
	line := strings.Count(before, "\n")
	if f.Line == 1 {
		f.Column += utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	}
	f.Line += line
	return f
}

// Message is what the rule says of an object; what is not known is shown as "?".
func (r *Rule) Message(s Subject) string {
	var b strings.Builder
	for _, p := range r.message {
		b.WriteString(p.text)
		if p.expr == nil {
			continue
		}
		v, _, err := p.expr.Eval(r.activation(s))
		switch {
		case err != nil, types.IsUnknown(v):
			b.WriteByte('?')
		default:
			b.WriteString(write(v))
		}
	}
	return b.String()
}

// write is a value as a message shows it: a list with commas.
func write(v ref.Val) string {
	list, ok := v.(traits.Lister)
	if !ok {
		return fmt.Sprint(v.Value())
	}
	var items []string
	for it := list.Iterator(); it.HasNext() == types.True; {
		items = append(items, fmt.Sprint(it.Next().Value()))
	}
	return strings.Join(items, ", ")
}
