package static

import (
	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// changeOwner carries out OWNER TO on a table, view, sequence or composite
// type. Indexes and the sequences of its columns follow.
func (a *alteration) changeOwner(spec *pg.RoleSpec) *sqlError {
	r := a.r
	to, err := r.role(spec)
	if err != nil {
		return err
	}
	rel, ok := r.cat.Relation(a.name)
	if !ok || rel.Kind == catalog.IndexRelation { // a warning
		return nil
	}
	owner := r.relationOwner(rel)
	if s, ok := r.cat.Sequences.Get(a.name); ok && s.OwnedBy != (catalog.Name{}) && !owner.Is(to) {
		return errf("0A000", "cannot change owner of sequence %q", a.name.Name)
	}
	if err := r.mayGive(owner, to, string(a.kind), a.name.Name, a.name.Schema); err != nil {
		return err
	}
	r.giveRelation(a.name, to)
	for _, s := range r.sequencesOf(a.name, "") {
		r.giveRelation(s.Name, to)
	}
	return nil
}

// giveRelation sets the owner of one relation and of its columns' privileges.
func (r *replay) giveRelation(n catalog.Name, to string) {
	if t, ok := r.cat.Tables.Edit(n); ok {
		if old := t.Owner; old.Known {
			for _, c := range t.Columns {
				c.Grants.Rename(old.Value, to)
			}
		}
		r.give(&t.Owner, &t.Grants, to)
	} else if v, ok := r.cat.Views.Edit(n); ok {
		if old := v.Owner; old.Known {
			for i := range v.Columns {
				v.Columns[i].Grants.Rename(old.Value, to)
			}
		}
		r.give(&v.Owner, &v.Grants, to)
	} else if s, ok := r.cat.Sequences.Edit(n); ok {
		r.give(&s.Owner, &s.Grants, to)
	} else if t, ok := r.cat.Types.Edit(n); ok {
		r.give(&t.Owner, &t.Grants, to)
	}
}
