package token_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"policylint/inspect/token"
)

const secret = "the secret of a project, of 32 characters or more"

// sign makes a token of HS256.
func sign(t testing.TB, claims map[string]any) string {
	t.Helper()
	s, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims(claims)).SignedString([]byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func part(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

func TestReadWrapped(t *testing.T) {
	bare := sign(t, map[string]any{"role": "authenticated", "session_id": "x"})
	quoted, _ := json.Marshal(bare)
	session := `{"access_token":` + string(quoted) + `,"refresh_token":"r3fresh","user":{"id":"1"}}`
	for _, test := range []struct {
		name, text string
		in         token.Wrapping
	}{
		{"bare", bare, token.Bare},
		{"blanks around", "\ufeff \n" + bare + "\r\n", token.Bare},
		{"Bearer", "Bearer " + bare, token.Bare},
		{"bearer in small letters", "bearer  " + bare, token.Bare},
		{"header", "Authorization: Bearer " + bare, token.Bare},
		{"quotes", `"` + bare + `"`, token.Bare},
		{"quotes around Bearer", "'Bearer " + bare + "'", token.Bare},
		{"variable", "SUPABASE_ACCESS_JWT=\"" + bare + "\"\n", token.Bare},
		{"exported", "export TOKEN=" + bare, token.Bare},
		{"session", session, token.Document},
		{"session inside", `{"data":{"session":` + session + `}}`, token.Document},
		{"join", `[null,"1","realtime:room","phx_join",{"config":{},"access_token":` + string(quoted) + `}]`, token.Document},
		{"older cookie", `[` + string(quoted) + `,"r3fresh",null]`, token.Document},
		{"cookie", "base64-" + part(session), token.Document},
		{"JSON text", string(quoted), token.Bare},
		{"socket", "wss://abc.supabase.co/realtime/v1/websocket?apikey=" + bare + "&vsn=1.0.0", token.Socket},
		{"redirect", "http://localhost:3000/#access_token=" + bare + "&token_type=bearer", token.Address},
	} {
		got, err := token.Read(test.text)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if got.Kind != token.User || got.In != test.in || got.Size != len(bare) || got.Broken {
			t.Errorf("%s: kind %s, in %q, size %d", test.name, got.Kind, got.In, got.Size)
		}
		if s := fmt.Sprintf("%v %+v %#v %s", got, got, got, got); strings.Contains(s, bare[:30]) {
			t.Errorf("%s: a token prints itself", test.name)
		}
	}
	broken, err := token.Read(bare[:40] + "\n  " + bare[40:])
	if err != nil || !broken.Broken || broken.Role() != "authenticated" {
		t.Errorf("a token of two lines: %v, %v", broken, err)
	}
}

func TestReadKinds(t *testing.T) {
	for _, test := range []struct {
		text    string
		kind    token.Kind
		role    string
		project string
	}{
		{sign(t, map[string]any{"iss": "supabase", "ref": "abc", "role": "anon"}), token.Anon, "anon", "abc"},
		{sign(t, map[string]any{"iss": "supabase-demo", "role": "service_role"}), token.ServiceRole, "service_role", ""},
		{sign(t, map[string]any{"iss": "https://abc.supabase.co/auth/v1", "role": "authenticated"}), token.User, "authenticated", "abc"},
		{sign(t, map[string]any{"role": "anon", "session_id": "x"}), token.User, "anon", ""},
		{sign(t, map[string]any{"iss": "https://clerk.example.com", "sub": "user_1"}), token.Other, "", ""},
		{sign(t, map[string]any{"iss": "supabase", "role": "anon", "sub": "1"}), token.Other, "anon", ""},
		{sign(t, map[string]any{"role": 7}), token.Other, "", ""},
		{"sb_publishable_abc", token.Publishable, "anon", ""},
		{"apikey: sb_secret_abc", token.Secret, "service_role", ""},
	} {
		got, err := token.Read(test.text)
		if err != nil {
			t.Errorf("%s: %v", test.kind, err)
			continue
		}
		if got.Kind != test.kind || got.Role() != test.role || got.Project() != test.project {
			t.Errorf("got %s, %q, %q; want %s, %q, %q", got.Kind, got.Role(), got.Project(), test.kind, test.role, test.project)
		}
	}
}

func TestReadNone(t *testing.T) {
	h := part(`{"alg":"HS256","typ":"JWT"}`)
	for _, test := range []struct{ name, text, want string }{
		{"empty", " \n", "it is empty"},
		{"undefined", "Bearer undefined", "a variable that was never set"},
		{"object", "[object Object]", "an object, such as the session"},
		{"no dots", "s3cretw0rd", "this has one"},
		{"two parts", "s3cretw0rd.s3cretw0rd", "this has 2: it may be cut off"},
		{"four parts", "a.b.c.s3cretw0rd", "this has 4"},
		{"encrypted", "s3cretw0rd.b.c.d.e", "an encrypted JWT"},
		{"management", "sbp_s3cretw0rd", "Management API"},
		{"hook", "v1,whsec_s3cretw0rd", "the secret of a hook"},
		{"key", "-----BEGIN PRIVATE KEY-----s3cretw0rd", "it is a key"},
		{"not base64", "s3cretw0rd!.e30.x", "its header: the part is not base64url, at character 11"},
		{"base64", part(`{"alg":"HS256"}`) + "==.e30.x", "its header: the part is in base64, a JWT is in base64url"},
		{"shortened", h + ".eyJzM2NyZXR3MHJk…." + "x", "its claims: the part was shortened"},
		{"header no JSON", part("s3cretw0rd") + ".e30.x", "its header: the part is no JSON object"},
		{"claims no JSON", h + "." + part("s3cretw0rd") + ".x", "its claims: the part is no JSON object"},
		{"claims a list", h + "." + part(`["s3cretw0rd"]`) + ".x", "its claims: the part is no JSON object"},
		{"claims null", h + "." + part(`null`) + ".x", "its claims: the part is no JSON object"},
		{"claims twice", h + "." + part(`{}{}`) + ".x", "or more than one"},
		{"claims too deep", h + "." + part(strings.Repeat(`{"a":`, 20000)) + ".x", "its claims: the part is no JSON object"},
		{"no claims", h + "..x", "its claims: the part is empty"},
		{"too large", strings.Repeat("s3cretw0rd", token.MaxSize/8), "too large"},
		{"JSON", `{"a":"s3cretw0rd"}`, "JSON without an access_token"},
		{"claims", `{"role":"authenticated"}`, "test-claims"},
		{"broken JSON", `{"access_token":"s3cretw0rd`, "begins like JSON and is none"},
		{"URL", "https://user:s3cretw0rd@example.com/", "a URL without a token"},
		{"broken URL", "https://s3cretw0rd%zz/?apikey=%zz", "a URL that cannot be read"},
	} {
		got, err := token.Read(test.text)
		if err == nil {
			t.Errorf("%s: read as %s", test.name, got)
			continue
		}
		if !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %q does not say %q", test.name, err, test.want)
		}
		if strings.Contains(err.Error(), "s3cretw0rd") || strings.Contains(err.Error(), "czNjcmV0") {
			t.Errorf("%s: the error shows the text: %v", test.name, err)
		}
	}
}

// TestReadClaims takes a token, what wraps one, and the claims as they are.
func TestReadClaims(t *testing.T) {
	bare := sign(t, map[string]any{"role": "authenticated", "level": 5})
	for name, text := range map[string]string{
		"token": bare, "Bearer": "Bearer " + bare, "session": `{"access_token":"` + bare + `","user":{"role":"other"}}`,
		"claims": "\ufeff" + ` {"role": "authenticated", "level": 5}` + "\n",
	} {
		claims, err := token.ReadClaims(text)
		if err != nil || claims["role"] != "authenticated" || fmt.Sprint(claims["level"]) != "5" {
			t.Errorf("%s: %v, %v", name, claims, err)
		}
	}
	const private = "s3cr3t"
	for text, want := range map[string]string{
		"": "empty", "{}" + private: "no JSON object of claims", `{"role": ` + private: "no JSON object", "sb_secret_" + private: "no claims", "eyJ." + private: "three parts",
		`{"access_token": "` + private + `"}`: "one", "[object Object]": "session", `[1, "` + private + `"]`: "access_token",
	} {
		if claims, err := token.ReadClaims(text); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), private) {
			t.Errorf("%q: %v, %v; want %q", text, claims, err, want)
		}
	}
	if claims, err := token.ReadClaims("{}"); err != nil || len(claims) != 0 {
		t.Errorf("no claims are %v, %v", claims, err)
	}
}
