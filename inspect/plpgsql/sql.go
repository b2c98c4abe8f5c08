package plpgsql

import "strings"

// fragment reads SQL up to, not including, one of the symbols or keywords,
// outside parentheses.
func (p *parser) fragment(form Form, until ...string) Fragment {
	first := p.peek()
	if p.skim(form, until) == 0 {
		p.unexpected(first, "missing "+kind(form, until))
	}
	f := Fragment{Text: p.body[first.start:p.last().end], Offset: first.start, Form: form}
	p.fragments = append(p.fragments, f)
	return f
}

// skim passes over what fragment reads and returns the number of tokens.
func (p *parser) skim(form Form, until []string) int {
	start, parens := p.pos, 0
	for ; ; p.pos++ {
		t := p.peek()
		if parens == 0 && stops(t, until) {
			break
		}
		switch {
		case t.symbol("("), t.symbol("["):
			parens++
		case t.symbol(")"), t.symbol("]"):
			if parens--; parens < 0 {
				p.unexpected(t, "mismatched parentheses")
			}
		case t.kind == eof, t.symbol(";"):
			if parens != 0 {
				p.unexpected(t, "mismatched parentheses")
			}
			p.fail(t, "missing \"%s\" at end of %s", missing(until), construct(form, until))
		}
	}
	return p.pos - start
}

func kind(form Form, until []string) string {
	if form == Expr || until[0] == ".." {
		return "expression"
	}
	return "SQL statement"
}

// missing is how the server names the terminators.
func missing(until []string) string {
	var list []string
	for _, u := range until {
		switch u {
		case "..", "by":
		case ")":
			return `," or ")`
		default:
			list = append(list, strings.ToUpper(u))
		}
	}
	return strings.Join(list, " or ")
}

func construct(form Form, until []string) string {
	if form == Expr || until[0] == ".." {
		return "SQL expression"
	}
	return "SQL statement"
}

// fragmentOrNothing is fragment where the server takes nothing too, an empty
// select list, and fails only when it runs.
func (p *parser) fragmentOrNothing(form Form) Fragment {
	if t := p.peek(); t.symbol(";") {
		return Fragment{Offset: t.start, Form: form}
	}
	return p.fragment(form, ";")
}

func stops(t token, until []string) bool {
	for _, u := range until {
		if t.keyword(u) || t.symbol(u) {
			return true
		}
	}
	return false
}

// optional is a fragment in a place that can be empty: nil when the next
// token is ";".
func (p *parser) optional() *Fragment {
	if p.peek().symbol(";") {
		return nil
	}
	f := p.fragment(Expr, ";")
	return &f
}

// list reads fragments divided by commas up to one of the stops.
func (p *parser) list(until ...string) []Fragment {
	var fs []Fragment
	for {
		fs = append(fs, p.fragment(Expr, append([]string{","}, until...)...))
		if !p.accept(",") {
			return fs
		}
	}
}

// using reads USING and its list, if it comes next.
func (p *parser) using(until ...string) []Fragment {
	if !p.accept("using") {
		return nil
	}
	return p.list(until...)
}
