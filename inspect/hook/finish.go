package hook

import (
	"cmp"
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

// result puts the runs together.
func (s *summary) result() *Result {
	r := s.res
	for _, t := range s.claims {
		r.Claims = append(r.Claims, s.claim(t))
	}
	slices.SortFunc(r.Claims, func(a, b Claim) int { return comparePaths(a.Path, b.Path) })
	for x, n := range s.missing {
		x.When = s.when(n, s.total)
		r.Missing = append(r.Missing, x)
	}
	slices.SortFunc(r.Missing, func(a, b Missing) int {
		return cmp.Or(cmp.Compare(a.Claim, b.Claim), compareAt(a.At, b.At), cmp.Compare(a.Wrong, b.Wrong))
	})
	for x, n := range s.nulls {
		x.When = s.when(n, s.total)
		r.Nulls = append(r.Nulls, x)
	}
	for _, x := range s.unforeseen {
		x.When = Sometimes
		if !slices.ContainsFunc(r.Nulls, func(y Null) bool { return y.Caught && y.Return == x.Return }) {
			r.Nulls = append(r.Nulls, x)
		}
	}
	slices.SortFunc(r.Nulls, func(a, b Null) int {
		return cmp.Or(compareAt(a.At, b.At), compareAt(a.Return, b.Return), cmp.Compare(a.What, b.What), cmp.Compare(a.Cause, b.Cause), cmp.Compare(a.Call, b.Call))
	})
	for x, n := range s.shapes {
		x.When = s.when(n, s.total)
		r.Shapes = append(r.Shapes, x)
	}
	slices.SortFunc(r.Shapes, func(a, b Shape) int { return cmp.Or(compareAt(a.At, b.At), cmp.Compare(a.What, b.What)) })
	for x, n := range s.raises {
		x.When = s.when(n, s.total)
		r.Raises = append(r.Raises, x)
	}
	slices.SortFunc(r.Raises, compareRaises)
	r.Role = s.role()
	s.order()
	r.Issued = s.when(s.good, s.total)
	return r
}

func (s *summary) claim(t *tally) Claim {
	c := Claim{Path: t.path, Null: t.null, At: t.at, When: s.when(t.n, s.tokens)}
	if t.vague > 0 {
		c.When = Unclear
	}
	if c.When == Sometimes && s.lost == 0 {
		c.Condition = s.ways.condition(strings.Join(t.path, "\x00"))
	}
	if len(t.from) == 1 {
		c.From = t.from[0]
	}
	if !t.open {
		c.Values = s.inOrder(t.values, c.From)
	}
	if t.kinds != 0 && t.kinds&(t.kinds-1) == 0 {
		c.Kind = t.kinds.String()
	}
	return c
}

// inOrder sorts values: the labels of the column's enum as the enum has them,
// any others behind them by name.
func (s *summary) inOrder(values []string, column string) []string {
	var labels []string
	if i := strings.LastIndexByte(column, '.'); i >= 0 {
		if t, ok := s.cat.Tables.Get(catalog.ParseName(column[:i])); ok {
			if c, ok := t.Column(column[i+1:]); ok {
				if e, ok := s.cat.Types.Get(catalog.ParseName(c.Type)); ok {
					labels = e.Labels
				}
			}
		}
	}
	rank := func(v string) int {
		if i := slices.Index(labels, v); i >= 0 {
			return i
		}
		return len(labels)
	}
	out := append([]string{}, values...)
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b)) })
	return out
}

func (s *summary) role() Role {
	r := Role{Kept: s.when(s.kept, s.tokens), At: s.roles.at}
	if s.tokens == 0 {
		r.Kept = Unclear
		if s.lost == 0 {
			r.Kept = Always // no token, so none with another role
		}
	}
	if len(s.roles.from) == 1 {
		r.From = s.roles.from[0]
	}
	if !s.roles.open && s.roles.n > 0 {
		r.Values = s.inOrder(s.roles.values, r.From)
	}
	return r
}

// order sorts what was taken over from the runs.
func (s *summary) order() {
	r := s.res
	access := func(a, b Access) int {
		return cmp.Or(compareAt(a.At, b.At), cmp.Compare(a.Relation.String(), b.Relation.String()), cmp.Compare(a.Privilege, b.Privilege),
			cmp.Compare(a.Role, b.Role), cmp.Compare(strings.Join(a.Columns, ","), strings.Join(b.Columns, ",")))
	}
	slices.SortFunc(r.Reads, access)
	slices.SortFunc(r.Writes, access)
	slices.SortFunc(r.Calls, func(a, b Call) int { return cmp.Or(compareAt(a.At, b.At), cmp.Compare(a.Function, b.Function)) })
	slices.SortFunc(r.NoEffects, func(a, b NoEffect) int { return cmp.Or(compareAt(a.At, b.At), comparePaths(a.Path, b.Path)) })
	slices.SortFunc(r.Replaced, func(a, b Replaced) int { return cmp.Or(compareAt(a.At, b.At), comparePaths(a.Path, b.Path)) })
	slices.SortFunc(r.Rows, func(a, b Rows) int { return compareAt(a.At, b.At) })
	slices.SortFunc(r.Oddities, func(a, b Oddity) int { return cmp.Or(compareAt(a.At, b.At), cmp.Compare(a.What, b.What)) })
	slices.SortFunc(r.Refusals, func(a, b Place) int { return compareAt(a.At, b.At) })
	slices.SortFunc(r.Unknown, func(a, b Unknown) int { return cmp.Or(compareAt(a.At, b.At), cmp.Compare(a.Reason, b.Reason)) })
}
