package expr

// apart renames the sources of a body that share a name with a source that the
// arguments read.
func apart(q *Query, args []Expr) *Query {
	taken := map[string]bool{}
	for _, a := range args {
		for _, c := range Columns(a) {
			if c.Table != "" {
				taken[c.Table] = true
			}
		}
	}
	if len(taken) == 0 {
		return q
	}
	renamed := func(alias string) string {
		for taken[alias] {
			alias += "_in"
		}
		return alias
	}
	var aliases func([]Source)
	aliases = func(list []Source) {
		for i := range list {
			list[i].Alias = renamed(list[i].Alias)
			if j := list[i].Join; j != nil {
				aliases(j.L)
				aliases(j.R)
			}
		}
	}
	var visit func(Expr) Expr
	visit = func(e Expr) Expr {
		if c, ok := e.(*Column); ok && c.Table != "" {
			d := *c
			d.Table = renamed(c.Table)
			return &d
		}
		e = rebuild(e, visit)
		if v, ok := e.(*Query); ok {
			aliases(v.From)
		}
		return e
	}
	out, _ := visit(q).(*Query)
	return out
}
