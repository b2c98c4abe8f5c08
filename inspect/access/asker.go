package access

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/static/builtin"
)

// An asker is a subject while a policy is evaluated for it.
type asker struct {
	judge   *Judge
	role    string
	subject *person
	tables  []*catalog.Table // whose policies are being evaluated, the outermost first
	sources map[string]catalog.Name
}

// machine evaluates for the asker.
func (a *asker) machine() *machine { return &machine{Env: Env{Claim: a.claim}, asker: a} }

// notNull reports whether a column of the row, or of a source, has a value.
func (a *asker) notNull(c *expr.Column) bool {
	name := catalog.Name{}
	switch {
	case c.Table == "" && len(a.tables) > 0:
		name = a.tables[len(a.tables)-1].Name
	case c.Table != "":
		name = a.sources[c.Table]
	}
	t, ok := a.judge.cat.Tables.Get(name)
	if !ok || t.Unsure.Any(catalog.Columns) {
		return false
	}
	col, ok := t.Column(c.Name)
	return ok && col.NotNull
}

// setting is a setting of the application, which the sessions of the API do
// not have unless the role or the database was given it; a name without a dot
// that is none of the server's nobody can give.
func (a *asker) setting(s *expr.Setting) Value {
	for _, key := range []catalog.SettingKey{{Role: catalog.Authenticator, Name: s.Name}, {Name: s.Name}} {
		if v, ok := a.judge.cat.Settings.Get(key); ok {
			if v.Value.Known {
				return Text(v.Value.Value)
			}
			return unknownValue("setting " + s.Name)
		}
	}
	switch {
	case s.Name == "role":
		return Text(a.subject.Role)
	case builtin.IsParameter(s.Name), SetByPlatform(s.Name):
		return unknownValue("setting " + s.Name)
	case s.MissingOK:
		return Absent()
	}
	return raising(&Raise{SQLState: "42704", Message: "unrecognized configuration parameter " + quoted(s.Name)})
}

// SetByPlatform reports whether a setting is one that PostgREST, Realtime or
// Storage gives to each of its transactions.
func SetByPlatform(name string) bool {
	prefix, _, _ := strings.Cut(name, ".")
	return slices.Contains([]string{"request", "realtime", "storage"}, prefix)
}

// call is a function of the application that could not be written out.
func (a *asker) call(x *expr.Call) (Value, bool) {
	n := catalog.ParseName(x.Name)
	o, ok := a.judge.cat.Functions.Get(n)
	if !ok || catalog.PlatformSchema(n.Schema) || n.Schema == "pg_catalog" {
		if n.Schema == "realtime" && n.Name == "topic" {
			return byRow(false), true // the topic that is asked for
		}
		return Value{}, false
	}
	for _, f := range o.Functions {
		if f.Platform || f.Extension != "" {
			return Value{}, false
		}
	}
	return unknownValue("what function " + x.Name + " returns"), true
}
