package access

import "policylint/inspect/catalog"

// A Subject is somebody who asks: the claims of the access token that it
// presents, and the database role that PostgREST and Realtime therefore take.
type Subject struct {
	Name string
	// Role is the database role: the claim role; "" for a token without one.
	Role string
	// Claims are the claims of the token, as decoded from JSON or YAML. Of a
	// signed-in user, the claims that Auth always writes count as present where
	// they are not named. Nil is a session that has no token at all.
	Claims map[string]any
	// Open are the claims at the top of the token that may hold more than is
	// named here, "*" for any: what is missing there is not known.
	Open   []string
	Origin catalog.Origin // the entry in rules.yaml; zero otherwise
}

// NewSubject is a subject with the claims; it is in the role authenticated
// unless they name another one, or none by null.
func NewSubject(name string, claims map[string]any) Subject {
	role := catalog.Authenticated
	if v, given := claims["role"]; given {
		role, _ = v.(string)
	}
	if claims == nil {
		claims = map[string]any{}
	}
	return Subject{Name: name, Role: role, Claims: claims}
}
