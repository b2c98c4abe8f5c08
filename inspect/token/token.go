// Package token reads what clients present to Supabase: access tokens and API
// keys. It says what they are, what is wrong with them, and what PostgREST and
// Realtime make of them. It has no clock and opens no file, and nothing that it
// returns holds the text of a token, a signature or a key.
package token

import (
	"net/url"
	"strings"
)

// A Kind says what a token is for.
type Kind string

// The kinds.
const (
	User        Kind = "access token"     // of a signed-in user, as Supabase Auth writes them
	Other       Kind = "JWT"              // that something else wrote
	Anon        Kind = "anon key"         // a legacy API key
	ServiceRole Kind = "service_role key" // a legacy API key
	Publishable Kind = "publishable key"  // an API key of the newer kind, without claims
	Secret      Kind = "secret key"       // an API key of the newer kind, without claims
)

// IsKey reports whether it is an API key, which says which project is meant,
// not who the user is.
func (k Kind) IsKey() bool { return k != User && k != Other }

// IsOpaque reports whether it is a key that is no JWT.
func (k Kind) IsOpaque() bool { return k == Publishable || k == Secret }

// BypassesRLS reports whether whoever has it is beyond row level security.
func (k Kind) BypassesRLS() bool { return k == ServiceRole || k == Secret }

// A Wrapping is what a token was found in.
type Wrapping string

// The wrappings that matter to what is said of a token.
const (
	Bare     Wrapping = ""
	Socket   Wrapping = "the apikey of a WebSocket URL"
	Address  Wrapping = "a URL"
	Document Wrapping = "the access_token of a JSON document"
)

// A Token is what was read.
type Token struct {
	Kind   Kind
	In     Wrapping
	Header Header
	// Claims are as decoded from JSON, with numbers as json.Number; nil for a
	// key that has none.
	Claims map[string]any
	// Exposed says that it stood on a command line.
	Exposed bool
	// Broken says that blanks or line breaks stood inside it.
	Broken bool
	// Size is the length of the token in bytes.
	Size int

	raw    string
	signed bool
}

// A Header is what matters of a JWT's header.
type Header struct {
	Alg, Typ, KeyID string
	// Critical says that the header names extensions that must be understood.
	Critical bool
	// OwnKey says that the token brings a key, or the address of one, along.
	OwnKey bool
}

// String names the kind: a token is never printed.
func (t *Token) String() string { return string(t.Kind) }

// GoString is String.
func (t *Token) GoString() string { return t.String() }

// Role is the claim role where it is a text; "" otherwise. Keys without claims
// stand for the role that the gateway puts in.
func (t *Token) Role() string {
	switch t.Kind {
	case Publishable:
		return "anon"
	case Secret:
		return "service_role"
	}
	role, _ := t.Claims["role"].(string)
	return role
}

// Issuer is the claim iss where it is a text.
func (t *Token) Issuer() string {
	iss, _ := t.Claims["iss"].(string)
	return iss
}

// Project is the reference of the hosted project that the token is of; "" when
// it does not say.
func (t *Token) Project() string {
	if ref, ok := t.Claims["ref"].(string); ok && t.Kind.IsKey() {
		return MaskText(ref)
	}
	u, err := url.Parse(t.Issuer())
	if err != nil {
		return ""
	}
	ref, ok := strings.CutSuffix(u.Hostname(), ".supabase.co")
	if !ok {
		return ""
	}
	return MaskText(ref)
}

// classify says what a JWT is for, from its claims.
func classify(claims map[string]any) Kind {
	iss, _ := claims["iss"].(string)
	role, _ := claims["role"].(string)
	_, session := claims["session_id"]
	_, subject := claims["sub"]
	legacy := iss == "supabase" || iss == "supabase-demo"
	switch {
	case legacy && role == "anon" && !subject:
		return Anon
	case legacy && role == "service_role" && !subject:
		return ServiceRole
	case session, strings.HasSuffix(iss, "/auth/v1"):
		return User
	}
	return Other
}
