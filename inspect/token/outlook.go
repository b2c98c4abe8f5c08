package token

import "strings"

// An Outlook is what a service does with a token.
type Outlook struct {
	Accepts bool
	Text    string // sentences
}

// yes is an answer that depends on the signature, as long as nobody has
// verified it.
func (c *checker) yes(does, text string) string {
	if c.signature.State == NotVerified {
		return "If the signature is right, " + does + text
	}
	return strings.ToUpper(does[:1]) + does[1:] + text
}

// postgREST says what PostgREST does (PostgREST: Auth/Jwt.hs).
func (c *checker) postgREST() Outlook {
	no := func(text string) Outlook { return Outlook{Text: text} }
	if c.Kind.IsOpaque() {
		return Outlook{true, "The gateway puts a token of role " + c.Role() + " in its place, in the header apikey; as Authorization: Bearer it is no JWT and is refused."}
	}
	role := c.Role()
	_, given := c.Claims["role"]
	t := c.times
	switch {
	case c.signature.State == Invalid:
		return no("Refuses it with 401, PGRST301: the signature does not hold.")
	case t.malformed, c.has("aud", Fault) && c.Claims["aud"] != nil:
		return no("Refuses it with 401, PGRST303: exp, nbf and iat must be numbers, aud a text or a list of texts.")
	case t.expired, t.fraction:
		return no("Refuses it with 401, PGRST303: JWT expired (PGRST301 before version 13).")
	case t.early:
		return no("Refuses it with 401: JWT not yet valid.")
	case t.future:
		return no("Refuses it with 401: JWT issued at future.")
	case !given:
		return Outlook{true, c.yes("runs", " the request as role anon, since the token names none; policies see these claims with role anon.")}
	case c.options.role(role) == Missing || role == "":
		return no("Cannot set the role: role " + show(c.Claims["role"]) + " does not exist.")
	case c.options.role(role) == NotGranted:
		return no("Cannot set the role: permission denied to set role " + show(role) + ".")
	}
	doubt := ""
	if c.options.role(role) == RoleNotKnown {
		doubt = ", if there is one"
	}
	return Outlook{true, c.yes("runs", " the request as role "+MaskText(role)+doubt+", with these claims for policies.")}
}

// has reports whether something was said of a claim.
func (c *checker) has(claim string, level Level) bool {
	for _, p := range c.out {
		if p.Claim == claim && p.Level == level {
			return true
		}
	}
	return false
}

// realtime says what Realtime does (supabase/realtime:
// channels/auth/channels_authorization.ex, jwt_verification.ex, and the table
// realtime.subscription).
func (c *checker) realtime() Outlook {
	no := func(text string) Outlook { return Outlook{Text: text} }
	role := c.Role()
	_, exp := c.Claims["exp"]
	_, given := c.Claims["role"]
	switch {
	case c.Kind.IsOpaque():
		return Outlook{true, "Opens the socket with it. As access_token of a join it is ignored: the subscription is of role " + role + "."}
	case c.signature.State == Invalid && c.signature.Signer, c.Header.Typ != "JWT", !c.realtimeSigns():
		return no("Refuses it (JwtSignerError): it finds no key for this header. The channel ends with CHANNEL_ERROR.")
	case c.signature.State == Invalid:
		return no("Refuses it (JwtSignatureError): the channel ends with CHANNEL_ERROR.")
	case c.times.expired || c.times.late:
		return no("Refuses it (InvalidJWTToken): Token has expired. The channel ends with CHANNEL_ERROR.")
	case !exp || !given:
		return no("Refuses it: Fields `role` and `exp` are required in JWT. The channel ends with CHANNEL_ERROR.")
	case role == "" || c.options.role(role) == Missing:
		return no("Lets the channel join, but subscribes to no table: role " + show(c.Claims["role"]) + " does not exist (42704). The client hears of it in a system message only.")
	}
	text := c.yes("subscribes", " as role "+MaskText(role))
	if c.options.role(role) == RoleNotKnown {
		text += ", if there is one"
	}
	text += "; policies see these claims at each change"
	if c.times.exp != nil && !c.Kind.IsKey() {
		text += ". At " + stamp(*c.times.exp) + " the channel is closed unless a fresh access_token came"
	}
	if c.Kind.IsKey() {
		text += ". The URL of the socket carries it always; as access_token of a join it means nobody is signed in"
		if c.Kind == ServiceRole {
			text = c.yes("subscribes", " as role service_role, beyond row level security")
		}
	}
	return Outlook{true, text + "."}
}
