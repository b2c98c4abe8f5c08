package token_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"policylint/inspect/token"
)

// FuzzRead holds that no text makes the reader panic, and that nothing that is
// said of a text has the text of a token or a key in it.
func FuzzRead(f *testing.F) {
	jwt := sign(f, map[string]any{"iss": "https://a.supabase.co/auth/v1", "role": "authenticated", "exp": 1900000000, "user_role": "x"})
	for _, seed := range []string{
		jwt, "Bearer " + jwt, `{"access_token":"` + jwt + `"}`, "wss://h/websocket?apikey=" + jwt, "sb_secret_0123456789", "sb_publishable_0123456789",
		"undefined", "a.b.c", "[[[[", `{"a":{"a":{"a":[{"access_token":7}]}}}`, part(`{"alg":"none"}`) + "." + part(`{"exp":1e999,"aud":[1],"role":{}}`) + ".",
		part(`{"alg":"RS256","kid":"k","jwk":{}}`) + "." + part(`{"a":{"user_role":1},"sub":7}`) + ".eA", "base64-e30", "http://%zz", "\ufeff\"'`",
	} {
		f.Add(seed)
	}
	var keys token.Keys
	if err := keys.UseSecret([]byte(secret)); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		x, err := token.Read(text)
		if err != nil {
			// A long piece of what was read is in no error.
			for i := 0; i+24 <= len(text) && i < 4096; i++ {
				if piece := text[i : i+24]; utf8.ValidString(piece) && strings.Contains(err.Error(), piece) && !strings.Contains(piece, " ") {
					t.Errorf("the error shows the text: %v", err)
				}
			}
			return
		}
		for _, s := range []token.Signature{keys.Verify(x), (token.Keys{}).Verify(x)} {
			r := token.Check(x, s, token.Options{Now: now, Claims: []token.Claim{userRole}})
			said := fmt.Sprintf("%+v %+v %+v %+v", x, s, r, token.Compare(x, x))
			for _, d := range x.Shown() {
				said += d.Path.String() + d.First + "\n"
			}
			if parts := strings.Split(text, "."); len(parts) == 3 && len(parts[2]) > 20 && strings.Contains(said, parts[2]) {
				t.Errorf("a signature is shown: %s", said)
			}
			if x.Kind.IsOpaque() && len(text) > 30 && strings.Contains(said, text) {
				t.Errorf("a key is shown: %s", said)
			}
		}
	})
}
