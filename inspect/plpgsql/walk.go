package plpgsql

import (
	"cmp"
	"slices"
)

// Walk calls visit for the body's outermost block and every statement inside,
// in the order of the text, with the names visible to it: for a block or loop
// those around it, for what is inside also its own. When visit returns false
// the statements inside that one are left out.
func (f *Function) Walk(visit func(Stmt, *Scope) bool) {
	walk([]Stmt{f.Body}, f.Scope(), visit)
}

// Scope is what is visible before the body begins.
func (f *Function) Scope() *Scope {
	return &Scope{Label: f.Label, Decls: f.Decls}
}

func walk(list []Stmt, in *Scope, visit func(Stmt, *Scope) bool) {
	for _, s := range list {
		if !visit(s, in) {
			continue
		}
		for _, b := range Bodies(s) {
			walk(b.Stmts, b.scope(in), visit)
		}
	}
}

// A Body is a list of statements inside a statement, with the names it sees
// besides those around the statement.
type Body struct {
	Stmts []Stmt
	// Scopes are opened in this order, their Parents not set.
	Scopes []Scope
}

func (b Body) scope(in *Scope) *Scope {
	for _, s := range b.Scopes {
		s.Parent = in
		in = &s
	}
	return in
}

// Bodies lists the lists of statements inside a statement, in the order of
// the text; none for a statement without.
func Bodies(s Stmt) []Body {
	switch s := s.(type) {
	case *Block:
		own := Scope{Label: s.Label, Decls: s.Decls}
		list := []Body{{s.Body, []Scope{own}}}
		for _, h := range s.Handlers {
			list = append(list, Body{h.Body, []Scope{own, {Label: s.Label, Decls: h.Decls}}})
		}
		return list
	case *If:
		list := []Body{{Stmts: s.Then}}
		for _, e := range s.Elsifs {
			list = append(list, Body{Stmts: e.Body})
		}
		return append(list, Body{Stmts: s.Else})
	case *Case:
		var list []Body
		for _, w := range s.Whens {
			list = append(list, Body{Stmts: w.Body})
		}
		return append(list, Body{Stmts: s.Else})
	case *Loop:
		return inLoop(s.Body, s.Label)
	case *While:
		return inLoop(s.Body, s.Label)
	case *ForInt:
		return inLoop(s.Body, s.Label, s.Var)
	case *ForQuery:
		return inLoop(s.Body, s.Label)
	case *ForDynamic:
		return inLoop(s.Body, s.Label)
	case *ForCursor:
		return inLoop(s.Body, s.Label, s.Var)
	case *ForEach:
		return inLoop(s.Body, s.Label)
	}
	return nil
}

func inLoop(list []Stmt, label string, vars ...*Decl) []Body {
	return []Body{{list, []Scope{{Label: label, Loop: true, Decls: vars}}}}
}

// Fragments lists every piece of SQL in the body, defaults and subscripts
// included, in the order of the text.
func (f *Function) Fragments() []Fragment {
	var list []Fragment
	f.Walk(func(s Stmt, _ *Scope) bool {
		list = append(list, Fragments(s)...)
		return true
	})
	slices.SortStableFunc(list, func(a, b Fragment) int { return cmp.Compare(a.Offset, b.Offset) })
	return list
}
