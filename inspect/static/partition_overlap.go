package static

import (
	"cmp"
	"math/big"
	"strings"

	"policylint/inspect/catalog"
)

// overlaps refuses a bound that is empty, or takes rows that another partition
// takes, where that is certain.
func (r *replay) overlaps(child catalog.Name, p *catalog.Table, b *catalog.Bound) *sqlError {
	if !b.Default && len(b.From) > 0 {
		if order, known := compareBounds(b.From, b.To); known && order >= 0 {
			return errf("42P17", "empty range bound specified for partition %q", child.Name)
		}
	}
	for _, name := range r.partitions(p.Name) {
		other, _ := r.cat.Tables.Get(name)
		o := other.Bound
		if name == child || o == nil || other.Assumed {
			continue
		}
		switch {
		case b.Default && o.Default:
			return errf("42P17", "partition %q conflicts with existing default partition %q", child.Name, name.Name)
		case b.Default || o.Default:
		case b.Modulus > 0 && o.Modulus > 0:
			if err := hashOverlap(child.Name, name.Name, b, o); err != nil {
				return err
			}
		case listOverlap(b, o) || rangeOverlap(b, o):
			return errf("42P17", "partition %q would overlap partition %q", child.Name, name.Name)
		}
	}
	return nil
}

// hashOverlap compares two hash partitions: of two moduli the smaller one
// divides the larger.
func hashOverlap(child, other string, b, o *catalog.Bound) *sqlError {
	small, large := b, o
	if small.Modulus > large.Modulus {
		small, large = large, small
	}
	switch {
	case large.Modulus%small.Modulus != 0:
		return errf("42P17", "every hash partition modulus must be a factor of the next larger modulus")
	case large.Remainder%small.Modulus == small.Remainder:
		return errf("42P17", "partition %q would overlap partition %q", child, other)
	}
	return nil
}

func listOverlap(b, o *catalog.Bound) bool {
	for _, x := range b.Values {
		for _, y := range o.Values {
			if order, known := compareBound(x, y); known && order == 0 {
				return true
			}
		}
	}
	return false
}

func rangeOverlap(b, o *catalog.Bound) bool {
	if len(b.From) == 0 || len(o.From) == 0 {
		return false
	}
	one, known := compareBounds(b.From, o.To)
	two, known2 := compareBounds(o.From, b.To)
	return known && known2 && one < 0 && two < 0
}

// compareBounds compares ends of ranges. From MINVALUE or MAXVALUE on, the rest
// does not matter.
func compareBounds(a, b []catalog.BoundValue) (order int, known bool) {
	for i := range min(len(a), len(b)) {
		order, known := compareBound(a[i], b[i])
		if !known || order != 0 || infinities[a[i].Kind] != "" {
			return order, known
		}
	}
	return 0, len(a) == len(b)
}

// compareBound compares two values of a bound.
func compareBound(a, b catalog.BoundValue) (order int, known bool) {
	if a.Kind == catalog.UnknownBound || b.Kind == catalog.UnknownBound {
		return 0, false
	}
	if x, y := rank(a.Kind), rank(b.Kind); x != y {
		return cmp.Compare(x, y), true
	}
	switch {
	case a.Kind != b.Kind || a.Text != b.Text:
		return 0, false
	case a.Kind == catalog.NumberBound:
		if strings.HasPrefix(a.Text, "local ") && closeMoments(a.Number, b.Number) {
			return 0, false
		}
		return a.Number.Cmp(b.Number), true
	}
	return 0, true
}

// rank orders what is before, among and behind the values of a type; NULL,
// which ranges do not have, stands apart.
func rank(k catalog.BoundKind) int {
	switch k {
	case catalog.MinBound:
		return 0
	case catalog.MaxBound:
		return 2
	case catalog.NullBound:
		return 3
	}
	return 1
}

// closeMoments reports whether two local times differ by so little that a
// change of the clocks might turn them around.
func closeMoments(a, b *big.Rat) bool {
	d := new(big.Rat).Sub(a, b)
	return d.Sign() != 0 && d.Abs(d).Cmp(big.NewRat(3*3600*1_000_000, 1)) < 0
}
