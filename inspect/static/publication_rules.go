package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/static/builtin"
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
	filter := expr.NewIn(n, r.exprScope(table))
	if ownOperators(n) {
		return nil, invalid
	}
	if a.mutable || a.listed || slices.ContainsFunc(expr.Columns(filter), unseen) || convertsInFilter(filter, w) {
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

// ownOperators reports whether an expression has an operator that is not one of
// PostgreSQL's own.
func ownOperators(n *pg.Node) bool {
	found := false
	visitNodes(n, func(x *pg.Node) bool {
		e := x.GetAExpr()
		if e != nil && e.Kind == pg.A_Expr_Kind_AEXPR_OP {
			parts := names(e.Name)
			found = found || len(builtin.Operators(parts[len(parts)-1])) == 0 && e.Lexpr != nil
		}
		return true
	})
	return found
}

// convertsInFilter reports whether a column is converted as no row filter may
// have it: through text, as from a number to text (check_simple_rowfilter_expr).
func convertsInFilter(e expr.Expr, w *row) bool {
	found := false
	typeOf := func(e expr.Expr) string {
		if c, ok := e.(*expr.Column); ok && c.Table == "" {
			col, _ := w.column(c.Name)
			return bareType(col.typ)
		}
		return anyKnown
	}
	expr.Walk(e, func(e expr.Expr) bool {
		if x, ok := e.(*expr.Cast); ok {
			from, to := typeOf(x.X), bareType(x.Type)
			_, ok := builtin.CastBetween(from, to)
			found = found || from != anyKnown && from != to && !ok
		}
		return !found
	})
	return found
}

// readLists reads the row filters of tables that are to be published, beside
// the given schemas, and refuses filters and column lists that cannot be.
func (r *replay) readLists(p *catalog.Publication, tables []listed, schemas []string) *sqlError {
	leaves := func(n catalog.Name) bool {
		t, ok := r.cat.Tables.Get(n)
		return ok && t.Kind == catalog.Partitioned && p.ViaRoot.Is(false)
	}
	for i, l := range tables {
		if l.where == nil {
			continue
		}
		n := l.member.Table
		if leaves(n) {
			return errf("22023", "cannot use publication WHERE clause for relation %q", n.Name).about(tableRef(n))
		}
		refs, err := r.rowFilter(l.where, n)
		if err != nil {
			return err
		}
		tables[i].refs = refs
		l.member.Where = expr.NewIn(l.where, r.exprScope(n))
	}
	for _, l := range tables {
		n := l.member.Table
		if l.member.Columns != nil && (len(schemas) > 0 || leaves(n)) {
			return errf("22023", "cannot use column list for relation %q in publication %q", n.String(), p.Name).about(tableRef(n))
		}
	}
	return nil
}

// mayAdd refuses to publish what somebody else owns.
func (r *replay) mayAdd(n catalog.Name) *sqlError {
	if t, ok := r.relationTarget(n); ok && !r.has(t.owner) {
		return errf("42501", "must be owner of %s %s", t.word, n.Name).about(tableRef(n))
	}
	return nil
}

// publishable refuses what cannot be a member of a publication.
func (r *replay) publishable(m *catalog.Member) *sqlError {
	n := m.Table
	t, isTable := r.cat.Tables.Get(n)
	if isTable && t.Assumed {
		return nil
	}
	if !isTable || t.Kind == catalog.Foreign || t.Persistence.Known && t.Persistence.Value != catalog.Permanent {
		return errf("22023", "cannot add relation %q to publication", n.Name).about(tableRef(n))
	}
	for i, name := range m.Columns {
		c, ok := t.Column(name)
		switch {
		case !ok && systemColumn(name):
			return errf("42P10", "cannot use system column %q in publication column list", name)
		case !ok && !t.Unsure.Any(catalog.Columns):
			return errf("42703", "column %q of relation %q does not exist", name, n.Name).about(tableRef(n))
		case ok && c.Generated:
			return errf("42P10", "cannot use generated column %q in publication column list", name)
		case slices.Contains(m.Columns[:i], name):
			return errf("42710", "duplicate column %q in publication column list", name)
		}
	}
	return nil
}
