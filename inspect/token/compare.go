package token

import (
	"maps"
	"slices"
)

// A Difference is a claim that two tokens do not have alike.
type Difference struct {
	Path Path
	// First and Second are the values as people are shown them, "" for a claim
	// that is not there.
	First, Second string
	// Ordinary says that any two tokens differ in it.
	Ordinary bool
}

// ordinary are the claims in which any two tokens differ.
var ordinary = map[string]bool{"exp": true, "iat": true, "nbf": true, "jti": true, "session_id": true, "amr": true}

// Compare lists the claims that differ, objects entered, in order of name.
func Compare(a, b *Token) []Difference {
	var out []Difference
	compare(&out, nil, a.Claims, b.Claims, 0)
	return out
}

func compare(out *[]Difference, path Path, a, b map[string]any, depth int) {
	keys := map[string]bool{}
	for key := range a {
		keys[key] = true
	}
	for key := range b {
		keys[key] = true
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		v, inA := a[key]
		w, inB := b[key]
		if inA == inB && equal(v, w) {
			continue
		}
		p := append(slices.Clone(path), key)
		x, objectA := v.(map[string]any)
		y, objectB := w.(map[string]any)
		if depth < 4 && (objectA && objectB || objectA && !inB || objectB && !inA) && len(x)+len(y) > 0 {
			compare(out, p, x, y, depth+1)
			continue
		}
		d := Difference{Path: p, Ordinary: ordinary[p[0]]}
		if inA {
			d.First = shown(key, v)
		}
		if inB {
			d.Second = shown(key, w)
		}
		if d.First == d.Second {
			d.Second += " (another one)"
		}
		*out = append(*out, d)
	}
}

// shown is a value under its name, which may say that it is not to be shown.
func shown(name string, v any) string {
	m, _ := mask(map[string]any{name: v}, true).(map[string]any)
	for _, x := range m {
		return show(x)
	}
	return masked
}

// Shown lists the claims of a token as people are shown them, objects
// entered, in order of name.
func (t *Token) Shown() []Difference {
	var out []Difference
	compare(&out, nil, t.Claims, nil, 0)
	return out
}
