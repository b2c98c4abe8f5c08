package token

import (
	"encoding/json"
	"regexp"
	"strings"
	"unicode/utf8"
)

// masked is what stands in place of a secret.
const masked = "(hidden)"

var (
	// secrets are texts that open something, wherever they stand.
	secrets = regexp.MustCompile(`eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)*|(?:sb_secret_|sbp_|whsec_)[^\s"']*|(?i:[a-z][a-z0-9+.-]*://[^\s/:@]*:[^\s/@]*@)|-----BEGIN[\s\S]*`)
	// secretNames are names of claims whose texts are not shown.
	secretNames = regexp.MustCompile(`(?i)passw|secret|token|api_?key|private_?key|credential`)
)

// MaskText hides what in a text is a token, a key or a password.
func MaskText(s string) string { return secrets.ReplaceAllString(s, masked) }

// Masked is a copy of claims in which what looks like a token, a key or a
// password is hidden. With byName, so are the texts of claims that are called
// like one.
func Masked(claims map[string]any, byName bool) map[string]any {
	if claims == nil {
		return nil
	}
	out, _ := mask(claims, byName).(map[string]any)
	return out
}

func mask(v any, byName bool) any {
	switch v := v.(type) {
	case string:
		return MaskText(v)
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, x := range v {
			if s, text := x.(string); text && s != "" && byName && secretNames.MatchString(name) {
				x = masked
			}
			out[MaskText(name)] = mask(x, byName)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = mask(x, byName)
		}
		return out
	}
	return v
}

// maxShown is how many characters of a value are shown to people.
const maxShown = 56

// show writes a value as JSON, masked and shortened.
func show(v any) string {
	b, err := json.Marshal(mask(v, true))
	if err != nil {
		return masked
	}
	s := string(b)
	if text, is := v.(string); is && text == MaskText(text) && text != "" && !strings.ContainsAny(text, `"\`) {
		s = `"` + text + `"`
	}
	return shorten(s)
}

func shorten(s string) string {
	if utf8.RuneCountInString(s) <= maxShown {
		return s
	}
	return string([]rune(s)[:maxShown-1]) + "…"
}

// A Path is a place in the token.
type Path []string

// String writes it with dots; a part that has one itself is quoted.
func (p Path) String() string {
	parts := make([]string, len(p))
	for i, s := range p {
		if s == "" || strings.ContainsAny(s, `."`) {
			s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
		parts[i] = MaskText(s)
	}
	return shorten(strings.Join(parts, "."))
}

// at is what stands at a path.
func at(claims map[string]any, path Path) (v any, there bool) {
	v = claims
	for _, key := range path {
		m, _ := v.(map[string]any)
		if v, there = m[key]; !there {
			return nil, false
		}
	}
	return v, true
}
