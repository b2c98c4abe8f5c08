package token

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// MaxSize is the size above which a text is no token.
const MaxSize = 1 << 20

var (
	prefix   = regexp.MustCompile(`(?i)^(?:authorization|apikey|x-api-key)\s*:\s*|^bearer\s+`)
	variable = regexp.MustCompile(`^(?:export\s+)?[A-Z][A-Z0-9_]*\s*=\s*`)
	blanks   = regexp.MustCompile(`\s+`)
)

// clientBugs are words that clients send where a token was meant.
var clientBugs = map[string]string{
	"undefined":        "a variable that was never set",
	"null":             "a session that is not there",
	"NaN":              "a number that is none",
	"[object Object]":  "an object, such as the session, where its access_token is meant",
	"[object Promise]": "a promise that was not awaited",
}

// Looks reports whether a text looks like a token or what wraps one, rather
// than a name of a file or a command.
func Looks(text string) bool {
	s := strings.Trim(strings.TrimSpace(text), `"'`)
	return strings.Contains(s, "eyJ") || strings.Contains(s, "sb_publishable_") || strings.Contains(s, "sb_secret_") ||
		prefix.MatchString(s) || strings.HasPrefix(s, "{") || strings.Contains(s, "://") || clientBugs[s] != "" ||
		strings.HasPrefix(s, "sbp_") || len(s) > 20 && strings.Count(s, ".") == 2 && !strings.ContainsAny(s, "/\\ ")
}

// Read finds the token in a text: bare, quoted, behind Bearer, as a variable of
// an .env file, in the URL of a WebSocket or in a session as JSON. Its errors
// show nothing of the text.
func Read(text string) (*Token, error) {
	if len(text) > MaxSize {
		return nil, errors.New("it is too large for a token")
	}
	word, in, err := unwrap(text, 8)
	if err != nil {
		return nil, err
	}
	t := &Token{In: in}
	if blanks.MatchString(word) && strings.Count(word, ".") == 2 {
		word, t.Broken = blanks.ReplaceAllString(word, ""), true
	}
	t.raw, t.Size = word, len(word)
	switch {
	case strings.HasPrefix(word, "sb_publishable_"):
		t.Kind = Publishable
		return t, nil
	case strings.HasPrefix(word, "sb_secret_"):
		t.Kind = Secret
		return t, nil
	}
	if err := t.decode(); err != nil {
		return nil, err
	}
	t.Kind = classify(t.Claims)
	return t, nil
}

// unwrap takes off what stands around a token, at most so many times.
func unwrap(text string, most int) (word string, in Wrapping, err error) {
	for range most {
		before := text
		text = strings.TrimSpace(strings.TrimPrefix(text, "\ufeff"))
		if n := len(text); n > 1 && strings.ContainsRune("\"'`", rune(text[0])) && text[n-1] == text[0] {
			text = strings.TrimSpace(text[1 : n-1])
		}
		text = prefix.ReplaceAllString(text, "")
		text = variable.ReplaceAllString(text, "")
		if rest, ok := strings.CutPrefix(text, "base64-"); ok { // as in the cookies of the server-side client
			if b, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(rest, "=")); err == nil {
				text = string(b)
			}
		}
		switch lower := strings.ToLower(text); {
		case strings.HasPrefix(text, "{"), strings.HasPrefix(text, "["):
			if clientBugs[text] != "" {
				break
			}
			if text, err = fromJSON(text); err != nil {
				return "", "", err
			}
			in = Document
		case strings.HasPrefix(lower, "ws://"), strings.HasPrefix(lower, "wss://"), strings.HasPrefix(lower, "http://"), strings.HasPrefix(lower, "https://"):
			if text, in, err = fromURL(text); err != nil {
				return "", "", err
			}
		}
		if text == before {
			break
		}
	}
	return text, in, nil
}

// fromURL takes the token out of a URL.
func fromURL(text string) (string, Wrapping, error) {
	u, err := url.Parse(text)
	if err != nil {
		return "", "", errors.New("it is a URL that cannot be read")
	}
	fragment, _ := url.ParseQuery(u.Fragment)
	for _, q := range []url.Values{u.Query(), fragment} {
		for _, name := range []string{"access_token", "apikey"} {
			if v := q.Get(name); v != "" {
				if strings.HasPrefix(u.Scheme, "w") || strings.HasSuffix(u.Path, "/websocket") {
					return v, Socket, nil
				}
				return v, Address, nil
			}
		}
	}
	return "", "", errors.New("it is a URL without a token: neither apikey nor access_token is in it")
}

// fromJSON takes the access_token out of a document: that of a session, of the
// message phx_join, or of what wraps them.
func fromJSON(text string) (string, error) {
	var doc any
	if json.Unmarshal([]byte(text), &doc) != nil {
		return "", errors.New("it begins like JSON and is none")
	}
	list, _ := doc.([]any)
	if len(list) > 0 { // older cookies: the token, then the refresh token
		if s, ok := list[0].(string); ok && strings.Count(s, ".") == 2 {
			return s, nil
		}
	}
	for level, depth := []any{doc}, 0; len(level) > 0 && depth < 6; depth++ {
		var next []any
		for _, v := range level {
			switch v := v.(type) {
			case map[string]any:
				if s, ok := v["access_token"].(string); ok {
					return s, nil
				}
				for _, key := range slices.Sorted(maps.Keys(v)) {
					next = append(next, v[key])
				}
			case []any:
				next = append(next, v...)
			}
		}
		level = next
	}
	if m, ok := doc.(map[string]any); ok && (m["sub"] != nil || m["role"] != nil) {
		return "", errors.New("it is the claims of a token, not a token: `policylint test-claims` takes those")
	}
	return "", errors.New("it is JSON without an access_token")
}

// strange says what a text is that is no JWT, without showing any of it.
func strange(word string) error {
	if bug := clientBugs[word]; bug != "" {
		return fmt.Errorf("it is the word %s: the client sent %s", word, bug)
	}
	switch n := strings.Count(word, ".") + 1; {
	case word == "":
		return errors.New("it is empty")
	case strings.HasPrefix(word, "sbp_"):
		return errors.New("it is an access token of the Management API, which PostgREST and Realtime do not take")
	case strings.HasPrefix(word, "v1,whsec_"):
		return errors.New("it is the secret of a hook, not a token")
	case strings.HasPrefix(word, "-----BEGIN"):
		return errors.New("it is a key, not a token")
	case n == 1:
		return errors.New("a JWT has three parts with dots between, this has one: it may be a refresh token or a secret")
	case n == 5:
		return errors.New("it is an encrypted JWT (five parts), which neither PostgREST nor Realtime takes")
	default:
		return fmt.Errorf("a JWT has three parts, this has %d: it may be cut off", n)
	}
}
