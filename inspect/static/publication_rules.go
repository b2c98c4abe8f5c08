package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// inPublication is the WHERE of a table in a publication.
var inPublication = &place{word: "publication WHERE expression", calls: "WHERE", noQuery: true, noCalls: true}

// rowFilter analyses a row filter: only immutable functions, operators and
// types of PostgreSQL's own may stand in it (PostgreSQL docs: CREATE
// PUBLICATION).
func (r *replay) rowFilter(n *pg.Node, table catalog.Name) ([]object, *sqlError) {
	invalid := errf("0A000", "invalid publication WHERE expression")
	w := r.rowOf(table)
	a := r.analysis(inPublication)
	typ, err := a.expr(n, &scope{rows: []*row{w}})
	if err != nil {
		return nil, err
	}
	if err := a.boolean(n, typ, "PUBLICATION WHERE"); err != nil {
		return nil, err
	}
	refs := a.found()
	unseen := func(c *expr.Column) bool {
		_, own := w.column(c.Name)
		return !own && systemColumn(c.Name)
	}
	if a.mutable || slices.ContainsFunc(expr.Columns(expr.NewIn(n, r.exprScope(table))), unseen) {
		return nil, invalid
	}
	for _, o := range refs {
		switch {
		case o.class == aFunction, o.class == aType:
			return nil, invalid
		case o.class == aRelation && o.name == table && o.sub != "":
			c, _ := w.column(o.sub)
			if _, other := unprinted(strings.TrimSuffix(c.typ, "[]")); other {
				return nil, invalid
			}
		}
	}
	return refs, nil
}

// mayPublish refuses what cannot be a member of a publication.
func (r *replay) mayPublish(p *catalog.Publication, l listed) *sqlError {
	n := l.member.Table
	t, isTable := r.cat.Tables.Get(n)
	owner := catalog.Fact[string]{}
	switch {
	case isTable:
		owner = t.Owner
	default:
		if v, ok := r.cat.Views.Get(n); ok {
			owner = v.Owner
		} else if s, ok := r.cat.Sequences.Get(n); ok {
			owner = s.Owner
		}
	}
	if err := r.mustOwn(owner, "table", n.Name); err != nil {
		return err.about(tableRef(n))
	}
	if isTable && t.Assumed {
		return nil
	}
	if !isTable || t.Kind == catalog.Foreign || t.Persistence.Known && t.Persistence.Value != catalog.Permanent {
		return errf("22023", "cannot add relation %q to publication", n.Name).about(tableRef(n))
	}
	for i, c := range l.member.Columns {
		_, ok := t.Column(c)
		switch {
		case !ok && systemColumn(c):
			return errf("42P10", "cannot use system column %q in publication column list", c)
		case !ok && !t.Unsure.Any(catalog.Columns):
			return errf("42703", "column %q of relation %q does not exist", c, n.Name).about(tableRef(n))
		case ok && generated(t, c):
			return errf("42P10", "cannot use generated column %q in publication column list", c)
		case slices.Contains(l.member.Columns[:i], c):
			return errf("42710", "duplicate column %q in publication column list", c)
		}
	}
	if t.Kind == catalog.Partitioned && p.ViaRoot.Is(false) {
		switch {
		case l.member.Where != nil:
			return errf("22023", "cannot use publication WHERE clause for relation %q", n.Name).about(tableRef(n))
		case l.member.Columns != nil:
			return errf("22023", "cannot use column list for relation %q in publication %q", n.String(), p.Name).about(tableRef(n))
		}
	}
	return nil
}

func generated(t *catalog.Table, column string) bool {
	c, ok := t.Column(column)
	return ok && c.Generated
}

// refuseListsWithSchemas refuses column lists in a publication that also
// publishes whole schemas.
func refuseListsWithSchemas(p *catalog.Publication) *sqlError {
	if len(p.Schemas) == 0 {
		return nil
	}
	for _, m := range p.Members {
		if m.Columns != nil {
			return errf("22023", "cannot use column list for relation %q in publication %q", m.Table.String(), p.Name).about(p.Ref())
		}
	}
	return nil
}
