package static

import (
	"cmp"
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// The options of LIKE, as the bits of TableLikeClause (PostgreSQL's
// parsenodes.h).
const (
	likeConstraints = 1 << 2
	likeDefaults    = 1 << 3
	likeGenerated   = 1 << 4
	likeIdentity    = 1 << 5
	likeIndexes     = 1 << 6
)

// A likeClause is a LIKE of which more is to be copied when the table stands.
type likeClause struct {
	from    catalog.Name
	options uint32
}

// like copies the columns of another relation.
func (d *draft) like(n *pg.TableLikeClause) *sqlError {
	if d.t.Kind == catalog.Foreign {
		return errf("0A000", "LIKE is not supported for creating foreign tables")
	}
	rel, err := d.r.open(n.Relation)
	if err != nil {
		return err
	}
	if rel.Kind == catalog.SequenceRelation || rel.Kind == catalog.IndexRelation {
		return errf("42809", "relation %q is invalid in LIKE clause", n.Relation.Relname)
	}
	if target, ok := d.r.relationTarget(rel.Name); ok && target.columns != nil {
		if t, isTable := d.r.cat.Tables.Get(rel.Name); isTable && !t.Assumed && !d.r.allowed(&t.Grants, catalog.Select) {
			return errf("42501", "permission denied for table %s", n.Relation.Relname)
		}
	}
	t, ok := d.r.cat.Tables.Get(rel.Name)
	if !ok {
		for _, c := range d.r.rowOf(rel.Name).columns {
			d.t.Columns = append(d.t.Columns, &catalog.Column{Name: c.name, Type: c.fullType(), Origin: d.r.at, Local: true})
		}
		return nil
	}
	if t.Assumed || t.Unsure.Any(catalog.Columns) {
		d.t.Unsure |= catalog.Columns
	}
	for _, from := range t.Columns {
		c := &catalog.Column{Name: from.Name, Type: from.Type, NotNull: from.NotNull, Origin: d.r.at, Local: true}
		switch {
		case from.Generated && n.Options&likeGenerated != 0, from.HasDefault && !from.Generated && n.Options&likeDefaults != 0:
			c.HasDefault, c.Generated, c.Default = true, from.Generated, from.Default
			d.inheritDefault(t.Name, from)
		case from.IdentityColumn && n.Options&likeIdentity != 0:
			c.IdentityColumn = true
			d.sequence(c).Identity = true
		}
		d.t.Columns = append(d.t.Columns, c)
	}
	d.likes = append(d.likes, likeClause{t.Name, n.Options})
	return nil
}

// likeIndexes copies checks and indexes of LIKE with INCLUDING.
func (d *draft) likeIndexes(l likeClause) *sqlError {
	from, ok := d.r.cat.Tables.Get(l.from)
	if !ok {
		return nil
	}
	if l.options&likeConstraints != 0 {
		for _, c := range from.Checks {
			t, _ := d.r.cat.Tables.Edit(d.t.Name)
			if slices.ContainsFunc(d.inherited, func(i inheritedCheck) bool { return i.check.Name == c.Name }) {
				continue // merged with it
			}
			if hasConstraint(t, c.Name) {
				return errf("42710", "check constraint %q already exists", c.Name)
			}
			if c.NoInherit && t.Kind == catalog.Partitioned {
				return errf("42P16", "cannot add NO INHERIT constraint to partitioned table %q", t.Name.Name)
			}
			clone := *c
			clone.Origin, clone.Local = d.r.at, true
			d.r.putCheck(t, &clone, onTable(d.r.deps.uses[object{aConstraint, l.from, c.Name}], l.from, t.Name))
		}
	}
	if l.options&likeIndexes != 0 {
		indexes := slices.Clone(from.Indexes)
		slices.SortStableFunc(indexes, older)
		for _, x := range indexes {
			t, _ := d.r.cat.Tables.Get(d.t.Name)
			if x.Primary && t.PrimaryKey != nil {
				return errf("42P16", "multiple primary keys for table %q are not allowed", t.Name.Name)
			}
			if slices.Contains(from.Excludes, x.Constraint) {
				continue
			}
			if err := d.r.cloneIndex(d.t.Name, l.from, x); err != nil {
				return err
			}
		}
	}
	return nil
}

// older orders indexes by when they were made, as far as their statements tell.
func older(a, b *catalog.Index) int {
	return cmp.Or(cmp.Compare(a.Origin.File, b.Origin.File), cmp.Compare(a.Origin.Line, b.Origin.Line),
		cmp.Compare(a.Origin.Column, b.Origin.Column), boolInt(b.Primary)-boolInt(a.Primary))
}
