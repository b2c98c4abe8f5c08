package hook

import (
	"encoding/json"
	"maps"
)

// NobodyID is the user of a sample event for which no user is named.
const NobodyID = "00000000-0000-0000-0000-000000000000"

// SampleEvent is a well-formed event for a user, with claims as Auth makes
// them for a sign-in by password; those given replace them. It returns the
// claims too, as they are sent. The error says that a claim cannot be written
// as JSON.
func SampleEvent(given map[string]any) (event []byte, sent map[string]any, err error) {
	id := NobodyID
	if s, ok := given["sub"].(string); ok {
		id = s
	}
	claims := map[string]any{
		"iss": "https://project.supabase.co/auth/v1", "aud": "authenticated", "exp": 1893456000, "iat": 1893452400, "sub": id,
		"email": "user@example.com", "phone": "", "role": "authenticated", "aal": "aal1", "is_anonymous": false,
		"session_id":   "00000000-0000-0000-0000-00000000005e",
		"app_metadata": map[string]any{"provider": "email", "providers": []any{"email"}}, "user_metadata": map[string]any{},
		"amr": []any{map[string]any{"method": "password", "timestamp": 1893452400}},
	}
	maps.Copy(claims, given)
	event, err = json.Marshal(map[string]any{
		"metadata": map[string]any{
			"uuid": "00000000-0000-0000-0000-0000000000e0", "time": "2030-01-01T00:00:00Z", "name": "custom-access-token", "ip_address": "127.0.0.1",
		},
		"user_id": id, "claims": claims, "authentication_method": "password",
	})
	if err != nil {
		return nil, nil, err
	}
	var back struct{ Claims map[string]any }
	err = json.Unmarshal(event, &back)
	return event, back.Claims, err
}
