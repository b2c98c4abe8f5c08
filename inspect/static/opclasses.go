package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/static/builtin"
	"policylint/inspect/static/platform"
)

// methodOptions refuses what an index method of PostgreSQL's own cannot do.
func methodOptions(n *pg.IndexStmt, method string) *sqlError {
	refuse := func(what string) *sqlError {
		return errf("0A000", "access method %q does not support %s", method, what)
	}
	switch method {
	case "hash", "gin", "gist", "brin", "spgist":
	default:
		return nil
	}
	switch {
	case n.Unique:
		return refuse("unique indexes")
	case len(n.IndexIncludingParams) > 0 && method != "gist" && method != "spgist":
		return refuse("included columns")
	case len(n.IndexParams) > 1 && (method == "hash" || method == "spgist"):
		return refuse("multicolumn indexes")
	}
	return nil
}

// unordered refuses an order in an index of a method of PostgreSQL's own that
// has none.
func unordered(method string, e *pg.IndexElem) *sqlError {
	switch method {
	case "hash", "gin", "gist", "brin", "spgist":
		if e.Ordering > pg.SortByDir_SORTBY_DEFAULT || e.NullsOrdering > pg.SortByNulls_SORTBY_NULLS_DEFAULT {
			return errf("0A000", "access method %q does not support ASC/DESC options", method)
		}
	}
	return nil
}

// accessMethod refuses an index method that is not there.
func (r *replay) accessMethod(name string) *sqlError {
	if len(builtin.Opclasses(name)) > 0 || r.unlisted() || name == "rtree" {
		return nil
	}
	for e := range r.cat.Extensions.All() {
		if known, ok := platform.FindExtension(e.Name); ok && slices.Contains(known.AccessMethods, name) {
			return nil
		}
	}
	return errf("42704", "access method %q does not exist", name)
}

// defaultOpclass refuses a type that the index method cannot do without being
// told how.
func (r *replay) defaultOpclass(method, typ string) *sqlError {
	base := r.baseType(bareType(typ))
	if !r.solid(base) || base == literal || len(builtin.Opclasses(method)) == 0 {
		return nil
	}
	if strings.HasSuffix(base, "[]") || r.category(base) == 'E' || r.category(base) == 'C' || base == "record" {
		kind := map[byte]string{'A': "anyarray", 'E': "anyenum", 'C': "record"}[r.category(base)]
		if hasOpclass(method, kind) || r.mayHaveOpclass(method) {
			return nil
		}
	}
	if hasOpclass(method, base) {
		return nil
	}
	for _, o := range builtin.Opclasses(method) {
		if !o.Default {
			continue
		}
		if c, ok := builtin.CastBetween(base, o.Type); ok && c.Context == implicit {
			return nil
		}
		if o.Type == "anyrange" && r.category(base) == 'R' || o.Type == "anymultirange" && r.category(base) == 'R' {
			return nil
		}
	}
	if r.mayHaveOpclass(method) {
		return nil
	}
	return errf("42704", "data type %s has no default operator class for access method %q", bareType(typ), method)
}

func hasOpclass(method, typ string) bool {
	return slices.ContainsFunc(builtin.Opclasses(method), func(o builtin.Opclass) bool { return o.Default && o.Type == typ })
}

// mayHaveOpclass reports whether an extension may bring default operator
// classes for built-in types: btree_gist and btree_gin do.
func (r *replay) mayHaveOpclass(method string) bool {
	return r.unlisted() || r.cat.Extensions.Has("btree_"+method) || method == "gist" && r.cat.Extensions.Has("intarray")
}

// opclass refuses an operator class that is not there.
func (r *replay) opclass(method string, parts []string, typ string) *sqlError {
	name := parts[len(parts)-1]
	for _, o := range builtin.Opclasses(method) {
		if o.Name == name {
			return nil
		}
	}
	if len(builtin.Opclasses(method)) == 0 || r.unlisted() || r.deps.operators["opclass "+name] {
		return nil
	}
	for e := range r.cat.Extensions.All() {
		known, ok := platform.FindExtension(e.Name)
		if !ok || !slices.ContainsFunc(known.OperatorClasses, func(c platform.OperatorClass) bool { return c.Name == name }) {
			continue
		}
		if len(parts) > 1 && parts[0] == e.Schema || slices.Contains(r.searchPath(), e.Schema) {
			return nil
		}
	}
	return errf("42704", "operator class %q does not exist for access method %q", written(parts), method)
}
