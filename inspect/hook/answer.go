package hook

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// An Answer is what a server gave when it called the hook: an error, SQL null,
// or JSON, as encoding/json decodes it.
type Answer struct {
	SQLState, Message string
	Null              bool
	Body              any
}

// Disagreements says where an answer differs from what was said of the hook;
// sent is the claims of the event. Where the hook could not be followed it
// only finds what was ruled out all the same.
func (r *Result) Disagreements(sent map[string]any, a Answer) []string {
	c := check{r: r}
	c.certain(a)
	body, _ := a.Body.(map[string]any)
	claims, ok := body["claims"].(map[string]any)
	_, refused := body["error"].(map[string]any)
	switch {
	case a.SQLState != "":
		c.expect(slices.ContainsFunc(r.Raises, func(x Raise) bool { return x.SQLState == a.SQLState }), "it raises "+a.SQLState+", "+a.Message)
	case a.Null:
		c.expect(len(r.Nulls) > 0, "it returns null")
	case refused:
		c.expect(len(r.Refusals) > 0, "it refuses the token")
	case !ok:
		c.expect(len(r.Shapes) > 0, "it returns no claims")
	default:
		c.token(sent, claims)
	}
	return c.out
}

type check struct {
	r   *Result
	out []string
}

// expect notes what was not said, unless something could not be followed.
func (c *check) expect(said bool, what string) {
	if !said && c.r.Complete() {
		c.out = append(c.out, what+", which was not said")
	}
}

// deny notes what was said and is not so.
func (c *check) deny(wrong bool, format string, args ...any) {
	if wrong {
		c.out = append(c.out, fmt.Sprintf(format, args...))
	}
}

// certain holds the answer against what was said to happen always.
func (c *check) certain(a Answer) {
	for _, x := range c.r.Raises {
		c.deny(x.When == Always && a.SQLState != x.SQLState, "it does not raise %s, which was said", x.SQLState)
	}
	for _, x := range c.r.Nulls {
		c.deny(x.When == Always && !a.Null, "it does not return null, which was said")
	}
	for _, x := range c.r.Shapes {
		c.deny(x.When == Always && (a.Null || a.SQLState != ""), "it does not return %s, which was said", x.What)
	}
}

// token holds claims against what was said of them.
func (c *check) token(sent, got map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(required)) {
		v, ok := got[name]
		bad := !ok || jsonKind(v)&required[name] == 0
		said, always := false, false
		for _, m := range c.r.Missing {
			said = said || m.Claim == name
			always = always || m.Claim == name && m.When == Always
		}
		if bad {
			c.expect(said, "claim "+name+" is missing or of a wrong type")
		}
		c.deny(!bad && always, "claim %s is there, which was ruled out", name)
	}
	if role, ok := got["role"]; ok {
		kept := role == sent["role"]
		c.deny(kept && c.r.Role.Kept == Never, "claim role is kept, which was ruled out")
		c.deny(!kept && c.r.Role.Kept == Always, "claim role is %v, which was ruled out", role)
	}
	after, before := flat(got), flat(sent)
	for _, key := range slices.Sorted(maps.Keys(after)) {
		if old, ok := before[key]; !ok || !reflect.DeepEqual(old, after[key]) {
			c.written(strings.Split(key, "\x00"), after[key])
		}
	}
	for _, x := range c.r.Claims {
		if _, ok := after[strings.Join(x.Path, "\x00")]; x.When == Always && x.Kind != "object" {
			c.deny(!ok, "claim %s is not there, though it was said to be always", strings.Join(x.Path, "."))
		}
	}
}

// written holds a claim that is not as it was sent against what was said.
func (c *check) written(path []string, v any) {
	name := strings.Join(path, ".")
	x, ok := c.r.Claim(path...)
	for up := path; !ok && len(up) > 1; { // an object of which only the whole was said
		up = up[:len(up)-1]
		if x, ok = c.r.Claim(up...); ok {
			return
		}
	}
	if !ok || x.When == Never {
		c.expect(false, fmt.Sprintf("claim %s is %v", name, v))
		return
	}
	if x.When == Unclear {
		return
	}
	if v == nil {
		c.deny(!x.Null, "claim %s is null, which was ruled out", name)
		return
	}
	c.deny(x.Values != nil && !slices.Contains(x.Values, fmt.Sprint(v)), "claim %s is %v, said was %s", name, v, strings.Join(x.Values, ", "))
	c.deny(x.Kind != "" && jsonKind(v).String() != x.Kind, "claim %s is %v, said was a %s", name, v, x.Kind)
}

// jsonKind is the kind of a value that encoding/json decoded.
func jsonKind(v any) kind {
	switch v.(type) {
	case nil:
		return jnull
	case string:
		return str
	case float64:
		return number
	case bool:
		return truth
	case []any:
		return array
	}
	return object
}

// flat lists what is in an object by path, the parts joined by zero bytes.
func flat(v map[string]any) map[string]any {
	out := map[string]any{}
	var walk func(string, map[string]any)
	walk = func(prefix string, v map[string]any) {
		for k, x := range v {
			if m, ok := x.(map[string]any); ok && len(m) > 0 {
				walk(prefix+k+"\x00", m)
				continue
			}
			out[prefix+k] = x
		}
	}
	walk("", v)
	return out
}
