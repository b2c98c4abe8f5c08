package functions

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/rules"
)

type callsKey struct{ f *catalog.Function }

// calls lists the project's functions whose names stand before a parenthesis in
// the body of a function, one that has no schema being looked for beside it.
func calls(p *rules.Pass, f *catalog.Function) []*catalog.Function {
	return p.Memo(callsKey{f}, func() any {
		var out []*catalog.Function
		code := strings.ToLower(f.Body.Value)
		for at := strings.IndexByte(code, '('); at >= 0; {
			n := nameBefore(code[:at])
			if n.Schema == "" {
				n.Schema = f.Name.Schema
			}
			o, ok := p.Functions.Get(n)
			if ok && !o.Functions[0].Platform && o.Functions[0].Extension == "" && !slices.Contains(out, o.Functions[0]) {
				out = append(out, o.Functions[0])
			}
			next := strings.IndexByte(code[at+1:], '(')
			if next < 0 {
				break
			}
			at += 1 + next
		}
		return out
	}).([]*catalog.Function)
}

// nameBefore is the name with which a text ends, with its schema if it has one.
func nameBefore(text string) catalog.Name {
	name, rest := lastWord(text)
	if before, ok := strings.CutSuffix(strings.TrimRight(rest, " \t\r\n"), "."); ok && name != "" {
		schema, _ := lastWord(before)
		return catalog.Name{Schema: schema, Name: name}
	}
	return catalog.Name{Name: name}
}

// lastWord splits off the word at the end of a text, without its quotes.
func lastWord(text string) (word, rest string) {
	text = strings.TrimSuffix(strings.TrimRight(text, " \t\r\n"), `"`)
	i := len(text)
	for i > 0 && isWord(text[i-1]) {
		i--
	}
	return text[i:], strings.TrimSuffix(text[:i], `"`)
}

func isWord(c byte) bool {
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z'
}
