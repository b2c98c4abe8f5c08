package project

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"policylint/inspect/catalog"
)

// AccessToken is the kind of the hook that writes the claims of tokens.
const AccessToken = "custom_access_token"

// A Hook is a section [auth.hook.KIND].
type Hook struct {
	Kind                  string
	Section               Setting
	Enabled, URI, Secrets Setting
}

// Hook is what the target has of one kind of hook. Nothing of it need be
// given.
func (t *Target) Hook(kind string) Hook {
	path := "auth.hook." + kind
	return Hook{kind, t.Setting(path), t.Setting(path + ".enabled"), t.Setting(path + ".uri"), t.Setting(path + ".secrets")}
}

// Hooks lists the hooks that the target has a section for, by kind.
func (t *Target) Hooks() []Hook {
	var kinds []string
	for at := t; at != nil; at = at.base {
		kinds = append(kinds, at.Own("auth.hook").Keys()...)
	}
	slices.Sort(kinds)
	var out []Hook
	for _, kind := range slices.Compact(kinds) {
		out = append(out, t.Hook(kind))
	}
	return out
}

// On reports whether Auth runs the hook. A section without `enabled` is off.
func (h Hook) On() catalog.Fact[bool] { return h.Enabled.Or(false) }

// A HookUse is what config.toml says of the use of a hook.
type HookUse int

// The uses. HookOff is off everywhere; HookOffHere on for a hosted project and
// off on a developer's machine; HookUnset is not spoken of, which is off on a
// developer's machine and says nothing about the hosted project. HookByVariable
// and HookUnsaid are not known: the environment decides, or config.toml is not
// about Auth at all. HookNoAuth has no Auth that would run it.
const (
	HookOn HookUse = iota
	HookOff
	HookOffHere
	HookUnset
	HookByVariable
	HookUnsaid
	HookNoAuth
)

// HookUse says whether Auth runs a hook, and in which hosted projects that
// differs: those that have it on.
func (c *Config) HookUse(kind string) (HookUse, []Hook) {
	local := c.Local.Hook(kind)
	_, described := c.Local.Has("auth")
	on := local.On()
	switch {
	case !c.Local.Setting("auth.enabled").Or(true).Is(true):
		return HookNoAuth, nil
	case !on.Known:
		return HookByVariable, nil
	case on.Value:
		return HookOn, nil
	case !described:
		return HookUnsaid, nil
	}
	var elsewhere []Hook
	for _, r := range c.Remotes {
		if h := r.Hook(kind); h.On().Is(true) {
			elsewhere = append(elsewhere, h)
		}
	}
	switch {
	case len(elsewhere) > 0:
		return HookOffHere, elsewhere
	case local.Section.Given():
		return HookOff, nil
	}
	return HookUnset, nil
}

// Function is the function that the hook names, when it names one.
func (h Hook) Function() (catalog.Name, bool) {
	f := h.URI.Text()
	if !f.Known {
		return catalog.Name{}, false
	}
	u := ParseHookURI(f.Value)
	return u.Function, u.Function != (catalog.Name{})
}

// A HookURI is where Auth finds a hook.
type HookURI struct {
	Scheme   string       // lower case; "" when it has none
	Function catalog.Name // for pg-functions
	Fault    string       // why Auth would refuse it; "" when it would not
}

// hookName is what Auth lets a schema or a function be called (supabase/auth,
// internal/conf/configuration.go).
var hookName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-zA-Z_][a-zA-Z0-9_]{0,62}$`) })

// ParseHookURI takes a hook's URI apart as Auth does.
func ParseHookURI(text string) HookURI {
	if text == "" {
		return HookURI{Fault: "is empty"}
	}
	u, err := url.Parse(text)
	if err != nil {
		return HookURI{Fault: "is no URI"}
	}
	out := HookURI{Scheme: strings.ToLower(u.Scheme)}
	switch out.Scheme {
	case "https":
		if u.Host == "" {
			out.Fault = "has no host"
		}
		return out
	case "http":
		if !slices.Contains([]string{"localhost", "127.0.0.1", "::1", "host.docker.internal"}, u.Hostname()) {
			out.Fault = "is http to another machine, where Auth takes only https"
		}
		return out
	case "pg-functions":
	case "":
		out.Fault = "has no scheme: pg-functions, https, or http to this machine"
		return out
	default:
		out.Fault = "has scheme " + out.Scheme + ", which is none of pg-functions, https and http"
		return out
	}
	parts := strings.Split(u.Path, "/")
	if len(parts) < 3 {
		out.Fault = "has no schema and function: pg-functions://postgres/SCHEMA/FUNCTION"
		return out
	}
	for i, what := range []string{"schema", "function"} {
		if !hookName().MatchString(parts[i+1]) {
			out.Fault = "has the " + what + ` "` + parts[i+1] + `", which Auth does not take: only letters, digits and _`
			return out
		}
	}
	out.Function = catalog.Name{Schema: parts[1], Name: parts[2]}
	return out
}
