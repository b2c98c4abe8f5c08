package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/builtin"
)

// A target is an object that GRANT and REVOKE work on.
type target struct {
	kind  catalog.ObjectKind
	ref   catalog.Ref
	word  string // as in "permission denied for table t"
	name  string // the same
	owner string
	acl   func() *catalog.ACL // takes the list for changing
	// columns is set for relations: the lists of their columns, for changing.
	columns func() map[string]*catalog.ACL
	// complete says that columns has all columns.
	complete bool
	// refused is why nothing can be granted on it, told once the statement's
	// roles and privileges are known to be right.
	refused *sqlError
}

// ownerName is an owner as the grantor rules need it. One that is not known is
// taken to be the session's role, so that nothing is refused.
func (r *replay) ownerName(f catalog.Fact[string]) string {
	if !f.Known {
		return r.user
	}
	return f.Value
}

// relationTarget is a table, view or sequence by name. There is none for a
// relation of PostgreSQL's own, whose privileges no catalog lists.
func (r *replay) relationTarget(n catalog.Name) (target, bool) {
	if t, ok := r.cat.Tables.Get(n); ok {
		return target{
			kind: catalog.OnTables, ref: t.Ref(), word: "table", name: n.Name, owner: r.ownerName(t.Owner), complete: !t.Assumed,
			acl: func() *catalog.ACL { t, _ := r.cat.EditTable(n); return &t.Grants },
			columns: func() map[string]*catalog.ACL {
				t, _ := r.cat.Tables.Edit(n)
				lists := make(map[string]*catalog.ACL, len(t.Columns))
				for _, c := range t.Columns {
					lists[c.Name] = &c.Grants
				}
				return lists
			},
		}, true
	}
	if v, ok := r.cat.Views.Get(n); ok {
		word := "view"
		if v.Materialized {
			word = "materialized view"
		}
		return target{
			kind: catalog.OnTables, ref: v.Ref(), word: word, name: n.Name, owner: r.ownerName(v.Owner), complete: v.Columns != nil,
			acl: func() *catalog.ACL { v, _ := r.cat.Views.Edit(n); return &v.Grants },
			columns: func() map[string]*catalog.ACL {
				v, _ := r.cat.Views.Edit(n)
				lists := make(map[string]*catalog.ACL, len(v.Columns))
				for i := range v.Columns {
					lists[v.Columns[i].Name] = &v.Columns[i].Grants
				}
				return lists
			},
		}, true
	}
	if s, ok := r.cat.Sequences.Get(n); ok {
		return target{
			kind: catalog.OnSequences, ref: s.Ref(), word: "sequence", name: n.Name, owner: r.ownerName(s.Owner),
			acl: func() *catalog.ACL { s, _ := r.cat.Sequences.Edit(n); return &s.Grants },
		}, true
	}
	return target{}, false
}

// rangeTargets finds relations that a statement names; with onlySequences, all
// others are of the wrong kind.
func (r *replay) rangeTargets(list []*pg.Node, onlySequences bool) ([]target, *sqlError) {
	var out []target
	for _, n := range list {
		v := n.GetRangeVar()
		if r.isSystemRelation(v) {
			continue
		}
		rel, err := r.open(v)
		if err != nil {
			return nil, err
		}
		var refused *sqlError
		switch {
		case rel.Kind == catalog.IndexRelation:
			refused = errf("42809", "%q is an index", v.Relname)
		case rel.Kind == catalog.CompositeRelation:
			refused = errf("42809", "%q is a composite type", v.Relname)
		case onlySequences && rel.Kind != catalog.SequenceRelation && !r.assumed[rel.Name]:
			refused = errf("42809", "%q is not a sequence", v.Relname)
		}
		if refused != nil {
			out = append(out, target{refused: refused})
		} else if t, ok := r.relationTarget(rel.Name); ok {
			out = append(out, t)
		}
	}
	return out, nil
}

// isSystemRelation reports whether a name leads to a relation of pg_catalog or
// information_schema, which no catalog lists.
func (r *replay) isSystemRelation(v *pg.RangeVar) bool {
	if v.Schemaname != "" {
		return builtin.HasRelation(v.Schemaname, v.Relname)
	}
	return builtin.HasRelation("pg_catalog", v.Relname) && !slices.ContainsFunc(r.searchPath(), func(s string) bool {
		return s != "pg_catalog" && slices.Contains(r.path, "pg_catalog") && r.cat.Tables.Has(catalog.Name{Schema: s, Name: v.Relname})
	})
}

func (r *replay) functionTarget(f *catalog.Function) target {
	name, signature := f.Name, f.Signature()
	word := "function"
	if f.Kind == catalog.Procedure {
		word = "procedure"
	}
	return target{
		kind: catalog.OnFunctions, ref: f.Ref(), word: word, name: name.Name, owner: r.ownerName(f.Owner),
		acl: func() *catalog.ACL { f, _ := r.cat.EditFunction(name, signature); return &f.Grants },
	}
}

func (r *replay) schemaTarget(name string) (target, bool) {
	s, ok := r.cat.Schemas.Get(name)
	if !ok {
		return target{}, false
	}
	return target{
		kind: catalog.OnSchemas, ref: s.Ref(), word: "schema", name: name, owner: r.ownerName(s.Owner),
		acl: func() *catalog.ACL { s, _ := r.cat.Schemas.Edit(name); return &s.Grants },
	}, true
}

func (r *replay) typeTarget(n catalog.Name) (target, bool) {
	t, ok := r.cat.Types.Get(n)
	if !ok {
		return target{}, false
	}
	return target{
		kind: catalog.OnTypes, ref: t.Ref(), word: "type", name: n.Name, owner: r.ownerName(t.Owner),
		acl: func() *catalog.ACL { t, _ := r.cat.Types.Edit(n); return &t.Grants },
	}, true
}
