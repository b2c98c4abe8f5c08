package token

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
)

var uuid = regexp.MustCompile(`(?i)^\{?[0-9a-f]{4}(?:-?[0-9a-f]{4}){7}\}?$`)

// requiredClaims are what Auth demands of what a hook returns, with the JSON
// type it must have (supabase/auth: tokens/service.go,
// MinimumViableTokenSchema).
var requiredClaims = []struct{ name, kind string }{
	{"aud", ""}, {"exp", ""}, {"iat", "a number"}, {"sub", "a text"}, {"email", "a text"}, {"phone", "a text"},
	{"role", ""}, {"aal", "a text"}, {"session_id", "a text"}, {"is_anonymous", "true or false"},
}

// required checks what Auth demands of every token.
func (c *checker) required() {
	var gone []string
	for _, r := range requiredClaims {
		v, there := c.Claims[r.name]
		switch {
		case !there && r.name != "exp" && r.name != "role":
			gone = append(gone, r.name)
		case there && r.kind != "" && kindOf(v) != r.kind && c.Kind == User:
			c.add(Fault, r.name, "claim "+r.name+" is "+kindOf(v)+", Auth demands "+r.kind, "let the hook leave the claim as it came")
		}
	}
	for _, name := range []string{"app_metadata", "user_metadata"} {
		if v, there := c.Claims[name]; there && kindOf(v) != "an object" {
			c.add(Fault, name, "claim "+name+" is "+kindOf(v)+", an object is expected", "")
		}
	}
	switch {
	case len(gone) > 0 && c.Kind == User:
		c.add(Fault, "", "claims that Auth demands of every token are missing: "+strings.Join(gone, ", "), "let the hook return all claims that it was given; with these missing, Auth lets nobody sign in")
	case c.Kind == Other:
		message := "Supabase Auth did not write it: iss does not end in /auth/v1, and there is no session_id"
		if len(gone) > 0 {
			message += "; of the claims of Auth's tokens it lacks " + strings.Join(gone, ", ")
		}
		c.add(Note, "", message, "")
	}
}

func (c *checker) audience() {
	v, there := c.Claims["aud"]
	var list []string
	switch v := v.(type) {
	case string:
		list = []string{v}
	case []any:
		for _, x := range v {
			s, ok := x.(string)
			if !ok {
				c.add(Fault, "aud", "aud is a list that has more than texts: PostgREST refuses the token", "write a text or a list of texts")
				return
			}
			list = append(list, s)
		}
	case nil:
		if there && c.Kind == User {
			c.add(Fault, "aud", "aud is null, a text is expected", "")
		}
		return
	default:
		c.add(Fault, "aud", "aud is "+kindOf(v)+", a text or a list of texts is expected: PostgREST refuses the token", "write a text or a list of texts")
		return
	}
	if c.Kind != User || slices.Contains(list, "authenticated") {
		return
	}
	c.add(Warning, "aud", "aud is "+show(v)+", in Auth's tokens it is \"authenticated\": PostgREST refuses it where jwt-aud is set, Realtime does not look", "")
}

func (c *checker) subject() {
	v, there := c.Claims["sub"]
	s, text := v.(string)
	switch {
	case !there && c.Role() == "authenticated":
		c.add(Warning, "sub", "sub is missing: auth.uid() is null, and every policy that compares it lets nothing through", "")
	case text && s != "" && !uuid.MatchString(s):
		c.add(Warning, "sub", "sub is no UUID: auth.uid() ends with 22P02, and with it every policy that calls it; in Realtime that stops delivery for everybody",
			"read auth.jwt() ->> 'sub' in policies instead")
	}
}

func (c *checker) roleOK() {
	v, there := c.Claims["role"]
	role, text := v.(string)
	fixed := "the claim role is the database role, authenticated for users: put the application's role into a claim of its own, such as user_role"
	switch {
	case !there:
		c.add(Fault, "role", "role is missing: Realtime refuses the token, PostgREST takes role anon", "write role into the token: authenticated for a signed-in user")
	case !text:
		c.add(Fault, "role", "role is "+kindOf(v)+", the name of a database role is expected", fixed)
	case role == "":
		c.add(Fault, "role", "role is empty, the name of a database role is expected", fixed)
	case c.options.role(role) == Missing:
		message := "role is " + show(role) + ", and there is no such database role"
		if name := c.valueOf(role); name != "" {
			message += ": it is a value of claim " + name + ", so a hook has overwritten role"
		}
		c.add(Fault, "role", message, fixed)
	case c.options.role(role) == NotGranted:
		c.add(Fault, "role", "role is "+show(role)+", which is not granted to authenticator: permission denied to set role", fixed)
	case c.options.role(role) == RoleNotKnown:
		message := "role is " + show(role) + ", no role of every project: whether this one has it is not known without its migrations"
		level := Warning
		if name := c.valueOf(role); name != "" {
			level, message = Fault, "role is "+show(role)+", a value of claim "+name+": a hook has overwritten the database role"
		}
		c.add(level, "role", message, fixed)
	case role == "anon" && c.Kind == User:
		c.add(Warning, "role", "role is anon although a user is signed in", fixed)
	case role != "authenticated" && c.Kind == User && role != "service_role":
		c.add(Note, "role", "role is "+show(role)+": what is granted to authenticated, and its policies, hold for it only where it is a member", "")
	}
}

// valueOf names the claim of the application that can have the value.
func (c *checker) valueOf(value string) string {
	for _, claim := range c.options.Claims {
		if slices.Contains(claim.Values, value) {
			return claim.Name
		}
	}
	return ""
}

// application checks the claims that tell the application's users apart.
func (c *checker) application() {
	if c.Role() == "anon" || c.Role() == "service_role" {
		return
	}
	for _, claim := range c.options.Claims {
		var there, gone []Path
		for _, p := range claim.Paths {
			if v, _ := at(c.Claims, p); v != nil {
				there = append(there, p)
			} else {
				gone = append(gone, p)
			}
		}
		if len(there) == 0 {
			c.absent(claim)
			continue
		}
		first, _ := at(c.Claims, there[0])
		for _, p := range there {
			v, _ := at(c.Claims, p)
			c.value(claim, p, v)
			if !equal(v, first) {
				c.add(Fault, p.String(), "claim "+p.String()+" is "+show(v)+", "+there[0].String()+" is "+show(first)+": policies that read the one and the other disagree", "let the hook write both alike")
			}
		}
		for _, p := range gone {
			c.add(Note, p.String(), "claim "+claim.Name+" stands at "+there[0].String()+", not at "+p.String()+": a policy that reads it there finds nothing", "")
		}
	}
}

// value checks a value of a claim.
func (c *checker) value(claim Claim, p Path, v any) {
	s, text := v.(string)
	if claim.Values == nil || text && slices.Contains(claim.Values, s) {
		return
	}
	message := "claim " + p.String() + " is " + show(v)
	if !text {
		c.add(Fault, p.String(), message+", "+kindOf(v)+"; a text is expected: "+strings.Join(claim.Values, ", "), "let the hook write a text")
		return
	}
	message += "; it can be " + strings.Join(claim.Values, ", ")
	for _, known := range claim.Values {
		if fold(known) == fold(s) {
			message += ", and upper and lower case count"
		}
	}
	c.add(Fault, p.String(), message, "look which value the user has where the hook reads it, and what policies compare with")
}

// absent says that a claim is not there, and where else it might be.
func (c *checker) absent(claim Claim) {
	level := Fault
	if claim.Optional {
		level = Warning
	}
	var places []string
	for _, p := range claim.Paths {
		places = append(places, p.String())
	}
	message := "claim " + claim.Name + " is missing: nothing stands at " + strings.Join(places, " or ")
	fix := "see that the hook is enabled in the project that issued the token, and sign in again: a token keeps its claims until it is renewed"
	if claim.Hook != "" {
		fix = "see that " + claim.Hook + " is enabled in the project that issued the token, and sign in again: a token keeps its claims until it is renewed"
	}
	for _, p := range c.elsewhere(claim) {
		v, _ := at(c.Claims, p)
		message += "; " + p.String() + " is " + show(v)
		if p[0] == "user_metadata" {
			message += ", which users can change themselves"
			continue
		}
		fix = "write the claim where policies read it"
	}
	c.add(level, claim.Name, message, fix)
}

// elsewhere finds what looks like the claim in other places, a few at most.
func (c *checker) elsewhere(claim Claim) (out []Path) {
	names := map[string]bool{fold(claim.Name): true}
	for _, p := range claim.Paths {
		names[fold(p[len(p)-1])], names[fold(strings.Join(p, "."))] = true, true
	}
	left := 10000
	var walk func(m map[string]any, path Path)
	walk = func(m map[string]any, path Path) {
		for _, key := range slices.Sorted(maps.Keys(m)) {
			if left--; left < 0 || len(out) == 3 || len(path) > 5 {
				return
			}
			p := append(slices.Clone(path), key)
			own := slices.ContainsFunc(claim.Paths, func(q Path) bool { return slices.Equal(p, q) })
			if names[fold(key)] && !own && m[key] != nil {
				out = append(out, p)
			}
			if inner, ok := m[key].(map[string]any); ok {
				walk(inner, p)
			}
		}
	}
	walk(c.Claims, nil)
	return out
}

// fold makes spellings of a name equal.
func fold(s string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(s))
}

func equal(a, b any) bool {
	x, err1 := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err1 == nil && err2 == nil && string(x) == string(y)
}
