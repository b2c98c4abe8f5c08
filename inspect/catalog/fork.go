package catalog

// Fork runs each branch from the present state, and leaves what holds after
// every one of them: facts on which they agree stay, others become unknown,
// and an object that only some of them leave behind is one that may not exist.
// Each object left in doubt is a gap, for the reason why and at the statement
// at. A branch that returns false cannot be what happened, and is left out;
// Fork reports whether any other was there, and changes nothing otherwise. The
// only one left is run a second time, and changes the catalog without a doubt.
// What Undo was told of is not kept where branches meet.
func (c *Catalog) Fork(why string, at Origin, branches ...func() bool) bool {
	var ends []end
	var last func() bool
	gaps, failures := len(c.Gaps), len(c.Failures)
	for _, branch := range branches {
		m := c.Savepoint()
		g, f := len(c.Gaps), len(c.Failures)
		if branch() {
			ends, last = append(ends, c.end(m)), branch
		} else {
			c.Gaps, c.Failures = c.Gaps[:g], c.Failures[:f]
		}
		c.Rollback(m)
	}
	switch len(ends) {
	case 0:
		return false
	case 1:
		c.Gaps, c.Failures = c.Gaps[:gaps], c.Failures[:failures]
		return last()
	}
	for _, t := range touched(ends) {
		values := make([]any, len(ends))
		for i, e := range ends {
			v, changed := e.values[t]
			if !changed {
				v = t.set.value(t.key)
			}
			values[i] = v
		}
		if ref := t.set.merge(t.key, values, at); ref != (Ref{}) {
			c.Gaps = append(c.Gaps, Gap{Reason: why, Object: ref, Origin: at})
		}
	}
	c.Changes = append(c.Changes, agreed(ends)...)
	return true
}

// end is what a branch left behind.
type end struct {
	order   []touch
	values  map[touch]any // nil for what is gone
	changes []Change
}

// A touch is an object that was changed.
type touch struct {
	set joiner
	key any
}

// joiner is a Set of any kind.
type joiner interface {
	value(key any) any
	merge(key any, values []any, at Origin) Ref
}

func (c *Catalog) end(m Mark) end {
	e := end{values: map[touch]any{}}
	for _, s := range c.journal.undo[m.undo:] {
		if s.set == nil {
			continue
		}
		t := touch{s.set, s.key}
		if _, seen := e.values[t]; !seen {
			e.order = append(e.order, t)
			e.values[t] = s.set.value(s.key)
		}
	}
	e.changes = append(e.changes, c.Changes[m.changes:]...)
	return e
}

// touched lists what any of the branches changed, in order.
func touched(ends []end) []touch {
	seen := map[touch]bool{}
	var out []touch
	for _, e := range ends {
		for _, t := range e.order {
			if !seen[t] {
				seen[t] = true
				out = append(out, t)
			}
		}
	}
	return out
}

// agreed is the history that is the same in all branches.
func agreed(ends []end) []Change {
	var out []Change
	for _, c := range ends[0].changes {
		in := 0
		for _, e := range ends {
			for _, x := range e.changes {
				if x == c {
					in++
					break
				}
			}
		}
		if in == len(ends) {
			out = append(out, c)
		}
	}
	return out
}

func (s *Set[K, V]) value(key any) any {
	if v, ok := s.m[key.(K)]; ok {
		return v
	}
	return nil
}

// merge puts in what the values have in common, and names the object if that
// leaves it in doubt.
func (s *Set[K, V]) merge(key any, values []any, at Origin) (ref Ref) {
	var out V
	found, missing, differ := false, false, false
	for _, x := range values {
		v, ok := x.(V)
		switch {
		case !ok:
			missing = true
		case !found:
			out, found = v.clone(), true
		default:
			differ = out.join(v, at) || differ
		}
	}
	if !found {
		s.Delete(key.(K))
		return Ref{}
	}
	if missing {
		out.doubt()
	}
	s.Put(out)
	if missing || differ {
		if _, name := any(out).(*Relation); !name {
			return out.Ref()
		}
	}
	return Ref{}
}
