package expr

import "strconv"

// query renames in a query, in the order in which it was read: the sources
// first, as their aliases are numbered by it.
func (r *renamer) query(q *Query) Expr {
	c := *q
	if q.Test != nil {
		c.Test = r.plain(q.Test)
	}
	r.frames = append(r.frames, nil)
	defer func() { r.frames = r.frames[:len(r.frames)-1] }()
	c.With = nil
	for _, w := range q.With {
		w.Query = r.inner(w.Query)
		c.With = append(c.With, w)
	}
	c.Left, c.Right = r.inner(q.Left), r.inner(q.Right)
	c.From = r.sources(q.From)
	c.Values = nil
	for _, row := range q.Values {
		c.Values = append(c.Values, r.list(row))
	}
	c.On, c.Targets, c.Group = r.list(q.On), r.list(q.Targets), r.list(q.Group)
	c.Where, c.Having, c.Limit, c.Offset = r.opt(q.Where), r.opt(q.Having), r.opt(q.Limit), r.opt(q.Offset)
	c.Order = rebuildOrder(q.Order, r.plain)
	c.Helper = r.set(q.Helper, r.function(q.Helper, -1))
	return &c
}

func (r *renamer) opt(e Expr) Expr {
	if e == nil {
		return nil
	}
	return r.plain(e)
}

func (r *renamer) list(in []Expr) []Expr {
	if in == nil {
		return nil
	}
	return r.all(in, "")
}

func (r *renamer) inner(q *Query) *Query {
	if q == nil {
		return nil
	}
	return r.query(q).(*Query)
}

func (r *renamer) sources(list []Source) []Source {
	var out []Source
	for _, s := range list {
		out = append(out, r.source(s))
	}
	return out
}

// source renames one source and puts it in sight.
func (r *renamer) source(s Source) Source {
	if s.Join != nil {
		j := &Join{Kind: s.Join.Kind, L: r.sources(s.Join.L)}
		j.R = r.sources(s.Join.R)
		j.On = r.opt(s.Join.On)
		s.Join = j
		return s
	}
	old := renamed{old: s.Alias, alias: s.Alias}
	name := ""
	switch {
	case s.Sub != nil:
		s.Sub = r.inner(s.Sub)
		name = "subquery"
	case s.Func != nil:
		s.Func = r.plain(s.Func)
		name = "function"
		if c, ok := s.Func.(*Call); ok && c.Name != "rows from" {
			name = bareName(c.Name)
		}
	case s.CTE:
		name = bareName(s.Name)
	default:
		old.relation = s.Name
		s.Name = r.set(s.Name, r.relation(s.Name))
		name = bareName(s.Name)
	}
	for i, t := range s.Types {
		if now := r.typeNamed(t); now != t {
			s.Types = append([]string(nil), s.Types...)
			s.Types[i], r.changed = now, true
		}
	}
	if r.aliases {
		s.Alias = r.set(s.Alias, r.alias(name))
		old.alias = s.Alias
	}
	top := len(r.frames) - 1
	r.frames[top] = append(r.frames[top], old)
	return s
}

// alias names a source by what it reads, once in sight.
func (r *renamer) alias(name string) string {
	out := name
	for i := 1; r.taken(out); i++ {
		out = name + "_" + strconv.Itoa(i)
	}
	return out
}

func (r *renamer) taken(alias string) bool {
	for _, f := range r.frames {
		for _, s := range f {
			if s.alias == alias {
				return true
			}
		}
	}
	return false
}

// mentions reports whether e may mention anything that changes.
func (r *renamer) mentions(e Expr) bool {
	found := false
	column := func(name string) bool { return r.Column != nil && (r.Columns == nil || r.Columns[name]) }
	Walk(e, func(x Expr) bool {
		if found {
			return false
		}
		switch v := x.(type) {
		case *Column:
			found = column(v.Name) || r.typeNamed(v.Type) != v.Type || v.Row != "" && r.Table != "" && r.relation(r.Table) != r.Table
		case *Field:
			found = column(v.Name)
		case *Cast:
			found = r.typeNamed(v.Type) != v.Type
		case *Const:
			found = r.typeNamed(v.Type) != v.Type || r.Relation != nil && r.relation(v.Text) != v.Text
		case *Call:
			found = r.function(v.Name, len(v.Args)) != v.Name
		case *Query:
			found = r.anyRenamed(v.From)
		}
		return !found
	})
	return found
}

func (r *renamer) anyRenamed(list []Source) bool {
	for _, s := range list {
		switch {
		case s.Join != nil:
			if r.anyRenamed(s.Join.L) || r.anyRenamed(s.Join.R) {
				return true
			}
		case s.Name != "" && !s.CTE && r.relation(s.Name) != s.Name:
			return true
		}
		for _, t := range s.Types {
			if r.typeNamed(t) != t {
				return true
			}
		}
	}
	return false
}
