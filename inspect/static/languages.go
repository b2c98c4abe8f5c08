package static

import "slices"

// extensionLanguages are the procedural languages that an extension of the
// same name brings.
var extensionLanguages = []string{"plv8", "plcoffee", "plls", "plperl", "plperlu", "pltcl", "pltclu", "plpython3u", "plrust", "plpgsql", "pljava"}

// hasLanguage reports whether functions can be written in the language.
func (r *replay) hasLanguage(name string) bool {
	switch name {
	case "sql", "plpgsql", "c", "internal":
		return true
	}
	return slices.Contains(extensionLanguages, name) && r.cat.Extensions.Has(name) || r.unlisted()
}

// untrusted reports whether only a superuser may write functions in it.
func untrusted(language string) bool {
	return language == "c" || language == "internal" || language[len(language)-1] == 'u'
}
