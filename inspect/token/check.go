package token

import (
	"strings"
	"time"
)

// Skew is by how much clocks may differ: what PostgREST tolerates. Realtime
// tolerates nothing.
const Skew = 30 * time.Second

// A Level says how bad a problem is.
type Level string

// The levels.
const (
	Fault   Level = "fault"   // the token will not do what it is for
	Warning Level = "warning" // it works, and something is odd or dangerous
	Note    Level = "note"
)

// A Problem is what is wrong with a token, or worth knowing.
type Problem struct {
	Level   Level
	Claim   string // the claim's path; "" for the token as a whole
	Message string // a sentence without a full stop
	Fix     string // what to do; "" where there is nothing
}

// A Claim is one that the application's tokens carry.
type Claim struct {
	Name   string
	Paths  []Path   // equivalent places
	Values []string // what it can be; nil when not known
	// Optional says that some users have none.
	Optional bool
	// Hook is the function that writes it; "" when not known.
	Hook string
}

// A RoleState is what is known of a database role.
type RoleState string

// The states of a role.
const (
	Usable       RoleState = "usable"
	Missing      RoleState = "missing"
	NotGranted   RoleState = "not granted" // to authenticator
	RoleNotKnown RoleState = "not known"   // nothing was read that would say
)

// Options are what a token is checked against.
type Options struct {
	Now    time.Time
	Claims []Claim
	// Role says what is known of a role; nil knows those of every project.
	Role func(name string) RoleState
}

func (o *Options) role(name string) RoleState {
	if o.Role != nil {
		return o.Role(name)
	}
	switch name {
	case "anon", "authenticated", "service_role":
		return Usable
	}
	return RoleNotKnown
}

// A Result is what there is to say about a token.
type Result struct {
	Problems  []Problem
	Expiry    string // when it expires, in words; "" when it does not
	PostgREST Outlook
	Realtime  Outlook
}

// Faulty reports whether the token has a fault.
func (r *Result) Faulty() bool {
	for _, p := range r.Problems {
		if p.Level == Fault {
			return true
		}
	}
	return false
}

// A checker collects what there is to say.
type checker struct {
	*Token
	options   *Options
	signature Signature
	times     times
	out       []Problem
}

func (c *checker) add(l Level, claim, message, fix string) {
	c.out = append(c.out, Problem{l, claim, message, fix})
}

// Check says what is wrong with a token and what becomes of it.
func Check(t *Token, s Signature, o Options) *Result {
	c := &checker{Token: t, options: &o, signature: s}
	c.whole()
	if !t.Kind.IsOpaque() {
		c.signatureOK()
		c.readTimes()
		c.audience()
		c.roleOK()
		if !t.Kind.IsKey() {
			c.subject()
			c.required()
			c.application()
		}
	}
	c.explain()
	return &Result{Problems: ordered(c.out), Expiry: c.times.words, PostgREST: c.postgREST(), Realtime: c.realtime()}
}

// ordered puts faults first and keeps the order otherwise.
func ordered(list []Problem) (out []Problem) {
	for _, level := range []Level{Fault, Warning, Note} {
		for _, p := range list {
			if p.Level == level {
				out = append(out, p)
			}
		}
	}
	return out
}

// largeHeader is the size of a header line that many servers refuse.
const largeHeader = 8 << 10

// whole looks at the token from outside.
func (c *checker) whole() {
	if c.Exposed && c.Kind.BypassesRLS() || c.Exposed && c.Role() == "service_role" {
		c.add(Warning, "", "a "+string(c.Kind)+" stood on the command line: it is in the shell's history, and everybody on this machine could see it in the list of processes",
			"read it from a file or from standard input; replace the key if anybody else uses this machine")
	}
	if c.Kind.BypassesRLS() || c.Role() == "service_role" {
		c.add(Warning, "", "whoever has it is beyond row level security and reads and writes everything", "keep it on servers; a browser or an app must never have it")
	}
	if c.Broken {
		c.add(Warning, "", "blanks or line breaks stand inside it: Realtime takes them out, a header of HTTP with them is refused", "copy it in one piece")
	}
	if c.Size > largeHeader {
		c.add(Warning, "", "it is larger than 8 KB: many servers and proxies refuse a header line of that size", "put less into the token: ids instead of lists")
	}
}

func (c *checker) signatureOK() {
	switch {
	case c.signature.State == Invalid && c.signature.Local:
		c.add(Fault, "", c.signature.Because, "sign in again against the project that is meant; look which URL the client was built with")
	case c.signature.State == Invalid:
		c.add(Fault, "", "the signature is invalid: "+c.signature.Because, "take a token of this project, in one piece, and the keys that it signs with today")
	case c.signature.Local:
		c.add(Warning, "", "it is signed with the secret of every local stack, which everybody knows", "never set that secret for a project that others reach; such a token is refused by a hosted project")
	case c.signature.Decoded:
		c.add(Warning, "", "only the secret decoded from base64 verifies it: PostgREST does that with jwt-secret-is-base64 alone, Auth and Realtime never do", "sign with the secret as it is written")
	}
	if c.Header.OwnKey {
		c.add(Warning, "", "the header brings a key or its address along: a server that trusts it accepts anything", "verify with the project's own keys only")
	}
	if c.signature.State != Invalid && c.Header.Typ != "JWT" {
		c.add(Fault, "", "the header's typ is not JWT: Realtime refuses it with JwtSignerError, PostgREST does not mind", `write "typ": "JWT" into the header`)
	}
	if !c.realtimeSigns() {
		c.add(Fault, "", "Realtime does not verify tokens that are signed so: "+c.Header.Alg+without(c.Header.KeyID), "sign with HS256 and the secret, or with RS256 or ES256 and a kid of the project's JWKS")
	}
}

func without(kid string) string {
	if kid == "" {
		return " without kid"
	}
	return ""
}

// realtimeSigns reports whether Realtime can make a verifier for the token
// (supabase/realtime: channels/auth/jwt_verification.ex).
func (c *checker) realtimeSigns() bool {
	switch alg := c.Header.Alg; {
	case c.signature.State == Invalid, strings.HasPrefix(alg, "HS"):
		return true // said elsewhere, or so it is
	case strings.HasPrefix(alg, "RS"), strings.HasPrefix(alg, "ES"):
		return c.Header.KeyID != ""
	}
	return false
}

// explain says what an API key is, and what the URL of a WebSocket tells.
func (c *checker) explain() {
	switch {
	case c.In == Socket && c.Kind.IsKey():
		c.add(Note, "", "the URL of the WebSocket always carries the API key, never the user: this is as it should be. Who the user is stands in access_token of the message phx_join, and later in messages access_token",
			"look into the frames of the WebSocket for access_token, or ask realtime.subscription for the claims that the server has")
	case c.In == Socket:
		c.add(Warning, "", "the URL of the WebSocket carries a user's token where the API key is meant: it ends up in logs, and the connection is refused once it is expired",
			"build the client with the API key; setAuth or the session gives the token")
	case c.Kind == Anon || c.Kind == Publishable:
		c.add(Note, "", "an API key says which project is meant, not who the user is. In the URL of the WebSocket it is as it should be; as access_token of a join it means that the client has no session yet",
			"to look at a user, take access_token of the session")
	}
}
