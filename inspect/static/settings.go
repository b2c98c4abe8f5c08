package static

import (
	"maps"
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/static/platform"
)

// parameters are the session's settings that replay follows. They are copied
// before they change: transactions keep the old ones.
type parameters struct {
	user       string
	path       []string
	pathKnown  bool
	bodyChecks bool
	vars       map[string]string // all others that were set, by lower-case name
}

func (s *session) parameters() parameters {
	return parameters{s.user, s.path, s.pathKnown, s.bodyChecks, s.vars}
}

func (s *session) restore(p parameters) {
	s.user, s.path, s.pathKnown, s.bodyChecks, s.vars = p.user, p.path, p.pathKnown, p.bodyChecks, p.vars
}

// set replays SET and RESET.
func (r *replay) set(n *pg.VariableSetStmt) *sqlError {
	switch n.Kind {
	case pg.VariableSetKind_VAR_SET_VALUE:
		if strings.EqualFold(n.Name, "search_path") {
			list := make([]string, len(n.Args))
			for i, a := range n.Args {
				list[i] = constant(a)
			}
			r.adjust(n.IsLocal, func(p *parameters) { p.setPath(list) })
			return nil
		}
		return r.setConfig(n.Name, settingValue(n.Name, n.Args), n.IsLocal)
	case pg.VariableSetKind_VAR_SET_DEFAULT, pg.VariableSetKind_VAR_RESET:
		return r.resetConfig(n.Name, n.IsLocal)
	case pg.VariableSetKind_VAR_RESET_ALL:
		r.resetAll()
	}
	return nil // SET TRANSACTION, and FROM CURRENT, which only functions have
}

// setConfig sets a parameter to a value, as SET and set_config() do.
func (r *replay) setConfig(name, value string, local bool) *sqlError {
	switch name = strings.ToLower(name); name {
	case "role", "session_authorization":
		return r.setRole(name, value, local)
	}
	if err := r.checkSetting(name, value, false); err != nil {
		return err
	}
	switch name {
	case "search_path":
		list, ok := identifiers(value)
		if !ok {
			return errf("22023", "invalid value for parameter %q: %q", name, value)
		}
		r.adjust(local, func(p *parameters) { p.setPath(list) })
		return nil
	case "check_function_bodies":
		r.adjust(local, func(p *parameters) { p.bodyChecks = isOn(value) })
	}
	r.adjust(local, func(p *parameters) {
		if p.vars = maps.Clone(p.vars); p.vars == nil {
			p.vars = map[string]string{}
		}
		p.vars[name] = value
	})
	return nil
}

// setPath sets search_path. A list of one empty word is the empty path.
func (p *parameters) setPath(list []string) {
	p.path = slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == "" })
	p.pathKnown = true
}

// usePath is a search path for a while, as a function has.
func (r *replay) usePath(list []string) {
	p := r.parameters()
	p.setPath(list)
	r.restore(p)
}

// isOn is the value of a Boolean parameter whose text was checked.
func isOn(value string) bool {
	switch value = strings.ToLower(strings.TrimSpace(value)); {
	case value == "on" || value == "1", strings.HasPrefix("true", value), strings.HasPrefix("yes", value):
		return value != ""
	}
	return false
}

// setRole replays SET ROLE and SET SESSION AUTHORIZATION.
func (r *replay) setRole(name, role string, local bool) *sqlError {
	if role == "none" || role == "default" {
		return r.resetConfig(name, local)
	}
	if !r.hasRole(role) {
		return errf("22023", "role %q does not exist", role)
	}
	if name == "session_authorization" {
		r.login = role
		r.adjust(false, func(p *parameters) { p.user = role })
		return nil
	}
	if !r.cat.CanSetRole(r.login, role) {
		return errf("42501", "permission denied to set role %q", role)
	}
	r.adjust(local, func(p *parameters) { p.user = role })
	return nil
}

// resetConfig gives a parameter the value that it has at the start of a session.
func (r *replay) resetConfig(name string, local bool) *sqlError {
	switch name = strings.ToLower(name); name {
	case "role":
	case "session_authorization":
		r.login = platform.Migrator
		if r.platform {
			r.login = platform.Admin
		}
	case "search_path", "check_function_bodies":
	default:
		if err := r.checkResettable(name); err != nil {
			return err
		}
	}
	r.adjust(local, func(p *parameters) {
		switch name {
		case "role", "session_authorization":
			p.user = r.login
		case "search_path":
			p.path, p.pathKnown = r.startPath(), true
		case "check_function_bodies":
			p.bodyChecks = true
		}
		p.vars = maps.Clone(p.vars)
		delete(p.vars, name)
	})
	return nil
}

// checkResettable is the refusal of RESET: the value does not matter.
func (r *replay) checkResettable(name string) *sqlError {
	err := r.checkSetting(name, "", false)
	if err != nil && err.state == "22023" {
		return nil
	}
	return err
}

// resetAll replays RESET ALL, which leaves the role as it is.
func (r *replay) resetAll() {
	r.adjust(false, func(p *parameters) { p.path, p.pathKnown, p.bodyChecks, p.vars = r.startPath(), true, true, nil })
}

// startPath is the search path with which the migrator's session starts:
// Supabase sets it for the role.
func (r *replay) startPath() []string {
	if r.variant == platform.Postgres {
		return []string{"$user", "public"}
	}
	return []string{"$user", "public", "extensions"}
}

// adjust changes the parameters: with local until the end of the transaction,
// which brings back those from before its first SET LOCAL, with what was set for
// the session since.
func (r *replay) adjust(local bool, change func(*parameters)) {
	now := r.parameters()
	before := r.beforeLocal
	switch {
	case local && before == nil:
		r.beforeLocal = &now
	case !local && before != nil:
		kept := *before
		change(&kept)
		r.beforeLocal = &kept
	}
	after := now
	change(&after)
	r.restore(after)
}

// endLocal takes back what SET LOCAL set, as the end of a transaction does.
func (r *replay) endLocal() {
	if r.beforeLocal != nil {
		r.restore(*r.beforeLocal)
		r.beforeLocal = nil
	}
}

// discard replays DISCARD.
func (r *replay) discard(n *pg.DiscardStmt) *sqlError {
	if n.Target == pg.DiscardMode_DISCARD_ALL {
		if err := r.resetConfig("session_authorization", false); err != nil {
			return err
		}
		r.resetAll()
	}
	return nil
}
