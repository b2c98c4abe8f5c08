package token

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4"
	"github.com/golang-jwt/jwt/v5"
)

// A State says what is known of a signature.
type State string

// The states.
const (
	Verified    State = "verified"
	Invalid     State = "invalid"      // whoever checks it refuses the token
	NotVerified State = "not verified" // by us, for want of a key
)

// A Signature is what came of verifying one.
type Signature struct {
	State   State
	Because string // a sentence without a full stop
	// Needs is the family of keys that would be needed: "oct" for a secret;
	// "" when none would help.
	Needs string
	// Decoded says that only the secret decoded from base64 verifies it.
	Decoded bool
	// Local says that everybody knows the secret: that of every local stack.
	Local bool
	// Signer says that the key is at fault, not the signature.
	Signer bool
}

// localSecrets are what local stacks and examples for self-hosting sign with
// (supabase/cli: pkg/config; supabase/supabase: docker/.env.example).
var localSecrets = []string{
	"super-secret-jwt-token-with-at-least-32-characters-long",
	"your-super-secret-jwt-token-with-at-least-32-characters-long",
}

// families has the algorithms that are accepted, with the keys they take.
var families = map[string]string{
	"HS256": symmetric, "HS384": symmetric, "HS512": symmetric, "RS256": rsaKey, "RS384": rsaKey, "RS512": rsaKey,
	"PS256": rsaKey, "PS384": rsaKey, "PS512": rsaKey, "ES256": ecKey, "ES384": ecKey, "ES512": ecKey, "EdDSA": edKey,
}

// Verify verifies the signature of a token. The key decides which algorithms
// are right, never the token: none is refused, and so is a public key as the
// secret of HS256.
func (k Keys) Verify(t *Token) Signature {
	if t.Kind.IsOpaque() {
		return Signature{State: NotVerified, Because: "a key of the newer kind has no signature; the gateway looks it up"}
	}
	alg := t.Header.Alg
	want, known := families[alg]
	bad := func(because string) Signature { return Signature{State: Invalid, Because: because} }
	signer := func(because string) Signature {
		return Signature{State: Invalid, Because: because, Signer: true}
	}
	switch {
	case strings.EqualFold(alg, "none"):
		return signer("alg is none: nobody has signed it, anybody can have written it")
	case alg == "":
		return signer("the header has no alg")
	case !known:
		return signer("alg " + quote(alg) + " is no algorithm that is known here")
	case t.Header.Critical:
		return bad("the header has crit, extensions that must be understood and are not")
	case !t.signed:
		return bad("the signature is empty")
	}
	if want == symmetric {
		s := k.bySecret(t)
		if s.State == Verified || len(k.set) == 0 || k.secret != nil && !k.names(t.Header.KeyID) {
			return s
		}
	}
	if len(k.set) == 0 {
		because := "it is signed with " + alg + ", which needs the public keys of the project"
		if k.hasSet {
			because = "the JWKS has no keys: the project still signs with a secret"
		}
		return Signature{State: NotVerified, Because: because, Needs: want}
	}
	return k.bySet(t, want)
}

// bySecret verifies a token of HS256 and the like with the secret, or with one
// that everybody knows.
func (k Keys) bySecret(t *Token) Signature {
	if k.secret != nil && t.valid(k.secret) {
		s := Signature{State: Verified, Because: "with the secret"}
		for _, local := range localSecrets {
			s.Local = s.Local || local == string(k.secret)
		}
		return s
	}
	for _, local := range localSecrets {
		if !t.valid([]byte(local)) {
			continue
		}
		if k.secret != nil {
			return Signature{State: Invalid, Because: "it is signed with the secret of a local stack, not with the one given", Local: true}
		}
		return Signature{State: Verified, Because: "with the secret of every local stack", Local: true}
	}
	if k.secret == nil {
		return Signature{State: NotVerified, Because: "no secret was given", Needs: symmetric}
	}
	for _, e := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
		if b, err := e.DecodeString(string(k.secret)); err == nil && len(b) > 0 && t.valid(b) {
			return Signature{State: Verified, Because: "with the secret decoded from base64", Decoded: true}
		}
	}
	if s := strings.TrimSpace(string(k.secret)); s != string(k.secret) && t.valid([]byte(s)) {
		return Signature{State: Verified, Because: "with the secret without the blanks around it"}
	}
	return Signature{State: Invalid, Because: "the secret is not the one that signed it"}
}

// names reports whether the JWKS has a key of that name.
func (k Keys) names(kid string) bool {
	return kid != "" && slices.ContainsFunc(k.set, func(key jose.JSONWebKey) bool { return key.KeyID == kid })
}

// bySet verifies a token with the keys of a JWKS.
func (k Keys) bySet(t *Token, want string) Signature {
	kid := t.Header.KeyID
	var fit []jose.JSONWebKey
	var other string
	named := false
	for _, key := range k.set {
		if kid != "" && key.KeyID != kid {
			continue
		}
		named = true
		switch {
		case family(key.Key) != want:
			other = "the key is of kty " + family(key.Key) + ", the token says " + t.Header.Alg + ": refused, since the key decides the algorithm"
		case key.Algorithm != "" && key.Algorithm != t.Header.Alg:
			other = "the key is for " + quote(key.Algorithm) + ", the token says " + t.Header.Alg + ": refused, since the key decides the algorithm"
		case key.Use != "" && key.Use != "sig":
			other = "the key is not for signatures: its use is " + quote(key.Use)
		default:
			fit = append(fit, key)
		}
	}
	for _, key := range fit {
		if t.valid(key.Key) {
			by := "with the only key that fits"
			if kid != "" {
				by = "with key " + quote(kid)
			}
			return Signature{State: Verified, Because: by}
		}
	}
	switch {
	case len(fit) > 0 && kid != "":
		return Signature{State: Invalid, Because: "key " + quote(kid) + " did not sign it: header or claims were changed, or it is damaged"}
	case len(fit) > 0:
		return Signature{State: Invalid, Because: "none of the keys that fit signed it"}
	case kid != "" && !named && want == symmetric:
		return Signature{State: NotVerified, Because: "it is signed with " + t.Header.Alg + ": a JWKS does not have the secret", Needs: symmetric}
	case kid != "" && !named:
		return Signature{State: Invalid, Because: "no key of the JWKS has its kid " + quote(kid) + ": the keys were rotated, or it is of another project", Signer: true}
	case kid == "" && want == symmetric:
		return Signature{State: NotVerified, Because: "it is signed with " + t.Header.Alg + ": a JWKS does not have the secret", Needs: symmetric}
	}
	return Signature{State: Invalid, Because: other, Signer: true}
}

// valid reports whether the key has signed the token.
func (t *Token) valid(key any) bool {
	p := jwt.NewParser(jwt.WithValidMethods([]string{t.Header.Alg}), jwt.WithoutClaimsValidation(), jwt.WithJSONNumber())
	_, err := p.Parse(t.raw, func(*jwt.Token) (any, error) { return key, nil })
	return err == nil
}

func quote(s string) string { return `"` + shorten(MaskText(s)) + `"` }
