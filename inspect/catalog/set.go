package catalog

import (
	"iter"
	"slices"
)

// An entry is an object that a Set can copy before it is changed, and order.
type entry[K comparable, V any] interface {
	clone() V
	key() K
	stamp() *int
	// join takes in what else the object may be, at a statement where two
	// courses of events meet. It reports whether the two differ.
	join(other V, at Origin) bool
	// doubt marks the object as one that may not exist.
	doubt()
	Ref() Ref
}

// A Set holds the objects of one kind by key. The zero Set is not usable; New
// attaches the sets of a catalog to its journal.
type Set[K comparable, V entry[K, V]] struct {
	m       map[K]V
	sorted  []V // nil when it must be made anew
	version int
	journal *journal
}

func (s *Set[K, V]) attach(j *journal) { s.m, s.journal = map[K]V{}, j }

// Get finds an object for reading. What it returns must not be changed.
func (s *Set[K, V]) Get(k K) (V, bool) { v, ok := s.m[k]; return v, ok }

// Version is a number that every change makes larger, for keeping what was
// worked out from the set for as long as it holds.
func (s *Set[K, V]) Version() int { return s.version }

// Has reports whether there is an object of that key.
func (s *Set[K, V]) Has(k K) bool { _, ok := s.m[k]; return ok }

// Len counts the objects.
func (s *Set[K, V]) Len() int { return len(s.m) }

// Edit finds an object for changing it. The key must stay as it is: a renamed
// object is deleted and put again.
func (s *Set[K, V]) Edit(k K) (V, bool) {
	v, ok := s.m[k]
	s.version++ // the object is about to change, copied or not
	if !ok || s.journal.depth == 0 || *v.stamp() == s.journal.serial {
		return v, ok
	}
	old := v
	v = old.clone()
	*v.stamp() = s.journal.serial
	s.put(k, v)
	s.journal.note(s, k, func() { s.put(k, old) })
	return v, true
}

// Put adds an object, or replaces the one of the same key.
func (s *Set[K, V]) Put(v V) {
	k := v.key()
	old, had := s.m[k]
	*v.stamp() = s.journal.serial
	s.put(k, v)
	if s.journal.depth == 0 {
		return
	}
	s.journal.note(s, k, func() {
		if had {
			s.put(k, old)
		} else {
			s.remove(k)
		}
	})
}

// Delete removes an object, if it is there.
func (s *Set[K, V]) Delete(k K) {
	old, had := s.m[k]
	if !had {
		return
	}
	s.remove(k)
	if s.journal.depth > 0 {
		s.journal.note(s, k, func() {
			// A renamed object goes by another key by now; what stood here
			// before it was edited comes back by the note of that.
			if old.key() == k {
				s.put(k, old)
			}
		})
	}
}

// maxKept is how many objects are kept in order while they change; more are
// sorted when they are asked for.
const maxKept = 4096

// put changes the map, and the order where there is one. A list that somebody
// may be going through is not shifted, but copied.
func (s *Set[K, V]) put(k K, v V) {
	s.m[k] = v
	s.version++
	if s.sorted == nil {
		return
	}
	i, found := s.find(k)
	switch {
	case found:
		s.sorted[i] = v
	case len(s.sorted) >= maxKept:
		s.sorted = nil
	default:
		s.sorted = slices.Concat(s.sorted[:i], []V{v}, s.sorted[i:])
	}
}

func (s *Set[K, V]) remove(k K) {
	delete(s.m, k)
	s.version++
	if s.sorted == nil {
		return
	}
	i, found := s.find(k)
	switch {
	case !found:
	case len(s.sorted) >= maxKept:
		s.sorted = nil
	default:
		s.sorted = slices.Concat(s.sorted[:i], s.sorted[i+1:])
	}
}

func (s *Set[K, V]) find(k K) (int, bool) {
	return slices.BinarySearchFunc(s.sorted, k, func(v V, k K) int { return compareKeys(v.key(), k) })
}

// All yields the objects in order of key, for reading.
func (s *Set[K, V]) All() iter.Seq[V] {
	if s.sorted == nil {
		s.sorted = make([]V, 0, len(s.m))
		for _, v := range s.m {
			s.sorted = append(s.sorted, v)
		}
		slices.SortFunc(s.sorted, func(a, b V) int { return compareKeys(a.key(), b.key()) })
	}
	return slices.Values(s.sorted)
}

// journal undoes changes. serial differs for every unit of work, so that an
// object carrying the present serial was already copied within it.
type journal struct {
	depth, serial, last int
	outer               []int
	undo                []step
}

// step is one change: what undoes it, and what it changed.
type step struct {
	undo func()
	set  joiner
	key  any
}

func (j *journal) begin() {
	j.depth++
	j.outer = append(j.outer, j.serial)
	j.last++
	j.serial = j.last
}

func (j *journal) end() {
	j.depth--
	j.outer = j.outer[:len(j.outer)-1]
	// A new serial: objects copied inside must be copied again for the outer
	// unit, whose own undo has to find them as they are now.
	j.last++
	j.serial = j.last
	if j.depth == 0 {
		j.undo = nil
	}
}

func (j *journal) note(s joiner, key any, f func()) { j.undo = append(j.undo, step{f, s, key}) }

func (j *journal) rollback(to int) {
	for i := len(j.undo) - 1; i >= to; i-- {
		j.undo[i].undo()
	}
	j.undo = j.undo[:to]
	j.end()
}

func (j *journal) release() { j.end() }
