package static

import (
	"slices"
	"strings"
)

// A candidate is an operator or function that a call may mean.
type candidate struct {
	args   []string
	result string
	index  int // of the caller's list
}

// choose picks among candidates of the right number of arguments the one that
// the call means (PostgreSQL docs 10.2 and 10.3). It returns all that are left
// when there is no single best one, and none when no candidate can take the
// arguments.
func (r *replay) choose(list []candidate, args []string) []candidate {
	var left []candidate
	for _, c := range list {
		if r.takesAll(c.args, args) {
			left = append(left, c)
		}
	}
	if len(left) < 2 || slices.Contains(args, anyKnown) {
		return left
	}
	for _, c := range left {
		if slices.Equal(c.args, args) {
			return []candidate{c}
		}
	}
	base := make([]string, len(args))
	unknown := 0
	for i, a := range args {
		base[i] = r.baseType(a)
		if a == literal {
			unknown++
		}
	}
	left = best(left, func(c candidate) int { return r.matches(c, base, false) })
	left = best(left, func(c candidate) int { return r.matches(c, base, true) })
	if len(left) < 2 || unknown == 0 {
		return left
	}
	if by := r.byCategory(left, base); len(by) > 0 {
		left = by
	}
	if len(left) < 2 || unknown == len(args) {
		return left
	}
	return r.asKnown(left, base)
}

// best keeps the candidates with the highest score.
func best(list []candidate, score func(candidate) int) []candidate {
	top, out := -1, []candidate(nil)
	for _, c := range list {
		switch s := score(c); {
		case s > top:
			top, out = s, []candidate{c}
		case s == top:
			out = append(out, c)
		}
	}
	return out
}

// matches counts the arguments whose type is exactly the candidate's, or also
// the preferred one of the argument's category.
func (r *replay) matches(c candidate, base []string, preferred bool) int {
	n := 0
	for i, b := range base {
		if b != literal && (b == c.args[i] || preferred && r.preferred(r.category(b), c.args[i])) {
			n++
		}
	}
	return n
}

// byCategory decides literals by the category that the candidates have at
// their place: string if any takes one, else the one that all agree on.
func (r *replay) byCategory(list []candidate, base []string) []candidate {
	category, preferred := make([]byte, len(base)), make([]bool, len(base))
	for i, b := range base {
		if b != literal {
			continue
		}
		for _, c := range list {
			cat := r.category(c.args[i])
			pref := r.preferred(cat, c.args[i])
			switch {
			case category[i] == 0:
				category[i], preferred[i] = cat, pref
			case category[i] == cat:
				preferred[i] = preferred[i] || pref
			case cat == 'S':
				category[i], preferred[i] = cat, pref
			case category[i] != 'S':
				category[i] = 1
			}
		}
		if category[i] == 1 {
			return nil
		}
	}
	var out []candidate
	for _, c := range list {
		keep := true
		for i, b := range base {
			if b == literal {
				cat := r.category(c.args[i])
				keep = keep && cat == category[i] && (!preferred[i] || r.preferred(cat, c.args[i]))
			}
		}
		if keep {
			out = append(out, c)
		}
	}
	return out
}

// asKnown takes literals to be of the one type that the other arguments have.
func (r *replay) asKnown(list []candidate, base []string) []candidate {
	known := literal
	for _, b := range base {
		if b == literal {
			continue
		}
		if known != literal && known != b {
			return list
		}
		known = b
	}
	var out []candidate
	for _, c := range list {
		all := true
		for _, a := range c.args {
			all = all && r.converts(known, a, implicit)
		}
		if all {
			out = append(out, c)
		}
	}
	if len(out) == 1 {
		return out
	}
	return list
}

// takesAll reports whether every argument is converted to what the candidate
// wants, polymorphic ones to the same type everywhere.
func (r *replay) takesAll(want, args []string) bool {
	if len(want) != len(args) {
		return false
	}
	for i, a := range args {
		if !r.converts(a, want[i], implicit) {
			return false
		}
	}
	_, ok := r.element(want, args)
	return ok
}

// element is the type that anyelement stands for in a call. ok is false when
// the arguments disagree about it.
func (r *replay) element(want, args []string) (elem string, ok bool) {
	elem = literal
	for i, w := range want {
		a := args[i]
		if a == anyKnown || a == literal {
			continue
		}
		switch w {
		case "anyelement", "anynonarray", "anyenum":
		case "anyarray":
			a, _ = elementType(r.baseType(a))
		default:
			continue
		}
		if a == anyKnown || !r.solid(a) {
			return anyKnown, true
		}
		if elem != literal && elem != a {
			return elem, false
		}
		elem = a
	}
	return elem, true
}

// resultType is the type of a call's result, polymorphic ones replaced.
func (r *replay) resultType(c candidate, args []string) string {
	if !isPolymorphic(c.result) {
		return c.result
	}
	elem, _ := r.element(c.args, args)
	if strings.HasPrefix(c.result, "anycompatible") {
		var all []string
		for i, w := range c.args {
			switch w {
			case "anycompatible", "anycompatiblenonarray":
				all = append(all, args[i])
			case "anycompatiblearray":
				e, _ := elementType(r.baseType(args[i]))
				if args[i] == literal {
					e = literal
				}
				all = append(all, e)
			}
		}
		var err *sqlError
		if elem, err = r.commonType("argument", all); err != nil {
			return anyKnown
		}
	}
	if elem == anyKnown || elem == literal {
		return anyKnown
	}
	switch c.result {
	case "anyelement", "anynonarray", "anyenum", "anycompatible", "anycompatiblenonarray":
		return elem
	case "anyarray", "anycompatiblearray":
		return elem + "[]"
	}
	return anyKnown
}
