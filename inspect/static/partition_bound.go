package static

import (
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// bound gives a partition its bound, and refuses one that contradicts the
// partitioned table or overlaps another partition.
func (r *replay) bound(child, parent catalog.Name, b *pg.PartitionBoundSpec) *sqlError {
	p, ok := r.cat.Tables.Get(parent)
	if !ok || p.Assumed {
		return nil
	}
	if p.Kind != catalog.Partitioned {
		return errf("42P17", "%q is not partitioned", parent.Name)
	}
	out, err := r.readBound(p, b)
	if err != nil {
		return err
	}
	if err := r.overlaps(child, p, out); err != nil {
		return err
	}
	t, _ := r.cat.Tables.Edit(child)
	t.Bound = out
	return nil
}

// readBound reads FOR VALUES of a partition of the table.
func (r *replay) readBound(p *catalog.Table, b *pg.PartitionBoundSpec) (*catalog.Bound, *sqlError) {
	strategy, _, _ := strings.Cut(p.Partitioned, " ")
	if b.IsDefault {
		if strategy == "HASH" {
			return nil, errf("42P16", "a hash-partitioned table may not have a default partition")
		}
		return &catalog.Bound{Default: true}, nil
	}
	want := map[string]string{"LIST": "l", "RANGE": "r", "HASH": "h"}[strategy]
	if want != "" && b.Strategy != want {
		return nil, errf("42P16", "invalid bound specification for a %s partition", strings.ToLower(strategy))
	}
	out := &catalog.Bound{Modulus: int(b.Modulus), Remainder: int(b.Remainder)}
	var err *sqlError
	switch want {
	case "h":
		switch {
		case b.Modulus <= 0:
			return nil, errf("42P16", "modulus for hash partition must be an integer value greater than zero")
		case b.Remainder >= b.Modulus:
			return nil, errf("42P16", "remainder for hash partition must be less than modulus")
		}
	case "l":
		for _, n := range b.Listdatums {
			v, err := r.boundDatum(n, keyType(p, 0))
			if err != nil {
				return nil, err
			}
			out.Values = append(out.Values, v)
		}
	case "r":
		for i, list := range [][]*pg.Node{b.Lowerdatums, b.Upperdatums} {
			if len(p.KeyTypes) > 0 && len(list) != len(p.KeyTypes) {
				return nil, errf("42P16", "%s must specify exactly one value per partitioning column", [...]string{"FROM", "TO"}[i])
			}
		}
		if out.From, err = r.rangeBound(p, b.Lowerdatums); err == nil {
			out.To, err = r.rangeBound(p, b.Upperdatums)
		}
	}
	return out, err
}

// keyType is the type of a part of a partition key.
func keyType(p *catalog.Table, i int) string {
	if i < len(p.KeyTypes) {
		return p.KeyTypes[i]
	}
	return anyKnown
}

// rangeBound reads one end of a range.
func (r *replay) rangeBound(p *catalog.Table, list []*pg.Node) ([]catalog.BoundValue, *sqlError) {
	var out []catalog.BoundValue
	for i, n := range list {
		v, infinite := infiniteBound(n)
		if !infinite {
			var err *sqlError
			if v, err = r.boundDatum(n, keyType(p, i)); err != nil {
				return nil, err
			}
			if v.Kind == catalog.NullBound {
				return nil, errf("42P17", "cannot specify NULL in range bound")
			}
		}
		out = append(out, v)
	}
	for i := 1; i < len(out); i++ {
		before := out[i-1].Kind
		if word := infinities[before]; word != "" && out[i].Kind != before {
			return nil, errf("42804", "every bound following %s must also be %s", word, word)
		}
	}
	return out, nil
}

var infinities = map[catalog.BoundKind]string{catalog.MinBound: "MINVALUE", catalog.MaxBound: "MAXVALUE"}

// infiniteBound reads MINVALUE and MAXVALUE.
func infiniteBound(n *pg.Node) (catalog.BoundValue, bool) {
	if c := n.GetColumnRef(); c != nil && len(c.Fields) == 1 {
		switch c.Fields[0].GetString_().GetSval() {
		case "minvalue":
			return catalog.BoundValue{Kind: catalog.MinBound}, true
		case "maxvalue":
			return catalog.BoundValue{Kind: catalog.MaxBound}, true
		}
	}
	return catalog.BoundValue{}, false
}

// boundDatum reads a value of a bound, and refuses one that cannot be a value
// of the type.
func (r *replay) boundDatum(n *pg.Node, typ string) (catalog.BoundValue, *sqlError) {
	from, _, err := r.check(n, inBound, "", "")
	if err != nil {
		return catalog.BoundValue{}, err
	}
	if err := r.analysis(inBound).assign(n, from, typ); err != nil {
		if err.state == "42804" {
			err = errf("42804", "specified value cannot be cast to type %s", bareType(typ))
		}
		return catalog.BoundValue{}, err
	}
	return r.boundValue(n, typ), nil
}
