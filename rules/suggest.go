package rules

import (
	"strings"

	"github.com/agext/levenshtein"
)

// Suggest finds the known word that a mistyped one most likely stands for, ""
// when none is near.
func Suggest(word string, known []string) string {
	word = strings.ReplaceAll(strings.ToLower(word), "_", "-")
	best, bestDistance := "", len(word)/3+2
	for _, k := range known {
		if len(word) > 2 && strings.HasPrefix(k, word) {
			return k
		}
		if d := levenshtein.Distance(word, strings.ReplaceAll(k, "_", "-"), nil); d < bestDistance {
			best, bestDistance = k, d
		}
	}
	return best
}

// IDs lists the names of all rules, those of the configuration too, sorted.
func (c *Config) IDs() []string {
	all := c.AllRules()
	ids := make([]string, len(all))
	for i, r := range all {
		ids[i] = r.ID
	}
	return ids
}

// UnknownRule says that there is no rule of that name, and which one may be
// meant.
func (c *Config) UnknownRule(id string) string {
	message := `unknown rule "` + printable(id) + `"`
	if s := Suggest(id, c.IDs()); s != "" {
		return message + `: did you mean "` + s + `"?`
	}
	return message + ": `policylint rules` lists them"
}

// printable cuts what was typed to a length and to characters that a message
// can show.
func printable(s string) string {
	clean := strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '\uFFFD'
		}
		return r
	}, s)
	if runes := []rune(clean); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return clean
}
