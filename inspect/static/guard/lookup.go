package guard

import (
	"strings"

	"policylint/inspect/catalog"
)

// SplitName reads a name as regclass does: parts divided by points, folded
// unless they are in double quotes.
func SplitName(s string) ([]string, bool) {
	var out []string
	rest := strings.TrimSpace(s)
	for {
		var part string
		if strings.HasPrefix(rest, `"`) {
			i := 1
			for ; i < len(rest); i++ {
				if rest[i] != '"' {
					continue
				}
				if i+1 == len(rest) || rest[i+1] != '"' {
					break
				}
				i++
			}
			if i >= len(rest) {
				return nil, false
			}
			part, rest = strings.ReplaceAll(rest[1:i], `""`, `"`), rest[i+1:]
		} else {
			n := strings.IndexByte(rest, '.')
			if n < 0 {
				n = len(rest)
			}
			part, rest = strings.ToLower(strings.TrimSpace(rest[:n])), rest[n:]
		}
		if part == "" {
			return nil, false
		}
		out = append(out, part)
		rest = strings.TrimSpace(rest)
		if rest == "" {
			return out, true
		}
		if rest[0] != '.' {
			return nil, false
		}
		rest = strings.TrimSpace(rest[1:])
	}
}

// candidates are the full names that a name can stand for.
func (e *Env) candidates(names []string) []catalog.Name {
	if len(names) >= 2 {
		return []catalog.Name{{Schema: names[len(names)-2], Name: names[len(names)-1]}}
	}
	var out []catalog.Name
	if e.Temporary {
		out = append(out, catalog.Name{Schema: "pg_temp", Name: names[0]})
	}
	for _, s := range e.Path {
		out = append(out, catalog.Name{Schema: s, Name: names[0]})
	}
	return out
}

func (e *Env) lookRelation(names []string) (catalog.Name, bool) {
	for _, n := range e.candidates(names) {
		if _, ok := e.Cat.Relation(n); ok {
			return n, true
		}
	}
	return catalog.Name{}, false
}

// sureRelation reports whether the relation exists for certain.
func (e *Env) sureRelation(n catalog.Name) bool {
	if t, ok := e.Cat.Tables.Get(n); ok {
		return !t.Assumed && !t.Unsure.Any(catalog.Existence)
	}
	if v, ok := e.Cat.Views.Get(n); ok {
		return !v.Unsure.Any(catalog.Existence)
	}
	if s, ok := e.Cat.Sequences.Get(n); ok {
		return !s.Unsure.Any(catalog.Existence)
	}
	return true
}

func (e *Env) lookType(names []string) (catalog.Name, bool) {
	for _, n := range e.candidates(names) {
		if e.Cat.Types.Has(n) {
			return n, true
		}
		if _, ok := e.Cat.Relation(n); ok {
			return n, true
		}
	}
	return catalog.Name{}, false
}

// lookFunction finds the functions of a name: nil when there are none, and
// known is false when only a server could tell.
func (e *Env) lookFunction(names []string) (o *catalog.Overloads, known bool) {
	for _, n := range e.candidates(names) {
		if o, ok := e.Cat.Functions.Get(n); ok {
			return o, true
		}
	}
	return nil, len(names) > 1 && !e.unsureName(names)
}

// unsureName reports whether objects of that schema are not all modelled: those
// of the server, of the platform and of extensions.
func (e *Env) unsureName(names []string) bool {
	if len(names) == 1 {
		return strings.HasPrefix(names[0], "pg_")
	}
	schema := names[len(names)-2]
	if strings.HasPrefix(schema, "pg_") || catalog.PlatformSchema(schema) {
		return true
	}
	for x := range e.Cat.Extensions.All() {
		if x.Schema == schema && schema != "public" {
			return true
		}
	}
	return false
}

func (e *Env) hasSchema(name string) bool {
	return e.Cat.Schemas.Has(name) || strings.HasPrefix(name, "pg_") || name == "information_schema"
}
