package live

import (
	"strings"

	"policylint/inspect/catalog"
)

// views reads views and materialized views, what they read and call, and which
// rules rewrite queries in another way.
func (l *loader) views() error {
	l.viewsByID = map[uint32]*catalog.View{}
	var id uint32
	var n catalog.Name
	var materialized, untouched bool
	var owner string
	var options, items []string
	var definition, extension *string
	err := l.each("views", []any{&id, &n.Schema, &n.Name, &materialized, &owner, &options, &definition, &untouched, &items, &extension}, func() error {
		grants, err := l.acl(items, untouched)
		if err != nil {
			return err
		}
		v := &catalog.View{
			Name: n, Materialized: materialized, Owner: known(owner),
			SecurityInvoker: known(option(options, "security_invoker")), SecurityBarrier: known(option(options, "security_barrier")),
			Grants: grants, Extension: deref(extension), Platform: l.platform(n.Schema, owner),
		}
		l.viewsByID[id] = v
		text := strings.TrimSuffix(strings.TrimSpace(deref(definition)), ";")
		l.parser.add(parse{text: text, is: query, to: &v.Query})
		return nil
	})
	if err != nil {
		return err
	}
	var view bool
	var rule string
	err = l.each("rewrite_rules", []any{&n.Schema, &n.Name, &view, &rule}, func() error {
		kind := "table"
		if view {
			kind = "view"
		}
		l.gap(catalog.Ref{Kind: kind, Name: n.String()}, "rule %q is not modelled", rule)
		return nil
	})
	if err != nil {
		return err
	}
	var function bool
	return l.each("view_uses", []any{&id, &function, &n.Schema, &n.Name}, func() error {
		v, ok := l.viewsByID[id]
		switch {
		case !ok:
		case function:
			v.Calls = append(v.Calls, n)
		default:
			v.Reads = append(v.Reads, n)
		}
		return nil
	})
}

// option reads a boolean among storage parameters, which may be spelled in any
// way that PostgreSQL takes for one (PostgreSQL docs 8.6).
func option(options []string, name string) bool {
	for _, o := range options {
		k, v, _ := strings.Cut(o, "=")
		if !strings.EqualFold(k, name) {
			continue
		}
		v = strings.ToLower(v)
		for _, yes := range []string{"true", "yes", "on", "1"} {
			if v != "" && v != "o" && strings.HasPrefix(yes, v) {
				return true
			}
		}
	}
	return false
}
