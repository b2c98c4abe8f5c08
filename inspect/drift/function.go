package drift

import (
	"maps"
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

// settings compares the SET clauses of two functions.
func (c *comparison) settings(f, g *catalog.Function, add func(what, want, have, fix string)) {
	names := map[string]bool{}
	for _, m := range []map[string]catalog.Fact[string]{f.Config, g.Config} {
		for name := range m {
			names[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		a, inF := f.Config[name]
		b, inG := g.Config[name]
		switch {
		case inF && !a.Known, inG && !b.Known, inF == inG && a.Value == b.Value:
		case strings.Contains(name, "."):
			// The application's own settings may hold secrets.
			add("setting "+name, "one value", "another", "")
		case !inF:
			add("setting "+name, "none", value(name, b.Value), "alter "+called(f)+" reset "+name+";")
		case !inG:
			add("setting "+name, value(name, a.Value), "none", "alter "+called(f)+" set "+name+" = "+value(name, a.Value)+";")
		default:
			add("setting "+name, value(name, a.Value), value(name, b.Value), "alter "+called(f)+" set "+name+" = "+value(name, a.Value)+";")
		}
	}
}

// value is a setting's value in SQL; a search_path is a list of names.
func value(name, v string) string {
	if name == "search_path" && v != "" {
		return v
	}
	return catalog.Literal(v)
}

func trimmed(f *catalog.Function) string {
	return strings.TrimSpace(strings.ReplaceAll(f.Body.Value, "\r\n", "\n"))
}

func security(f *catalog.Function) string {
	if f.SecurityDefiner.Value {
		return "definer"
	}
	return "invoker"
}

func strictness(f *catalog.Function) string {
	if f.Strict.Value {
		return "strict"
	}
	return "called on null input"
}

func result(f *catalog.Function) string {
	if f.ReturnsSet {
		return "setof " + f.Returns
	}
	return f.Returns
}

// createFunction is SQL that makes the function as it should be, whether or
// not it is there; "" where the catalog does not have all of it.
func createFunction(f *catalog.Function) string {
	if f.Kind != catalog.PlainFunction || f.Language == "c" || f.Language == "internal" || !f.Body.Known || f.Unsure.Any(catalog.Body) {
		return ""
	}
	var args []string
	for _, a := range f.Args {
		if a.Default || a.Mode == catalog.ArgTable {
			return "" // the expression of the default, and the result table, are not kept apart
		}
		words := []string{string(a.Mode)}
		if a.Name != "" {
			words = append(words, catalog.Quote(a.Name))
		}
		args = append(args, strings.Join(append(words, a.Type), " "))
	}
	out := "create or replace function " + f.Name.SQL() + "(" + strings.Join(args, ", ") + ") returns " + result(f) + "\n  language " + catalog.Quote(f.Language)
	if f.Volatility.Known {
		out += " " + string(f.Volatility.Value)
	}
	if f.Strict.Is(true) {
		out += " strict"
	}
	if f.SecurityDefiner.Is(true) {
		out += " security definer"
	}
	for _, name := range slices.Sorted(maps.Keys(f.Config)) {
		v := f.Config[name]
		if !v.Known || strings.Contains(name, ".") {
			return ""
		}
		out += "\n  set " + name + " = " + value(name, v.Value)
	}
	if f.StandardBody {
		return out + "\n" + f.Body.Value + ";"
	}
	tag := "$function$"
	for strings.Contains(f.Body.Value, tag) {
		tag = "$" + tag[1:len(tag)-1] + "_$"
	}
	return out + "\nas " + tag + f.Body.Value + tag + ";"
}

// newFunction is SQL that makes a function that is not there, with who may
// call it.
func (c *comparison) newFunction(f *catalog.Function) string {
	out := createFunction(f)
	if out == "" || f.Unsure.Any(catalog.Grants) || f.Grants.Unsure {
		return out
	}
	// Default privileges of the other side may give it to others.
	from := []string{catalog.Public}
	for _, r := range c.roles() {
		from = append(from, catalog.Quote(r))
	}
	out += "\nrevoke all on " + called(f) + " from " + strings.Join(from, ", ") + ";"
	for _, g := range f.Grants.Grantees(catalog.Execute) {
		if g == catalog.Public || c.have.Roles.Has(g) {
			out += "\ngrant execute on " + called(f) + " to " + grantee(g) + ";"
		}
	}
	return out
}
