package drift

import (
	"maps"
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

// defaults compares what the roles of requests will be able to do with what the
// migrator makes next in a schema. Without a platform nobody knows who makes it.
func (c *comparison) defaults() {
	if c.want.Source.Platform != "supabase" || c.have.Source.Platform != "supabase" {
		return
	}
	w, h := defaultsOf(c.want), defaultsOf(c.have)
	schemas := map[string]bool{}
	for k := range maps.Keys(w) {
		schemas[k.schema] = true
	}
	for k := range maps.Keys(h) {
		schemas[k.schema] = true
	}
	kinds := []catalog.ObjectKind{catalog.OnTables, catalog.OnSequences, catalog.OnFunctions}
	privileges := map[catalog.ObjectKind][]catalog.Privilege{
		catalog.OnTables:    {catalog.Select, catalog.Insert, catalog.Update, catalog.Delete, catalog.Truncate},
		catalog.OnSequences: {catalog.Usage}, catalog.OnFunctions: {catalog.Execute},
	}
	for _, schema := range slices.Sorted(maps.Keys(schemas)) {
		_, inWant := c.want.Schemas.Get(schema)
		_, inHave := c.have.Schemas.Get(schema)
		if catalog.PlatformSchema(schema) || schema != "public" && (!inWant || !inHave) {
			continue
		}
		for _, kind := range kinds {
			k := defaultsKey{schema, kind}
			a, inWant := w[k]
			b, inHave := h[k]
			// A snapshot has the platform's own only where they were changed.
			if inWant && a == nil || inHave && b == nil || schema == "public" && !(inWant && inHave) {
				continue
			}
			c.privilegesOfNew(k, orEmpty(a), orEmpty(b), privileges[kind])
		}
	}
}

type defaultsKey struct {
	schema string
	kind   catalog.ObjectKind
}

// defaultsOf is the default privileges of the migrator in each schema; nil
// where they are not known.
func defaultsOf(side *catalog.Catalog) map[defaultsKey]*catalog.ACL {
	out := map[defaultsKey]*catalog.ACL{}
	for p := range side.Defaults.All() {
		if p.Key.Role != side.Source.Migrator || p.Key.Schema == "" {
			continue
		}
		k := defaultsKey{p.Key.Schema, p.Key.Kind}
		if out[k] = &p.Grants; p.Unsure != 0 || p.Grants.Unsure {
			out[k] = nil
		}
	}
	return out
}

func orEmpty(a *catalog.ACL) *catalog.ACL {
	if a == nil {
		return &catalog.ACL{}
	}
	return a
}

// privilegesOfNew compares one kind of object in one schema, by who is named:
// PUBLIC and each role of requests.
func (c *comparison) privilegesOfNew(k defaultsKey, w, h *catalog.ACL, privileges []catalog.Privilege) {
	alter := "alter default privileges for role " + catalog.Quote(c.have.Source.Migrator) + " in schema " + catalog.Quote(k.schema)
	ref := catalog.Ref{Kind: "schema", Name: k.schema}
	for _, role := range append([]string{catalog.Public}, c.roles()...) {
		lacks, has := gathered{}, gathered{}
		for _, p := range privileges {
			a, inWant := w.Find(role, p)
			if _, inHave := h.Find(role, p); inWant == inHave {
				continue
			}
			if inWant {
				lacks.add(string(p), a.Origin, "")
			} else {
				has.add(string(p), catalog.Origin{}, "")
			}
		}
		what := func(g gathered) string { return role + " may " + g.String() + " new " + string(k.kind) + "s" }
		on := " on " + string(k.kind) + "s"
		if len(lacks.what) > 0 {
			c.add(Difference{Kind: Grants, Object: ref, What: what(lacks), Want: "yes", Origin: lacks.at,
				Fix: alter + " grant " + strings.Join(lacks.what, ", ") + on + " to " + grantee(role) + ";"})
		}
		if len(has.what) > 0 {
			c.add(Difference{Kind: Grants, Object: ref, What: what(has), Have: "yes",
				Fix: alter + " revoke " + strings.Join(has.what, ", ") + on + " from " + grantee(role) + ";"})
		}
	}
}
