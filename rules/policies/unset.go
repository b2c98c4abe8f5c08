package policies

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"policylint/inspect/access"
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/static/builtin"
	"policylint/rules"
)

// unset says that an expression is true for every row where the application's
// settings are not set, which no request of the API does; "" if it is not, or
// if something may set them.
func unset(p *rules.Pass, e expr.Expr) string {
	names := map[string]bool{}
	such := access.Env{Setting: func(s *expr.Setting) access.Value {
		if !s.MissingOK || !strings.Contains(s.Name, ".") || builtin.IsParameter(s.Name) || access.SetByPlatform(s.Name) {
			return access.Value{}
		}
		names[s.Name] = true
		return access.Absent()
	}}
	// Nothing is said of columns: coalesce(setting, region) = region narrows what
	// everybody may see to what they ask for.
	if such.Eval(e) != access.True || (access.Env{}).Eval(e) == access.True {
		return ""
	}
	list := slices.Sorted(maps.Keys(names))
	if slices.ContainsFunc(list, func(name string) bool { return maySet(p, name) }) {
		return ""
	}
	return "is true for every row where " + strings.Join(list, ", ") + " is not set, as in any request of the API"
}

// computed is a call of set_config whose name is not written out.
var computed = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)\bset_config\s*\(\s*[^'\s]`) })

// maySet reports whether something in the database gives the setting a value: a
// role or the database has it, or a function sets it, which PostgREST can be
// told to call before each request.
func maySet(p *rules.Pass, name string) bool {
	for s := range p.Settings.All() {
		if s.Key.Name == name {
			return true
		}
	}
	sets := regexp.MustCompile(`(?i)\bset_config\s*\(\s*'` + regexp.QuoteMeta(name) + `'|\bset\s+(local\s+|session\s+)?` + regexp.QuoteMeta(name) + `\b`)
	return slices.ContainsFunc(slices.Collect(p.ProjectFunctions()), func(f *catalog.Function) bool {
		return !f.Body.Known || sets.MatchString(f.Body.Value) || computed().MatchString(f.Body.Value)
	})
}
