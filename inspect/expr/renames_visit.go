package expr

import "strings"

// visit renames in e; want is the type that it is compared with or converted
// to, which says what a literal without a type of its own is.
func (r *renamer) visit(e Expr, want string) Expr {
	switch v := e.(type) {
	case *Const:
		return r.constant(v, want)
	case *Column:
		return r.columnRef(v)
	case *Query:
		return r.query(v)
	case *Call:
		return r.call(v)
	case *Cast:
		return &Cast{r.visit(v.X, v.Type), r.set(v.Type, r.typeNamed(v.Type))}
	case *Compare:
		return &Compare{v.Op, r.visit(v.L, typeOf(v.R)), r.visit(v.R, typeOf(v.L))}
	case *IsDistinct:
		return &IsDistinct{r.visit(v.L, typeOf(v.R)), r.visit(v.R, typeOf(v.L)), v.Not}
	case *In:
		return &In{r.plain(v.X), r.all(v.List, typeOf(v.X)), v.Not}
	case *AnyOf:
		return &AnyOf{v.Op, r.visit(v.X, typeOf(v.Array)), r.visit(v.Array, typeOf(v.X)), v.All}
	case *Array:
		return &Array{r.all(v.Elems, strings.TrimSuffix(want, "[]"))}
	case *Coalesce:
		for _, x := range v.Args {
			if want == "" {
				want = typeOf(x)
			}
		}
		return &Coalesce{r.all(v.Args, want)}
	case *NullIf:
		return &NullIf{r.visit(v.X, typeOf(v.Y)), r.visit(v.Y, typeOf(v.X))}
	case *Case:
		return r.cases(v, want)
	case *Field:
		relation := typeOf(v.X)
		if p, ok := v.X.(*Param); ok && (p.Name == "old" || p.Name == "new") { // of a trigger
			relation = r.Table
		}
		return &Field{r.plain(v.X), r.set(v.Name, r.column(relation, v.Name))}
	}
	return rebuild(e, r.plain)
}

func (r *renamer) plain(e Expr) Expr { return r.visit(e, "") }

func (r *renamer) all(list []Expr, want string) []Expr {
	out := make([]Expr, len(list))
	for i, x := range list {
		if x != nil {
			out[i] = r.visit(x, want)
		}
	}
	return out
}

// takesSequence are the functions whose first argument names a relation, cast
// or not.
var takesSequence = set("nextval", "currval", "setval")

func (r *renamer) call(v *Call) Expr {
	c, ok := rebuild(v, r.plain).(*Call)
	if !ok {
		return v
	}
	c.Name = r.set(v.Name, r.function(v.Name, len(v.Args)))
	c.Helper = r.set(v.Helper, r.function(v.Helper, -1))
	if len(c.Args) > 0 && takesSequence[v.Name] {
		if k, ok := v.Args[0].(*Const); ok && !k.Null {
			c.Args[0] = r.regclass(k)
		}
	}
	return c
}

func (r *renamer) cases(v *Case, want string) Expr {
	c := &Case{}
	cond := ""
	if v.Operand != nil {
		c.Operand, cond = r.plain(v.Operand), typeOf(v.Operand)
	}
	for _, w := range v.Whens {
		c.Whens = append(c.Whens, When{r.visit(w.Cond, cond), r.visit(w.Result, want)})
	}
	if v.Else != nil {
		c.Else = r.visit(v.Else, want)
	}
	return c
}

func (r *renamer) columnRef(v *Column) Expr {
	c := *v
	relation := ""
	if s, ok := r.find(v.Table); ok && v.Table != "" {
		relation, c.Table = s.relation, r.set(v.Table, s.alias)
	} else if v.Table == "" || v.Table == "old" || v.Table == "new" {
		relation = r.Table
		if v.Row != "" && v.Row == bareName(r.Table) {
			c.Row = r.set(v.Row, bareName(r.relation(r.Table)))
		}
	}
	c.Name = r.set(v.Name, r.column(relation, v.Name))
	c.Type = r.set(v.Type, r.typeNamed(v.Type))
	return &c
}

func (r *renamer) constant(v *Const, want string) Expr {
	if v.Type == "regclass" && !v.Null {
		return r.regclass(v)
	}
	c := *v
	c.Type = r.set(v.Type, r.typeNamed(v.Type))
	if v.Type != "" {
		want = v.Type
	}
	if !v.Null {
		c.Text = r.set(v.Text, r.label(want, v.Text))
	}
	return &c
}

func (r *renamer) regclass(v *Const) Expr {
	c := *v
	c.Text = r.set(v.Text, r.relation(v.Text))
	return &c
}

// typeOf is the type of an expression where the tree says it.
func typeOf(e Expr) string {
	switch v := e.(type) {
	case *Column:
		return v.Type
	case *Cast:
		return v.Type
	case *Const:
		return v.Type
	}
	return ""
}
