package hook

// event is what Auth hands to the hook (Supabase docs: Custom Access Token
// Hook, inputs). Members that only some tokens have are there on some runs.
func (m *machine) event() *node {
	text := func() *node { return inputScalar(str, anyText) }
	uuid := func() *node { return inputScalar(str, uuidText) }
	count := func() *node { return inputScalar(number, numberText) }
	claims := &node{kind: object, members: map[string]*node{
		"iss": text(), "aud": text(), "exp": count(), "iat": count(), "sub": uuid(), "role": text(), "session_id": uuid(),
		"email": text(), "phone": text(), "is_anonymous": inputScalar(truth, boolText),
		"aal": {kind: str, scalar: &symbol{values: []string{"aal1", "aal2"}}},
		"amr": {kind: array, rest: true},
	}}
	claims.opens = []opening{{pool: &pool{memo: map[string]*node{}, make: optionalClaim}}}
	method := []string{"password", "otp", "oauth", "totp", "recovery", "invite", "sso/saml", "magiclink", "email/signup", "email_change", "token_refresh", "anonymous"}
	meta := &node{kind: object, members: map[string]*node{"uuid": uuid(), "time": inputScalar(str, timeText), "name": text(), "ip_address": text()}}
	return &node{kind: object, members: map[string]*node{
		"metadata":              meta,
		"user_id":               uuid(),
		"claims":                claims,
		"authentication_method": {kind: str, scalar: &symbol{values: method}},
	}}
}

func inputScalar(k kind, f form) *node { return &node{kind: k, scalar: &symbol{form: f}} }

// optionalClaim makes the claims that not every token has.
func optionalClaim(m *machine, key string) *node {
	switch key {
	case "app_metadata", "user_metadata":
		if m.choose(2) == 1 {
			return nil
		}
		n := &node{kind: object, members: map[string]*node{}, opens: []opening{{pool: anyMembers()}}}
		return n
	case "client_id", "scope":
		if m.choose(2) == 1 {
			return inputScalar(str, anyText)
		}
	}
	return nil
}
