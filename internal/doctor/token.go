package doctor

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// carries is whether the token has what the hook writes: the one that was
// given, or those of the users who are connected.
func (e *examiner) carries() *Link {
	l := &Link{ID: "token", Title: "The token carries the claim"}
	if e.Token == nil {
		return e.connected(l)
	}
	l.Faults = e.judgeToken()
	var carried []string
	for _, c := range e.Pass.Claims() {
		for _, path := range c.Paths {
			if v, ok := at(e.Token.Claims, path); ok {
				if s, isText := v.(string); isText && slices.Contains(c.Values, s) {
					carried = append(carried, path.String()+" = "+printable(s))
				} else {
					carried = append(carried, path.String())
				}
			}
		}
	}
	says := "role " + printable(e.Token.Role)
	if len(carried) > 0 {
		says += ", " + strings.Join(carried, ", ")
	}
	return l.holds(says + " (its signature was not verified)")
}

// connected judges by the subscriptions.
func (e *examiner) connected(l *Link) *Link {
	const need = "a user's access token: --token FILE, or - for standard input"
	if !e.Database() {
		return l.unchecked("no token was given", need)
	}
	n, of := e.carrying()
	switch {
	case e.Pass.Runtime == nil || e.Pass.Runtime.Subscriptions == nil:
		return l.unchecked("realtime.subscription is not there, or may not be read", need)
	case of == 0:
		return l.unchecked("no signed-in user is connected to Realtime now", need)
	case len(e.Pass.Claims()) == 0:
		return l.unchecked("which claims the application has is not known", "claims: in rules.yaml")
	}
	return l.holds(fmt.Sprintf("%d of %d subscriptions of signed-in users carry it", n, of))
}

func (e *examiner) subscriptions() []catalog.Subscribed {
	if e.Pass.Runtime == nil || e.Pass.Runtime.Subscriptions == nil {
		return nil
	}
	return e.Pass.Runtime.Subscriptions.Tables
}

// carrying counts the subscriptions of signed-in users, and of them those with
// a claim of the application.
func (e *examiner) carrying() (n, of int) {
	for _, s := range e.subscriptions() {
		if s.Role != catalog.Authenticated {
			continue
		}
		most := 0
		for _, c := range e.Pass.Claims() {
			for _, path := range c.Paths {
				most = max(most, s.Carrying(path...))
			}
		}
		n, of = n+most, of+s.Count
	}
	return n, of
}

// lacking lists the application's claims that a token has at none of their
// paths.
func (e *examiner) lacking(claims map[string]any) []rules.Claim {
	var out []rules.Claim
	for _, c := range e.Pass.Claims() {
		has := func(path rules.ClaimPath) bool { _, ok := at(claims, path); return ok }
		if len(c.Paths) > 0 && !slices.ContainsFunc(c.Paths, has) {
			out = append(out, c)
		}
	}
	return out
}

// judgeToken lists what is wrong with the token, as Realtime and the policies
// will see it.
func (e *examiner) judgeToken() []Fault {
	t := e.Token
	fault := func(message, advice string) []Fault {
		return []Fault{{Message: message, Advice: advice, Object: catalog.Ref{Kind: "token", Name: "token"}, Effect: "who has this token gets no updates"}}
	}
	exp, timed := seconds(t.Claims["exp"])
	_, issued := t.Claims["iss"]
	switch {
	case t.Role == "":
		return fault("the token has no claim role", "Realtime refuses a token without role: have the issuer add role: authenticated")
	case t.Role == catalog.Anon && t.Claims["sub"] == nil:
		return fault("the token is the public API key, in role anon, and no user's",
			"give the user's access token: the connection's URL always carries the key, the user is in access_token of the join; with tokens of your own call supabase.realtime.setAuth(token)")
	case !timed && issued:
		return fault("the token has no claim exp", "Realtime refuses a token without exp")
	case timed && !exp.After(e.Now):
		return fault("the token expired at "+exp.UTC().Format(time.RFC3339), "refresh the session, and have realtime.setAuth() called with the new token")
	case !e.Pass.Roles.Has(t.Role):
		return fault("the token's role is "+printable(t.Role)+", which is no role of the database", "leave role at authenticated, and put the application's role into a claim of its own")
	case e.Pass.BypassesRLS(t.Role):
		return nil // policies do not count
	}
	if lacking := e.lacking(t.Claims); len(lacking) > 0 {
		c := lacking[0]
		var paths []string
		for _, p := range c.Paths {
			paths = append(paths, p.String())
		}
		return fault("the token carries no claim "+strings.Join(paths, " or "),
			"the hook is not enabled where the token was issued, the token is older than the hook, or the user has no "+c.Name+": enable the hook under Authentication, Hooks, then sign in again")
	}
	for _, c := range e.Pass.Claims() {
		if f := e.value(c, fault); f != nil {
			return f
		}
	}
	return nil
}

// value judges what the token has for a claim.
func (e *examiner) value(c rules.Claim, fault func(message, advice string) []Fault) []Fault {
	for _, path := range c.Paths {
		v, ok := at(e.Token.Claims, path)
		text, isText := v.(string)
		if !ok {
			continue
		}
		if isText && len(c.Values) > 0 && !slices.Contains(c.Values, text) {
			return fault("the token's claim "+path.String()+" is none of "+strings.Join(c.Values, ", "), "correct what the hook reads, then sign in again")
		}
		if !e.Match || len(e.Subjects) != 1 {
			continue
		}
		if want, ok := at(e.Subjects[0].Claims, path); ok && fmt.Sprint(want) != fmt.Sprint(v) {
			return fault("the token is not "+e.Subjects[0].Name+"'s: its claim "+path.String()+" differs", "take the token of "+e.Subjects[0].Name+", or correct what the hook reads for this user")
		}
	}
	return nil
}

// seconds is a claim that is a time.
func seconds(v any) (time.Time, bool) {
	var n float64
	switch v := v.(type) {
	case json.Number:
		f, err := v.Float64()
		if err != nil {
			return time.Time{}, false
		}
		n = f
	case float64:
		n = v
	default:
		return time.Time{}, false
	}
	if n < 0 || n > 1e11 {
		return time.Time{}, false
	}
	return time.Unix(int64(n), 0), true
}

// printable is a short text of a token, without what a terminal would obey.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '?'
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}
