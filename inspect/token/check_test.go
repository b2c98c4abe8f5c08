package token_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"policylint/inspect/token"
)

var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// user is a sound token of an agent, with changes: a nil takes a claim out.
func user(changes map[string]any) map[string]any {
	c := map[string]any{
		"iss": "https://abc.supabase.co/auth/v1", "sub": "00000000-0000-0000-0000-0000000000a1", "aud": "authenticated",
		"exp": now.Unix() + 1800, "iat": now.Unix() - 1800, "email": "a@example.com", "phone": "", "role": "authenticated",
		"aal": "aal1", "session_id": "s", "is_anonymous": false, "user_role": "agent",
		"app_metadata": map[string]any{"user_role": "agent"}, "user_metadata": map[string]any{},
	}
	maps.Copy(c, changes)
	maps.DeleteFunc(c, func(_ string, v any) bool { return v == nil })
	return c
}

var userRole = token.Claim{Name: "user_role", Paths: []token.Path{{"user_role"}, {"app_metadata", "user_role"}}, Values: []string{"client", "agent"}, Hook: "public.hook"}

func verified() token.Signature {
	return token.Signature{State: token.Verified, Because: "with the secret"}
}

func check(t *testing.T, text string, s token.Signature) *token.Result {
	t.Helper()
	return token.Check(read(t, text), s, token.Options{Now: now, Claims: []token.Claim{userRole}})
}

func TestSound(t *testing.T) {
	r := check(t, sign(t, user(nil)), verified())
	if len(r.Problems) > 0 || !r.PostgREST.Accepts || !r.Realtime.Accepts || r.Expiry != "in 30 min, 2026-03-01 12:30:00 UTC" {
		t.Errorf("%+v", r)
	}
}

func TestCheck(t *testing.T) {
	ago := func(d time.Duration) json.Number { return json.Number(fmt.Sprint(now.Add(-d).Unix())) }
	gone := map[string]any{"user_role": nil, "app_metadata": map[string]any{}}
	without := func(more map[string]any) map[string]any {
		out := maps.Clone(gone)
		maps.Copy(out, more)
		return out
	}
	for _, test := range []struct {
		name      string
		changes   map[string]any
		level     token.Level
		want      string
		postgREST string // "" for a yes
		realtime  string
	}{
		{"expired", map[string]any{"exp": ago(72 * time.Hour)}, token.Fault, "it expired 3 days ago, at 2026-02-26 12:00:00 UTC", "JWT expired", "Token has expired"},
		{"expired a minute ago", map[string]any{"exp": ago(31 * time.Second)}, token.Fault, "it expired 31 s ago", "JWT expired", "Token has expired"},
		{"expired within the skew", map[string]any{"exp": ago(30 * time.Second)}, token.Warning, "within the 30 s by which clocks may differ", "", "Token has expired"},
		{"expires now", map[string]any{"exp": ago(0)}, token.Warning, "it expired 0 s ago", "", "Token has expired"},
		{"a second left", map[string]any{"exp": ago(-time.Second)}, "", "", "", ""},
		{"exp before iat", map[string]any{"exp": ago(-time.Minute), "iat": ago(-70 * time.Second)}, token.Warning, "exp is before iat", "issued at future", ""},
		{"no exp", map[string]any{"exp": nil}, token.Fault, "exp is missing", "", "Fields `role` and `exp` are required"},
		{"exp is a text", map[string]any{"exp": "1900000000"}, token.Fault, "exp is a text, a number of seconds is expected", "must be numbers", ""},
		{"exp in milliseconds", map[string]any{"exp": json.Number("1772368200000")}, token.Fault, "exp is in milliseconds", "", ""},
		{"exp with a fraction", map[string]any{"exp": json.Number("1900000000.5")}, token.Fault, "a fraction of a second", "JWT expired", ""},
		{"exp beyond all", map[string]any{"exp": json.Number("1e400")}, token.Fault, "beyond the year 9999", "", ""},
		{"exp long ago", map[string]any{"exp": json.Number("-1e30")}, token.Fault, "beyond the year 9999", "", ""},
		{"iat in the future", map[string]any{"iat": ago(-5 * time.Minute)}, token.Fault, "in 5 min by the clock of this machine", "JWT issued at future", ""},
		{"iat within the skew", map[string]any{"iat": ago(-20 * time.Second)}, token.Note, "in 20 s by the clock of this machine, within the 30 s", "", ""},
		{"nbf", map[string]any{"nbf": ago(-2 * time.Hour)}, token.Fault, "it is in force only in 2 h", "JWT not yet valid", ""},
		{"aud", map[string]any{"aud": "else"}, token.Warning, `aud is "else"`, "", ""},
		{"aud in a list", map[string]any{"aud": []string{"x", "authenticated"}}, "", "", "", ""},
		{"aud is a number", map[string]any{"aud": 7}, token.Fault, "aud is a number", "aud a text", ""},
		{"aud has a number", map[string]any{"aud": []any{7}}, token.Fault, "aud is a list that has more than texts", "aud a text", ""},
		{"no role", map[string]any{"role": nil}, token.Fault, "role is missing", "", "Fields `role` and `exp` are required"},
		{"role is the application's", map[string]any{"role": "agent"}, token.Fault, `role is "agent", a value of claim user_role`, "", ""},
		{"role is unknown", map[string]any{"role": "staff"}, token.Warning, `role is "staff", no role of every project`, "", ""},
		{"role is empty", map[string]any{"role": ""}, token.Fault, "role is empty", `role "" does not exist`, `role "" does not exist`},
		{"role is a list", map[string]any{"role": []string{"a"}}, token.Fault, "role is a list", "does not exist", "does not exist"},
		{"role beyond RLS", map[string]any{"role": "service_role"}, token.Warning, "beyond row level security", "", ""},
		{"role of nobody", map[string]any{"role": "anon"}, token.Warning, "role is anon although a user is signed in", "", ""},
		{"sub is no UUID", map[string]any{"sub": "user_2x"}, token.Warning, "sub is no UUID", "", ""},
		{"required claims", map[string]any{"aal": nil, "session_id": nil}, token.Fault, "are missing: aal, session_id", "", ""},
		{"required claim of another type", map[string]any{"email": 7}, token.Fault, "claim email is a number, Auth demands a text", "", ""},
		{"metadata is a text", map[string]any{"user_metadata": "{}"}, token.Fault, "claim user_metadata is a text, an object is expected", "", ""},
		{"claim missing", gone, token.Fault, "claim user_role is missing: nothing stands at user_role or app_metadata.user_role", "", ""},
		{"claim where users write", without(map[string]any{"user_metadata": map[string]any{"user_role": "agent"}}), token.Fault, `user_metadata.user_role is "agent", which users can change themselves`, "", ""},
		{"claim in camel case", without(map[string]any{"userRole": "agent"}), token.Fault, `userRole is "agent"`, "", ""},
		{"claim under a dotted name", without(map[string]any{"app_metadata.user_role": "agent"}), token.Fault, `"app_metadata.user_role" is "agent"`, "", ""},
		{"claim at one place", map[string]any{"user_role": nil}, token.Note, "stands at app_metadata.user_role, not at user_role", "", ""},
		{"claims that disagree", map[string]any{"user_role": "client"}, token.Fault, `claim app_metadata.user_role is "agent", user_role is "client"`, "", ""},
		{"wrong value", map[string]any{"user_role": "boss"}, token.Fault, `claim user_role is "boss"; it can be client, agent`, "", ""},
		{"value in capitals", map[string]any{"user_role": "Agent"}, token.Fault, "upper and lower case count", "", ""},
		{"value is a list", map[string]any{"user_role": []string{"agent"}}, token.Fault, "a list; a text is expected", "", ""},
		{"large", map[string]any{"more": strings.Repeat("x", 9000)}, token.Warning, "larger than 8 KB", "", ""},
	} {
		r := check(t, sign(t, user(test.changes)), verified())
		found := test.want == "" && len(r.Problems) == 0
		for _, p := range r.Problems {
			found = found || test.want != "" && p.Level == test.level && strings.Contains(p.Message, test.want)
		}
		if !found {
			t.Errorf("%s: want %s %q, got %+v", test.name, test.level, test.want, r.Problems)
		}
		for _, o := range []struct {
			who, want string
			got       token.Outlook
		}{{"PostgREST", test.postgREST, r.PostgREST}, {"Realtime", test.realtime, r.Realtime}} {
			if o.got.Accepts != (o.want == "") || !strings.Contains(o.got.Text, o.want) {
				t.Errorf("%s: %s: want %q, got %+v", test.name, o.who, o.want, o.got)
			}
		}
	}
}

func TestCheckKeys(t *testing.T) {
	anon := sign(t, map[string]any{"iss": "supabase", "ref": "abc", "role": "anon", "exp": now.Unix() + 1e8})
	for _, test := range []struct {
		name, text string
		exposed    bool
		want       string
	}{
		{"anon", anon, false, "an API key says which project is meant"},
		{"anon in the URL", "wss://abc.supabase.co/realtime/v1/websocket?apikey=" + anon, false, "always carries the API key, never the user"},
		{"user in the URL", "wss://abc.supabase.co/realtime/v1/websocket?apikey=" + sign(t, user(nil)), false, "carries a user's token where the API key is meant"},
		{"publishable in the URL", "wss://abc.supabase.co/realtime/v1/websocket?apikey=sb_publishable_x", false, "always carries the API key"},
		{"secret on the command line", "sb_secret_x", true, "stood on the command line"},
		{"secret", "sb_secret_x", false, "beyond row level security"},
		{"role on the command line", sign(t, user(map[string]any{"role": "service_role"})), true, "stood on the command line"},
	} {
		x := read(t, test.text)
		x.Exposed = test.exposed
		r := token.Check(x, verified(), token.Options{Now: now, Claims: []token.Claim{userRole}})
		found := false
		for _, p := range r.Problems {
			found = found || strings.Contains(p.Message, test.want)
		}
		if !found || r.Faulty() {
			t.Errorf("%s: want %q and no fault, got %+v", test.name, test.want, r.Problems)
		}
	}
}

func TestHeaderForRealtime(t *testing.T) {
	claims := part(`{"iss":"https://a.supabase.co/auth/v1","role":"authenticated","exp":1900000000}`)
	for header, refused := range map[string]bool{
		`{"alg":"HS256","typ":"JWT"}`: false, `{"alg":"HS256"}`: true, `{"alg":"ES256","typ":"JWT","kid":"k"}`: false,
		`{"alg":"ES256","typ":"JWT"}`: true, `{"alg":"PS256","typ":"JWT","kid":"k"}`: true, `{"alg":"RS256","typ":"at+jwt","kid":"k"}`: true,
	} {
		r := check(t, part(header)+"."+claims+".eA", token.Signature{State: token.NotVerified})
		if r.Realtime.Accepts == refused || !r.PostgREST.Accepts {
			t.Errorf("%s: %+v, %+v", header, r.Realtime, r.PostgREST)
		}
	}
}

func TestCompare(t *testing.T) {
	a := read(t, sign(t, user(nil)))
	b := read(t, sign(t, user(map[string]any{"exp": now.Unix(), "user_role": "client", "app_metadata": map[string]any{}, "invite_token": "hidden1", "x": map[string]any{"password": "hidden2", "url": "postgres://u:hidden3@h/d"}})))
	var got []string
	for _, d := range token.Compare(a, b) {
		got = append(got, fmt.Sprintf("%s %s %s %v", d.Path, d.First, d.Second, d.Ordinary))
	}
	want := []string{`app_metadata.user_role "agent"  false`, "exp 1772368200 1772366400 true", `invite_token  "(hidden)" false`, `user_role "agent" "client" false`, `x.password  "(hidden)" false`, `x.url  "(hidden)h/d" false`}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
