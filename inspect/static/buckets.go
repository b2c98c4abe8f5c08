package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/guard"
)

// buckets is the table of the platform whose rows are read like settings: a
// public bucket is open to everyone who knows the name of an object.
var buckets = catalog.Name{Schema: "storage", Name: "buckets"}

// addBuckets notes the buckets that an INSERT makes.
func (r *replay) addBuckets(n *pg.InsertStmt, columns []string) {
	if len(columns) == 0 {
		if t, ok := r.cat.Tables.Get(buckets); ok {
			for _, c := range t.Columns {
				columns = append(columns, c.Name)
			}
		}
	}
	q := n.SelectStmt.GetSelectStmt()
	var rows [][]*pg.Node
	for _, l := range q.GetValuesLists() {
		rows = append(rows, l.GetList().GetItems())
	}
	known := len(rows) > 0
	if len(rows) == 0 && q != nil && len(q.FromClause) == 0 {
		where := guard.Of(true)
		if q.WhereClause != nil {
			where, _ = r.guardEnv().Eval(q.WhereClause) // an error was refused already
		}
		var row []*pg.Node
		for _, t := range q.TargetList {
			row = append(row, t.GetResTarget().GetVal())
		}
		if where.True() {
			rows = append(rows, row)
		}
		known = where.True() || where.False()
	}
	for _, row := range rows {
		value := func(column string) *pg.Node {
			if i := slices.Index(columns, column); i >= 0 && i < len(row) {
				return row[i]
			}
			return nil
		}
		id := constant(value("id"))
		if id == "" {
			known = false
			continue
		}
		r.addBucket(id, r.truth(value("public")), n.OnConflictClause)
	}
	if !known {
		r.gap(catalog.Ref{Kind: "table", Name: buckets.String()}, "which buckets are inserted is not known")
	}
}

// addBucket puts a bucket in, or changes the one of its name as ON CONFLICT
// says.
func (r *replay) addBucket(id string, public catalog.Fact[bool], conflict *pg.OnConflictClause) {
	b, had := r.cat.Buckets.Edit(id)
	if !had || conflict == nil {
		r.cat.Buckets.Put(&catalog.Bucket{ID: id, Public: public, Origin: r.at})
		return
	}
	for _, c := range conflict.TargetList {
		if c.GetResTarget().GetName() != "public" {
			continue
		}
		b.Public = r.truth(c.GetResTarget().GetVal())
		if f := c.GetResTarget().GetVal().GetColumnRef().GetFields(); len(f) == 2 && f[0].GetString_().GetSval() == "excluded" && f[1].GetString_().GetSval() == "public" {
			b.Public = public
		}
	}
}

// publishBuckets is UPDATE storage.buckets SET public = value.
func (r *replay) publishBuckets(where, value *pg.Node) {
	for _, id := range r.bucketIDs() {
		match, sure := bucketMatches(where, id)
		if !match {
			continue
		}
		if b, ok := r.cat.Buckets.Edit(id); ok {
			b.Public = r.truth(value)
			b.Public.Known = b.Public.Known && sure
		}
	}
}

func (r *replay) dropBuckets(where *pg.Node) {
	for _, id := range r.bucketIDs() {
		switch match, sure := bucketMatches(where, id); {
		case match && sure:
			r.cat.Buckets.Delete(id)
		case match:
			if b, ok := r.cat.Buckets.Edit(id); ok {
				b.Unsure |= catalog.Existence
			}
		}
	}
}

func (r *replay) bucketIDs() []string {
	var out []string
	for b := range r.cat.Buckets.All() {
		out = append(out, b.ID)
	}
	return out
}

// bucketMatches reports whether a condition may hold for the bucket, and
// whether that is sure: none at all, id = 'x' and id in ('x', 'y').
func bucketMatches(where *pg.Node, id string) (match, sure bool) {
	if where == nil {
		return true, true
	}
	e := where.GetAExpr()
	column := e.GetLexpr().GetColumnRef().GetFields()
	if len(column) == 0 || column[len(column)-1].GetString_().GetSval() != "id" || len(e.GetName()) != 1 || e.GetName()[0].GetString_().GetSval() != "=" {
		return true, false
	}
	values := []*pg.Node{e.GetRexpr()}
	if e.Kind == pg.A_Expr_Kind_AEXPR_IN {
		values = e.GetRexpr().GetList().GetItems()
	} else if e.Kind != pg.A_Expr_Kind_AEXPR_OP {
		return true, false
	}
	sure = true
	for _, v := range values {
		switch constant(v) {
		case id:
			return true, true
		case "":
			sure = false
		}
	}
	return !sure, sure
}

// truth is a value of a column that is false by default.
func (r *replay) truth(n *pg.Node) catalog.Fact[bool] {
	if n == nil || n.GetSetToDefault() != nil {
		return catalog.Of(false, r.at)
	}
	text := strings.TrimSpace(strings.ToLower(constant(n)))
	if !booleanInput().MatchString(text) {
		return catalog.Unknown[bool](r.at)
	}
	return catalog.Of(text == "1" || text == "on" || text[0] == 't' || text[0] == 'y', r.at)
}
