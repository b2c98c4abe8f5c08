package access_test

import "testing"

// shrink makes a setup as small as it can be while the field stays wrong.
func (b *bench) shrink(t *testing.T, s setup, f fault) (setup, fault) {
	t.Helper()
	wrong := func(s setup, token claims) bool {
		for _, x := range b.run(t, s, []claims{token}) {
			if x.command == f.command {
				f.why = x.why
				return true
			}
		}
		return false
	}
	token := f.token
	for smaller := true; smaller; {
		smaller = false
		for _, next := range s.smaller() {
			if wrong(next, token) {
				s, smaller = next, true
				break
			}
		}
		for key := range token {
			if key == "role" || key == "sub" {
				continue
			}
			next := claims{}
			for k, v := range token {
				if k != key {
					next[k] = v
				}
			}
			if wrong(s, next) {
				token, smaller = next, true
				break
			}
		}
	}
	f.token = token
	return s, f
}

// smaller lists setups that are a step simpler.
func (s setup) smaller() (out []setup) {
	for i := range s.policies {
		out = append(out, setup{append(append([]policy(nil), s.policies[:i]...), s.policies[i+1:]...), s.grants})
	}
	for i := range s.grants {
		out = append(out, setup{s.policies, append(append([]string(nil), s.grants[:i]...), s.grants[i+1:]...)})
	}
	for i, p := range s.policies {
		put := func(change func(*policy)) {
			next := setup{append([]policy(nil), s.policies...), s.grants}
			change(&next.policies[i])
			out = append(out, next)
		}
		for _, c := range p.using.smaller() {
			put(func(p *policy) { p.using = &c })
		}
		for _, c := range p.check.smaller() {
			put(func(p *policy) { p.check = &c })
		}
	}
	return out
}

// smaller lists conditions that are a step simpler.
func (c *cond) smaller() (out []cond) {
	if c == nil || len(c.parts) == 0 {
		return nil
	}
	out = append(append(out, c.parts...), leaf("true"), leaf("false"))
	for i := range c.parts {
		for _, x := range append(c.parts[i].smaller(), leaf("true"), leaf("false")) {
			if x.String() == c.parts[i].String() {
				continue
			}
			next := cond{c.text, append([]cond(nil), c.parts...)}
			next.parts[i] = x
			if len(next.String()) < len(c.String()) {
				out = append(out, next)
			}
		}
	}
	return out
}
