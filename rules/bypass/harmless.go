package bypass

import (
	"slices"
	"strings"
	"unicode/utf8"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// writingWords are words without which code writes nothing, nor runs what a
// text puts together.
var writingWords = []string{"insert", "update", "delete", "merge", "truncate", "copy", "execute"}

// harmless reports whether the code of a function is sure to write nothing, by
// its words alone: most helpers of policies are, and need not be parsed.
func harmless(p *rules.Pass, f *catalog.Function) bool {
	return harmlessBelow(named(p), f, map[*catalog.Function]bool{})
}

func harmlessBelow(known map[string][]*catalog.Function, f *catalog.Function, seen map[*catalog.Function]bool) bool {
	if seen[f] {
		return true
	}
	seen[f] = true
	if !f.Body.Known || f.Language != "sql" && f.Language != "plpgsql" {
		return false
	}
	code := strings.ToLower(f.Body.Value)
	for _, w := range writingWords {
		if strings.Contains(code, w) {
			return false
		}
	}
	for rest := code; ; {
		before, after, found := strings.Cut(rest, "(")
		if !found {
			return true
		}
		name := lastName(before)
		if name == "" && strings.HasSuffix(strings.TrimSpace(before), `"`) {
			return false
		}
		if slices.ContainsFunc(known[name], func(f *catalog.Function) bool { return !harmlessBelow(known, f, seen) }) {
			return false
		}
		rest = after
	}
}

// lastName is the plain name that a text ends in, "" for none.
func lastName(s string) string {
	s = strings.TrimSpace(s)
	i := strings.LastIndexFunc(s, func(r rune) bool {
		return r < utf8.RuneSelf && r != '_' && r != '$' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
	})
	return s[i+1:]
}

// namesKey is the key of what named has put together.
type namesKey struct{}

// named has the application's functions by their names without schema, in
// small letters.
func named(p *rules.Pass) map[string][]*catalog.Function {
	return p.Memo(namesKey{}, func() any {
		out := map[string][]*catalog.Function{}
		for o := range p.Functions.All() {
			for _, f := range o.Functions {
				if f.Extension == "" && !f.Platform {
					name := strings.ToLower(f.Name.Name)
					out[name] = append(out[name], f)
				}
			}
		}
		return out
	}).(map[string][]*catalog.Function)
}
