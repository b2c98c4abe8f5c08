package guard

import (
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// A view is one relation of the system catalogs, made from the model. Columns
// that the model does not have are left out and unknown.
type view struct {
	cols []string
	rows func(e *Env, add func(maybe bool, values ...any))
	// open reports whether the server may have rows that the model does not.
	open func(e *Env) bool
}

// relation is the rows of what a FROM entry names.
func (e *Env) relation(v *pg.RangeVar, s *scope) (*Rows, error) {
	if v.Schemaname == "" {
		if rows, ok := s.cte(v.Relname); ok {
			return rows, nil
		}
	}
	schema := v.Schemaname
	if schema == "" && (strings.HasPrefix(v.Relname, "pg_") || views["pg_catalog."+v.Relname] != nil) {
		schema = "pg_catalog"
	}
	if w := views[schema+"."+v.Relname]; w != nil {
		return e.system(w), nil
	}
	if schema == "pg_catalog" || schema == "information_schema" {
		return unknownRows(), nil
	}
	names := []string{v.Relname}
	if schema != "" {
		names = []string{schema, v.Relname}
	}
	n, ok := e.lookRelation(names)
	if !ok {
		if e.unsureName(names) {
			return unknownRows(), nil
		}
		_, err := e.regclass(v.Relname, names, true)
		if err == nil {
			return unknownRows(), nil
		}
		return nil, err
	}
	out := &Rows{Open: true}
	if t, ok := e.Cat.Tables.Get(n); ok && !t.Unsure.Any(catalog.Columns|catalog.Existence) && !t.Assumed {
		for _, c := range t.Columns {
			out.Cols = append(out.Cols, c.Name)
		}
	} else if x, ok := e.Cat.Views.Get(n); ok && x.Columns != nil {
		for _, c := range x.Columns {
			out.Cols = append(out.Cols, c.Name)
		}
	} else {
		out.wild = true
	}
	return out, nil
}

// system fills a system view.
func (e *Env) system(w *view) *Rows {
	out := &Rows{Cols: w.cols, Open: w.open != nil && w.open(e), wild: true}
	w.rows(e, func(maybe bool, values ...any) {
		t := Tuple{Maybe: maybe, Values: make([]Value, len(w.cols))}
		for i, v := range values {
			t.Values[i] = Of(v)
		}
		out.Rows = append(out.Rows, t)
	})
	return out
}

// fact is a fact as a value.
func fact[T comparable](f catalog.Fact[T]) any {
	if !f.Known {
		return Value{}
	}
	return any(f.Value)
}

// doubtful reports whether an object may not be there.
func doubtful(a catalog.Aspect) bool { return a.Any(catalog.Existence) }
