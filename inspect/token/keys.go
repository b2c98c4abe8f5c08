package token

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/go-jose/go-jose/v4"
)

// Keys are what signatures are verified with. The zero Keys verify nothing.
type Keys struct {
	secret []byte
	set    []jose.JSONWebKey
	hasSet bool
}

// String says nothing: keys are never printed.
func (Keys) String() string { return "keys" }

// GoString is String.
func (Keys) GoString() string { return "keys" }

// UseSecret adds the secret of a project, as the dashboard shows it. A line
// break at its end is not part of it. The error shows nothing of the secret.
func (k *Keys) UseSecret(text []byte) error {
	text = bytes.TrimRight(bytes.TrimPrefix(text, []byte("\ufeff")), "\r\n")
	switch {
	case len(bytes.TrimSpace(text)) == 0:
		return errors.New("the secret is empty")
	case bytes.HasPrefix(text, []byte("-----BEGIN")):
		return errors.New("it is a key in PEM, not the secret of HS256: a public key is never taken as a secret; give a JWKS instead")
	case bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")):
		return errors.New("it is JSON, not a secret: a JWKS is given by --jwks")
	case bytes.HasPrefix(text, []byte("eyJ")) && bytes.Count(text, []byte(".")) == 2:
		return errors.New("it is a token, not the secret that signs tokens")
	}
	k.secret = text
	return nil
}

// UseSet adds the keys of a JWKS, or one JWK, and says how many of them cannot
// be used. The error shows nothing of the keys.
func (k *Keys) UseSet(text []byte) (skipped int, err error) {
	var doc struct {
		Keys []json.RawMessage `json:"keys"`
		Kty  string            `json:"kty"`
	}
	if json.Unmarshal(bytes.TrimPrefix(text, []byte("\ufeff")), &doc) != nil {
		return 0, errors.New("it is no JWKS: a JSON object with a list `keys` is expected")
	}
	if doc.Kty != "" {
		doc.Keys = []json.RawMessage{text}
	}
	if doc.Keys == nil {
		return 0, errors.New("it is no JWKS: it has no list `keys`")
	}
	for _, raw := range doc.Keys {
		var key jose.JSONWebKey
		if json.Unmarshal(raw, &key) != nil || family(key.Key) == "" {
			skipped++
			continue
		}
		if !key.IsPublic() && family(key.Key) != symmetric {
			key = key.Public()
		}
		k.set = append(k.set, key)
	}
	k.hasSet = true
	if len(k.set) == 0 && len(doc.Keys) > 0 {
		return skipped, fmt.Errorf("none of its %d keys is one of RSA, EC, Ed25519 or a secret", len(doc.Keys))
	}
	return skipped, nil
}

// Families of keys, as JWKs name them in kty.
const (
	symmetric = "oct"
	rsaKey    = "RSA"
	ecKey     = "EC"
	edKey     = "OKP"
)

func family(key any) string {
	switch key.(type) {
	case []byte:
		return symmetric
	case *rsa.PublicKey, *rsa.PrivateKey:
		return rsaKey
	case *ecdsa.PublicKey, *ecdsa.PrivateKey:
		return ecKey
	case ed25519.PublicKey, ed25519.PrivateKey:
		return edKey
	}
	return ""
}
