package js

import (
	"strings"

	lexer "github.com/tdewolff/parse/v2/js"
)

// maxDepth is how deep values may stand in each other.
const maxDepth = 64

// maxText and maxItems bound what constants that repeat each other grow to.
const (
	maxText  = 64 << 10
	maxItems = 10_000
)

// value is the expression that begins at a token; unknown unless all of it is
// understood.
func (s *Script) value(i int) Value {
	v, end := s.expression(i, 0)
	if !s.ends(end) {
		v = Value{Origin: v.Origin}
	}
	return v
}

// ends reports whether an expression is over where the token stands.
func (s *Script) ends(i int) bool {
	t := s.at(i)
	switch t.kind {
	case lexer.ErrorToken, lexer.CommaToken, lexer.SemicolonToken, lexer.TemplateMiddleToken:
		return true
	}
	return closes(t.kind) || t.newline && lexer.IsIdentifierName(t.kind)
}

// expression reads operands with + between, and says where it stopped.
func (s *Script) expression(i, depth int) (Value, int) {
	v, end := s.operand(i, depth)
	for s.at(end).kind == lexer.AddToken {
		right, next := s.operand(end+1, depth)
		if next == end+1 {
			break
		}
		v = Value{Kind: Text, Text: v.text() + right.text(), Origin: s.span(i, next)}.bounded()
		end = next
	}
	return v, end
}

// operand reads a value and what is called on it.
func (s *Script) operand(i, depth int) (Value, int) {
	v, end := s.primary(i, depth)
	for {
		switch t := s.at(end); {
		case (t.is("as") || t.is("satisfies")) && !t.newline:
			end = s.skipType(end + 1)
		case t.kind == lexer.NotToken && !t.newline:
			end++
		case t.kind == lexer.DotToken || t.kind == lexer.OptChainToken:
			name := s.at(end + 1).text
			end += 2
			if s.at(end).kind != lexer.OpenParenToken {
				v = Value{Origin: v.Origin}
				continue
			}
			arguments := s.list(end, depth)
			end = s.skip(end)
			v = call(v, name, arguments)
		case t.kind == lexer.OpenParenToken, t.kind == lexer.OpenBracketToken && !t.newline:
			v, end = Value{Origin: v.Origin}, s.skip(end)
		default:
			return v, end
		}
	}
}

// call is a method of a value, as far as it is known what it gives.
func call(v Value, name string, arguments []Value) Value {
	switch {
	case name == "join" && v.Kind == List:
		by := ","
		if len(arguments) > 0 {
			by = arguments[0].text()
		}
		var parts []string
		for _, item := range v.Items {
			parts = append(parts, item.text())
		}
		return Value{Kind: Text, Text: strings.Join(parts, by), Origin: v.Origin}.bounded()
	case v.Kind == Text && (name == "trim" || name == "toString" || (name == "replace" || name == "replaceAll") && len(arguments) == 2 && arguments[0].blank() && arguments[1].blank()):
		return Value{Kind: Text, Text: strings.Join(strings.Fields(v.Text), " "), Origin: v.Origin}
	case v.Kind == List && (name == "filter" || name == "sort"): // what is left may be less
		return v
	}
	return Value{Origin: v.Origin}
}

// blank reports whether a value is made of white space, or is a regular
// expression for it.
func (v Value) blank() bool {
	return v.Kind == Text && strings.Trim(strings.NewReplacer(`\s`, "", `\n`, "", `\r`, "", `\t`, "").Replace(v.Text), " \n\r\t/gm+*{}[]()|,0123456789?") == ""
}

// primary reads one value.
func (s *Script) primary(i, depth int) (Value, int) {
	t := s.at(i)
	unknown := Value{Origin: s.lines.At(t.from, t.to)}
	if s.left--; depth > maxDepth || s.left < 0 {
		return unknown, max(s.skip(i), i+1)
	}
	switch t.kind {
	case lexer.StringToken, lexer.TemplateToken:
		return Value{Kind: Text, Text: t.unquote(), Origin: unknown.Origin}, i + 1
	case lexer.RegExpToken:
		return Value{Kind: Text, Text: t.text, Origin: unknown.Origin}, i + 1
	case lexer.TemplateStartToken:
		return s.template(i, depth)
	case lexer.OpenBracketToken:
		end := s.skip(i)
		return Value{Kind: List, Items: s.list(i, depth), Origin: s.span(i, end)}, end
	case lexer.OpenBraceToken:
		end := s.skip(i)
		return Value{Kind: Object, Fields: s.fields(i, end, depth), Origin: s.span(i, end)}, end
	case lexer.OpenParenToken:
		end := s.skip(i)
		if s.at(end).kind == lexer.ArrowToken {
			return unknown, end
		}
		if in := s.list(i, depth); len(in) == 1 {
			return in[0], end
		}
		return unknown, end
	case lexer.NewToken:
		open := i + 2
		if s.at(open).kind == lexer.LtToken {
			open = s.skipType(open)
		}
		if in := s.list(open, depth); s.at(i+1).is("Set") && s.at(open).kind == lexer.OpenParenToken && len(in) == 1 {
			in[0].Origin = s.span(i, s.skip(open))
			return in[0], s.skip(open)
		}
		return unknown, i + 2
	}
	if !lexer.IsIdentifier(t.kind) {
		return unknown, min(i+1, len(s.tokens))
	}
	if at := s.consts[t.text]; len(at) == 1 && at[0] >= 0 {
		return s.constant(at[0], depth), i + 1
	}
	return unknown, i + 1
}

// constant is the value of a constant, read once. One that leads back to
// itself is unknown.
func (s *Script) constant(at, depth int) Value {
	if v, ok := s.read[at]; ok {
		return v
	}
	s.read[at] = Value{}
	v, end := s.expression(at, depth+1)
	if !s.ends(end) {
		v = Value{Origin: v.Origin}
	}
	s.read[at] = v
	return v
}

// template reads a template with its holes.
func (s *Script) template(i, depth int) (Value, int) {
	text := s.at(i).unquote()
	j := i + 1
	for j < len(s.tokens) {
		v, end := s.expression(j, depth+1)
		if k := s.at(end).kind; k != lexer.TemplateMiddleToken && k != lexer.TemplateEndToken {
			v = Value{}
			for end = j; end < len(s.tokens); end++ {
				if k := s.at(end).kind; k == lexer.TemplateMiddleToken || k == lexer.TemplateEndToken {
					break
				}
				if opens(s.at(end).kind) {
					end = s.skip(end) - 1
				}
			}
		}
		text += v.text() + s.at(end).unquote()
		if len(text) > maxText {
			text = Hole
		}
		j = end + 1
		if s.at(end).kind == lexer.TemplateEndToken {
			break
		}
	}
	return Value{Kind: Text, Text: text, Origin: s.span(i, j)}, j
}

// list reads what stands between brackets, with commas between.
func (s *Script) list(open, depth int) []Value {
	if !opens(s.at(open).kind) {
		return nil
	}
	end := s.skip(open) - 1
	var out []Value
	for i := open + 1; i < end; i++ {
		spread := s.at(i).kind == lexer.EllipsisToken
		if spread {
			i++
		}
		v, next := s.expression(i, depth+1)
		if next != end && s.at(next).kind != lexer.CommaToken {
			v = Value{Origin: v.Origin}
			next = s.comma(i, end)
		}
		v.Origin = s.span(i, next) // of a constant, where it is used
		switch {
		case spread && v.Kind == List:
			out = append(out, v.Items...)
		case spread:
			out = append(out, Value{Origin: v.Origin})
		default:
			out = append(out, v)
		}
		if len(out) > maxItems {
			return []Value{{}}
		}
		i = next
	}
	return out
}

// fields reads an object.
func (s *Script) fields(open, end, depth int) []Field {
	var out []Field
	for i := open + 1; i < end-1; i++ {
		name, next := s.name(i), s.comma(i, end-1)
		f := Field{Name: name, Origin: s.lines.At(s.at(i).from, s.at(i).to)}
		switch s.at(i + 1).kind {
		case lexer.ColonToken:
			v, to := s.expression(i+2, depth+1)
			if to != next {
				v = Value{Origin: v.Origin}
			}
			f.Value = v
		case lexer.CommaToken, lexer.CloseBraceToken:
			f.Value, _ = s.primary(i, depth+1)
		}
		if name != "" {
			out = append(out, f)
		}
		i = next
	}
	return out
}
