package static

import "policylint/inspect/catalog"

// constructors are the functions by the name of a range type of the project, or
// of its multirange type (PostgreSQL docs 8.17.6). What a range is of is not in
// the catalog: any bounds will do.
func (r *replay) constructors(n catalog.Name) []*routine {
	typ := printedType(n)
	if t, ok := r.cat.Types.Get(n); ok && t.Kind == catalog.Range {
		return []*routine{
			{name: n, kind: catalog.PlainFunction, args: []string{`"any"`, `"any"`}, required: 2, returns: typ, of: typ},
			{name: n, kind: catalog.PlainFunction, args: []string{`"any"`, `"any"`, "text"}, required: 3, returns: typ, of: typ},
		}
	}
	if _, ok := r.rangeCompanion(n); ok {
		return []*routine{{name: n, kind: catalog.PlainFunction, args: []string{"anyarray"}, variadic: true, returns: typ, of: typ}}
	}
	return nil
}
