package drift

import (
	"strings"

	"policylint/inspect/catalog"
)

// identity is a table's replica identity, with what has become of its index.
func identity(t *catalog.Table) string {
	if t.Identity.Value.Kind == catalog.IdentityIndex && t.Identity.Value.Index == "" {
		return "an index that is gone"
	}
	return t.Identity.Value.String()
}

// byIndex is SQL that gives h the replica identity of w, and the index where
// there is none of that name; "" if it cannot be told how to make it.
func byIndex(w, h *catalog.Table) string {
	name := w.Identity.Value.Index
	out := "alter table " + w.Name.SQL() + " replica identity using index " + catalog.Quote(name) + ";"
	if _, ok := h.Index(name); ok || name == "" {
		return out
	}
	i, ok := w.Index(name)
	if !ok || i.Constraint != "" || len(i.Options) > 0 || len(i.Exprs) > 0 || i.Where != nil {
		return ""
	}
	var columns, include []string
	for _, c := range i.Columns {
		columns = append(columns, catalog.Quote(c))
	}
	for _, c := range i.Include {
		include = append(include, catalog.Quote(c))
	}
	create := "create unique index " + catalog.Quote(name) + " on " + w.Name.SQL() + " (" + strings.Join(columns, ", ") + ")"
	if len(include) > 0 {
		create += " include (" + strings.Join(include, ", ") + ")"
	}
	return create + ";\n" + out
}
