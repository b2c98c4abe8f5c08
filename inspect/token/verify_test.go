package token_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"
	"github.com/golang-jwt/jwt/v5"

	"policylint/inspect/token"
)

// signed makes a token with a header.
func signed(t *testing.T, m jwt.SigningMethod, key any, header map[string]any) *token.Token {
	t.Helper()
	j := jwt.NewWithClaims(m, jwt.MapClaims{"role": "authenticated", "session_id": "x"})
	for name, v := range header {
		j.Header[name] = v
	}
	s, err := j.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, s)
}

func read(t *testing.T, s string) *token.Token {
	t.Helper()
	out, err := token.Read(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func public(key crypto.Signer, kid string) jose.JSONWebKey {
	return jose.JSONWebKey{Key: key.Public(), KeyID: kid}
}

func set(t *testing.T, keys ...jose.JSONWebKey) token.Keys {
	t.Helper()
	text, err := json.Marshal(jose.JSONWebKeySet{Keys: append([]jose.JSONWebKey{}, keys...)})
	if err != nil {
		t.Fatal(err)
	}
	var k token.Keys
	if _, err := k.UseSet(text); err != nil {
		t.Fatal(err)
	}
	return k
}

func withSecret(t *testing.T, text string) token.Keys {
	t.Helper()
	var k token.Keys
	if err := k.UseSecret([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return k
}

func TestVerify(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ec2, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	_, ed, _ := ed25519.GenerateKey(rand.Reader)
	der, _ := x509.MarshalPKIXPublicKey(rsaKey.Public())
	pub := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	kid := func(s string) map[string]any { return map[string]any{"kid": s} }
	all := set(t, public(rsaKey, "r"), public(ec, "e"), public(ed, "d"), jose.JSONWebKey{Key: []byte(secret), KeyID: "o"})
	withUse := public(ec, "e")
	withUse.Use = "enc"
	withAlg := public(rsaKey, "r")
	withAlg.Algorithm = "PS256"
	hs := func(key string, header map[string]any) *token.Token {
		return signed(t, jwt.SigningMethodHS256, []byte(key), header)
	}
	none := read(t, part(`{"alg":"none","typ":"JWT"}`)+"."+part(`{"role":"anon"}`)+".")
	nOnE := read(t, part(`{"alg":"nOnE","typ":"JWT"}`)+"."+part(`{"role":"anon"}`)+".eA")
	unsigned := read(t, part(`{"alg":"HS256","typ":"JWT"}`)+"."+part(`{"role":"anon"}`)+".")
	foreign := read(t, part(`{"alg":"HS1024","typ":"JWT"}`)+"."+part(`{"role":"anon"}`)+".eA")
	bare := read(t, part(`{"typ":"JWT"}`)+"."+part(`{"role":"anon"}`)+".eA")
	list := read(t, part(`{"typ":"JWT","alg":["HS256"]}`)+"."+part(`{"role":"anon"}`)+".eA")
	garbled := read(t, part(`{"alg":"HS256","typ":"JWT"}`)+"."+part(`{"role":"anon"}`)+".!!")
	local := "super-secret-jwt-token-with-at-least-32-characters-long"
	for _, test := range []struct {
		name  string
		keys  token.Keys
		token *token.Token
		state token.State
		want  string
	}{
		{"HS256", withSecret(t, secret+"\n"), hs(secret, nil), token.Verified, "with the secret"},
		{"HS256, wrong", withSecret(t, "another one"), hs(secret, nil), token.Invalid, "not the one that signed it"},
		{"HS256, base64", withSecret(t, base64.StdEncoding.EncodeToString([]byte(secret))), hs(secret, nil), token.Verified, "decoded from base64"},
		{"HS256, blanks", withSecret(t, "  "+secret+" "), hs(secret, nil), token.Verified, "without the blanks"},
		{"HS256, no key", token.Keys{}, hs(secret, nil), token.NotVerified, "no secret was given"},
		{"HS256, local", token.Keys{}, hs(local, nil), token.Verified, "every local stack"},
		{"HS256, local with another secret", withSecret(t, secret), hs(local, nil), token.Invalid, "the secret of a local stack"},
		{"HS256, oct", all, hs(secret, kid("o")), token.Verified, `with key "o"`},
		{"HS256, oct beside a wrong secret", all, hs("another", kid("o")), token.Invalid, `key "o" did not sign it`},
		{"HS256, kid of no JWKS", all, hs(secret, kid("gone")), token.NotVerified, "a JWKS does not have the secret"},
		{"HS256 by a public key", all, hs(string(pub), kid("r")), token.Invalid, "the key decides the algorithm"},
		{"RS256", all, signed(t, jwt.SigningMethodRS256, rsaKey, kid("r")), token.Verified, `with key "r"`},
		{"RS256, no kid", all, signed(t, jwt.SigningMethodRS256, rsaKey, nil), token.Verified, "the only key that fits"},
		{"RS256 for PS256", set(t, withAlg), signed(t, jwt.SigningMethodRS256, rsaKey, kid("r")), token.Invalid, `the key is for "PS256"`},
		{"PS256", set(t, withAlg), signed(t, jwt.SigningMethodPS256, rsaKey, kid("r")), token.Verified, `with key "r"`},
		{"ES256", all, signed(t, jwt.SigningMethodES256, ec, kid("e")), token.Verified, `with key "e"`},
		{"ES256, other key of that name", set(t, public(ec2, "e")), signed(t, jwt.SigningMethodES256, ec, kid("e")), token.Invalid, `key "e" did not sign it`},
		{"ES256, unknown kid", all, signed(t, jwt.SigningMethodES256, ec, kid("gone")), token.Invalid, `has its kid "gone"`},
		{"ES256, kid of RSA", all, signed(t, jwt.SigningMethodES256, ec, kid("r")), token.Invalid, "of kty RSA, the token says ES256"},
		{"ES256, for encryption", set(t, withUse), signed(t, jwt.SigningMethodES256, ec, kid("e")), token.Invalid, "not for signatures"},
		{"ES256 with a secret only", withSecret(t, secret), signed(t, jwt.SigningMethodES256, ec, kid("e")), token.NotVerified, "needs the public keys"},
		{"ES256, empty JWKS", set(t), signed(t, jwt.SigningMethodES256, ec, kid("e")), token.NotVerified, "the JWKS has no keys"},
		{"EdDSA", all, signed(t, jwt.SigningMethodEdDSA, ed, kid("d")), token.Verified, `with key "d"`},
		{"crit", all, signed(t, jwt.SigningMethodES256, ec, map[string]any{"kid": "e", "crit": []string{"x"}}), token.Invalid, "crit"},
		{"none", all, none, token.Invalid, "alg is none"},
		{"none without keys", token.Keys{}, none, token.Invalid, "alg is none"},
		{"nOnE", withSecret(t, secret), nOnE, token.Invalid, "alg is none"},
		{"no signature", withSecret(t, secret), unsigned, token.Invalid, "the signature is empty"},
		{"unknown alg", withSecret(t, secret), foreign, token.Invalid, `"HS1024" is no algorithm`},
		{"no alg", withSecret(t, secret), bare, token.Invalid, "no alg"},
		{"alg is a list", withSecret(t, secret), list, token.Invalid, "no alg"},
		{"garbled", withSecret(t, secret), garbled, token.Invalid, "not the one that signed it"},
		{"opaque", all, read(t, "sb_secret_x"), token.NotVerified, "no signature"},
	} {
		s := test.keys.Verify(test.token)
		if s.State != test.state || !strings.Contains(s.Because, test.want) {
			t.Errorf("%s: %s, %s; want %s, %s", test.name, s.State, s.Because, test.state, test.want)
		}
	}
	if text := fmt.Sprintf("%v %+v %#v", all, all, withSecret(t, secret)); strings.Contains(text, secret) {
		t.Error("keys print themselves")
	}
}

func TestKeysRefused(t *testing.T) {
	for _, test := range []struct{ name, secret, set, want string }{
		{name: "empty", secret: "\n", want: "empty"},
		{name: "PEM", secret: "-----BEGIN PUBLIC KEY-----\nhidden", want: "a public key is never taken as a secret"},
		{name: "JSON", secret: `{"keys":["hidden"]}`, want: "a JWKS is given by --jwks"},
		{name: "token", secret: sign(t, nil), want: "it is a token"},
		{name: "no JSON", set: "hidden", want: "no JWKS"},
		{name: "no keys", set: `{"hidden":1}`, want: "no list"},
		{name: "unknown keys", set: `{"keys":[{"kty":"hidden"},{"kty":"RSA","n":"!"},{"kty":"EC","crv":"P-256","x":"AQ","y":"AQ"},7]}`, want: "none of its 4 keys"},
	} {
		var k token.Keys
		var err error
		if test.set != "" {
			_, err = k.UseSet([]byte(test.set))
		} else {
			err = k.UseSecret([]byte(test.secret))
		}
		if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "hidden") {
			t.Errorf("%s: %v; want %q", test.name, err, test.want)
		}
	}
}
