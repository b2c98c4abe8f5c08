package main

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// TestTokenShowsNoSecret runs the command on tokens, sound and broken, given in
// every way, and looks for pieces of them in all that it writes.
func TestTokenShowsNoSecret(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir(".git", 0o755); err != nil {
		t.Fatal(err)
	}
	const secret = "hidden-secret-of-the-project-0123456789"
	signed := func(claims jwt.MapClaims) string {
		s, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString([]byte(secret))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	part := base64.RawURLEncoding.EncodeToString
	sound := signed(jwt.MapClaims{"iss": "https://a.supabase.co/auth/v1", "role": "authenticated", "exp": time.Now().Add(time.Hour).Unix(), "user_role": "x"})
	head := part([]byte(`{"alg":"HS256","typ":"JWT"}`))
	texts := []string{
		sound, "Bearer " + sound, sound[:len(sound)-9], sound + ".more", sound[:40], "x" + sound, strings.Replace(sound, ".", "", 1),
		head + "." + part([]byte(`{"role":"anon"`)) + ".aGlkZGVuLXNpZ25hdHVyZQ", head + ".!." + "aGlkZGVuLXNpZ25hdHVyZQ",
		part([]byte(`{"alg":"none"}`)) + "." + part([]byte(`{"role":"service_role"}`)) + ".aGlkZGVuLXNpZ25hdHVyZQ",
		head + "." + part([]byte(`{"a":"`+strings.Repeat("x", 300000)+`","role":7,"exp":"soon","aud":{}}`)) + ".aGlkZGVuLXNpZ25hdHVyZQ",
		signed(jwt.MapClaims{"iss": "supabase", "role": "service_role", "refresh_token": secret, "deep": []any{sound, map[string]any{sound: sound}}, sound: 1}),
		signed(jwt.MapClaims{"role": sound, "iss": sound, "sub": sound, "aud": sound, "user_role": sound}),
		"sb_secret_hidden-secret-of-the-project", "sb_publishable_hidden-secret-of-the-project", "sbp_hidden-secret-of-the-project",
		`{"access_token":"` + sound + `","refresh_token":"` + secret + `"}`, `{"access_token":"` + sound, secret, "https://u:" + secret + "@h/?apikey=" + sound, "wss://%zz?apikey=" + sound,
	}
	// What may be in no output: pieces of the secret, of signatures, of tokens.
	pieces := []string{"hidden-secret", "aGlkZGVuLXNpZ25hdHVyZQ", head, sound[:24], sound[50:74], sound[len(sound)-20:], sound[len(sound)-40 : len(sound)-20]}
	for i, text := range texts {
		if err := os.WriteFile("t.jwt", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("secret", []byte(secret), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{
			{"token", "t.jwt"}, {"token", "-"}, {"token", text}, {"token", "t.jwt", "--format", "json"}, {"token", "t.jwt", "-", "--secret-file", "secret"},
			{"token", "t.jwt", "--secret-file", "t.jwt"}, {"token", "t.jwt", "--jwks", "t.jwt"}, {"token", "t.jwt", "--secret-file", text}, {"token", "t.jwt", "--jwks", text},
			{"token", "t.jwt", "--secret-env", text}, {"token", text, text, text},
			{"token", "t.jwt", "--migrations", filepath.Join("no", "folder")}, {"token", text, "--format", "json", "--secret-file", "secret"}, {text},
		} {
			if args[0] == text && i > 6 {
				continue // no token to the eye: an unknown command
			}
			var out, errs bytes.Buffer
			code := run(args, strings.NewReader(text), &out, &errs)
			for _, p := range pieces {
				if strings.Contains(out.String(), p) || strings.Contains(errs.String(), p) {
					t.Errorf("text %d, arguments of form %d: %q is shown:\n%.600s%.600s", i, len(args), p, out.String(), errs.String())
				}
			}
			if code > exitFailure || code >= exitUsage && errs.Len() == 0 {
				t.Errorf("text %d: exit %d, with %q", i, code, errs.String())
			}
		}
	}
}
