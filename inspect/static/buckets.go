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
	rows, all := r.inserted(n)
	for _, row := range rows {
		value := func(column string) (guard.Value, bool) {
			i := slices.Index(columns, column)
			if i < 0 || i >= len(row.values) || row.values[i] == nil {
				return guard.Value{}, false
			}
			return *row.values[i], true
		}
		id, _ := value("id")
		text, ok := id.String()
		if !ok {
			all = false
			continue
		}
		public := catalog.Of(false, r.at)
		if v, given := value("public"); given {
			public = r.truthOf(v)
		}
		if row.maybe {
			r.gap(catalog.Ref{Kind: "bucket", Name: text}, "whether it is inserted is not known")
		}
		r.addBucket(text, public, row.maybe, n.OnConflictClause)
	}
	if !all {
		r.gap(catalog.Ref{Kind: "table", Name: buckets.String()}, "which buckets are inserted is not known")
	}
}

// An insertedRow is a row that an INSERT brings; nil stands for DEFAULT.
type insertedRow struct {
	values []*guard.Value
	maybe  bool
}

// inserted are the rows that an INSERT brings, and whether these are all.
func (r *replay) inserted(n *pg.InsertStmt) (out []insertedRow, all bool) {
	env := r.guardEnv()
	if r.code != nil {
		env = r.code.env()
	}
	q := n.SelectStmt.GetSelectStmt()
	if q == nil {
		return nil, false // DEFAULT VALUES, which the server refuses
	}
	for _, l := range q.ValuesLists {
		var row insertedRow
		for _, x := range l.GetList().GetItems() {
			var value *guard.Value
			if x.GetSetToDefault() == nil {
				v, _ := env.Eval(x)
				value = &v
			}
			row.values = append(row.values, value)
		}
		out = append(out, row)
	}
	if len(out) > 0 {
		return out, true
	}
	rows, err := env.QueryWith(n.WithClause, q)
	if err != nil {
		return nil, false
	}
	for _, t := range rows.Rows {
		row := insertedRow{maybe: t.Maybe}
		for i := range t.Values {
			row.values = append(row.values, &t.Values[i])
		}
		out = append(out, row)
	}
	return out, !rows.Open
}

// addBucket puts a bucket in, or changes the one of its name as ON CONFLICT
// says.
func (r *replay) addBucket(id string, public catalog.Fact[bool], maybe bool, conflict *pg.OnConflictClause) {
	b, had := r.cat.Buckets.Edit(id)
	switch {
	case !had && maybe:
		r.cat.Buckets.Put(&catalog.Bucket{ID: id, Public: public, Origin: r.at, Unsure: catalog.Existence})
		return
	case !had || conflict == nil && !maybe:
		r.cat.Buckets.Put(&catalog.Bucket{ID: id, Public: public, Origin: r.at})
		return
	case conflict == nil:
		return // it is there, so that nothing was inserted
	}
	for _, c := range conflict.TargetList {
		if c.GetResTarget().GetName() != "public" {
			continue
		}
		to := r.truth(c.GetResTarget().GetVal())
		if f := c.GetResTarget().GetVal().GetColumnRef().GetFields(); len(f) == 2 && f[0].GetString_().GetSval() == "excluded" && f[1].GetString_().GetSval() == "public" {
			to = public
		}
		if to.Known = to.Known && (!maybe || b.Public.Is(to.Value)); !maybe || !to.Known {
			b.Public = to
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
	v, err := r.guardEnv().Eval(n)
	if err != nil {
		return catalog.Unknown[bool](r.at)
	}
	return r.truthOf(v)
}

// truthOf is a value as what a column of type boolean makes of it: null is no
// more true than false.
func (r *replay) truthOf(v guard.Value) catalog.Fact[bool] {
	text, ok := v.String()
	text = strings.TrimSpace(strings.ToLower(text))
	switch {
	case v.IsNull():
		return catalog.Of(false, r.at)
	case !ok || !booleanInput().MatchString(text):
		return catalog.Unknown[bool](r.at)
	}
	return catalog.Of(text == "1" || text == "on" || text[0] == 't' || text[0] == 'y', r.at)
}
