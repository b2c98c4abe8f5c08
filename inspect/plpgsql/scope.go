package plpgsql

import "slices"

// A Scope is the names visible at a place: those of one block, loop, handler
// or function, and through Parent those around it.
type Scope struct {
	Parent *Scope
	Label  string
	Decls  []*Decl
	// Loop is true when the label is that of a loop.
	Loop bool
}

// Lookup finds the variable that a name of one, two or three parts begins
// with, the innermost first, as the server does: "x", "label.x", "rec.field"
// or "label.rec.field". It returns the variable and the parts that are left
// over, the field. A part is folded already.
func (s *Scope) Lookup(parts ...string) (*Decl, []string) {
	if len(parts) == 0 {
		return nil, nil
	}
	for ; s != nil; s = s.Parent {
		for _, d := range slices.Backward(s.Decls) {
			if d.Name == parts[0] && (len(parts) == 1 || d.Composite()) {
				return d, parts[1:]
			}
		}
		if s.Label == "" || s.Label != parts[0] || len(parts) < 2 {
			continue
		}
		for _, d := range slices.Backward(s.Decls) {
			if d.Name == parts[1] && (len(parts) == 2 || d.Composite()) {
				return d, parts[2:]
			}
		}
	}
	return nil, nil
}

// Names lists the visible names, sorted, each once.
func (s *Scope) Names() []string {
	var names []string
	for ; s != nil; s = s.Parent {
		for _, d := range s.Decls {
			names = append(names, d.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// label finds the innermost block or loop of that name.
func (s *Scope) label(name string) (found, loop bool) {
	for ; s != nil; s = s.Parent {
		if s.Label == name {
			return true, s.Loop
		}
	}
	return false, false
}

func (s *Scope) inLoop() bool {
	for ; s != nil; s = s.Parent {
		if s.Loop {
			return true
		}
	}
	return false
}
