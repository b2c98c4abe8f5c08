package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

var argModes = map[pg.FunctionParameterMode]catalog.ArgMode{
	pg.FunctionParameterMode_FUNC_PARAM_IN:       catalog.ArgIn,
	pg.FunctionParameterMode_FUNC_PARAM_DEFAULT:  catalog.ArgIn,
	pg.FunctionParameterMode_FUNC_PARAM_OUT:      catalog.ArgOut,
	pg.FunctionParameterMode_FUNC_PARAM_INOUT:    catalog.ArgInOut,
	pg.FunctionParameterMode_FUNC_PARAM_VARIADIC: catalog.ArgVariadic,
	pg.FunctionParameterMode_FUNC_PARAM_TABLE:    catalog.ArgTable,
}

// arguments reads the parameters and the return type of a function.
func (r *replay) arguments(f *catalog.Function, n *pg.CreateFunctionStmt) *sqlError {
	variadic, defaults := false, false
	for _, item := range n.Parameters {
		p := item.GetFunctionParameter()
		typ, err := r.typeName(p.ArgType)
		if err != nil {
			return err
		}
		a := catalog.Arg{Name: p.Name, Type: bareType(typ), Mode: argModes[p.Mode], Default: p.Defexpr != nil}
		if a.Mode == "" {
			a.Mode = catalog.ArgIn
		}
		if err := r.pseudoArgument(f, a); err != nil {
			return err
		}
		switch {
		case variadic && a.Mode == catalog.ArgOut && f.Kind == catalog.Procedure:
			return errf("42P13", "VARIADIC parameter must be the last parameter")
		case a.Input() && variadic:
			return errf("42P13", "VARIADIC parameter must be the last input parameter")
		case a.Mode == catalog.ArgVariadic:
			variadic = true
			if !strings.HasSuffix(a.Type, "[]") && a.Type != "anyarray" && a.Type != "anycompatiblearray" && a.Type != `"any"` && r.solid(a.Type) {
				return errf("42P13", "VARIADIC parameter must be an array")
			}
		}
		for _, b := range f.Args {
			if a.Name != "" && a.Name == b.Name && !apart(a, b) {
				return errf("42P13", "parameter name %q used more than once", a.Name)
			}
		}
		switch {
		case a.Default && !a.Input():
			return errf("42P13", "only input parameters can have default values")
		case a.Default:
			defaults = true
			if _, _, err := r.check(p.Defexpr, inDefaultValue, a.Type, "DEFAULT"); err != nil {
				return err
			}
			r.keepDefault(len(f.Args), p.Defexpr)
		case a.Input() && defaults:
			return errf("42P13", "input parameters after one with a default value must also have defaults")
		case f.Kind == catalog.Procedure && defaults && a.Mode == catalog.ArgOut:
			return errf("42P13", "procedure OUT parameters cannot appear after one with a default value")
		}
		f.Args = append(f.Args, a)
	}
	return r.returnType(f, n)
}

// apart reports whether two parameters may share a name: an input and an
// output one may.
func apart(a, b catalog.Arg) bool {
	in := func(m catalog.ArgMode) bool { return m == catalog.ArgIn || m == catalog.ArgVariadic }
	out := func(m catalog.ArgMode) bool { return m == catalog.ArgOut || m == catalog.ArgTable }
	return in(a.Mode) && out(b.Mode) || out(a.Mode) && in(b.Mode)
}

// pseudoArgument refuses the pseudo-types that functions in SQL and PL/pgSQL
// cannot take.
func (r *replay) pseudoArgument(f *catalog.Function, a catalog.Arg) *sqlError {
	if !a.Input() {
		return nil
	}
	switch a.Type {
	case "void", "trigger", "event_trigger", "cstring", "internal", "language_handler", "index_am_handler":
	case "record":
		if f.Language != "sql" {
			return nil
		}
	default:
		return nil
	}
	switch f.Language {
	case "sql":
		return errf("42P13", "SQL functions cannot have arguments of type %s", a.Type)
	case "plpgsql":
		return errf("0A000", "PL/pgSQL functions cannot accept type %s", a.Type)
	}
	return nil
}

// returnType works out what a function returns.
func (r *replay) returnType(f *catalog.Function, n *pg.CreateFunctionStmt) *sqlError {
	var out []string
	for _, a := range f.Args {
		if a.Mode == catalog.ArgOut || a.Mode == catalog.ArgInOut || a.Mode == catalog.ArgTable {
			out = append(out, a.Type)
		}
	}
	required := ""
	switch {
	case len(out) == 1 && f.Kind != catalog.Procedure:
		required = out[0]
	case len(out) > 0:
		required = "record"
	}
	switch {
	case f.Kind == catalog.Procedure:
		f.Returns = required
		return nil
	case n.ReturnType == nil && required == "":
		return errf("42P13", "function result type must be specified")
	case n.ReturnType == nil:
		f.Returns = required
		return nil
	}
	typ, err := r.typeName(n.ReturnType)
	if err != nil {
		return err
	}
	f.Returns, f.ReturnsSet = bareType(typ), n.ReturnType.Setof
	if slices.ContainsFunc(n.Parameters, func(p *pg.Node) bool {
		return p.GetFunctionParameter().Mode == pg.FunctionParameterMode_FUNC_PARAM_TABLE
	}) {
		// RETURNS TABLE: the grammar has put the columns among the parameters.
		f.Returns, f.ReturnsSet = required, true
		return nil
	}
	if required != "" && f.Returns != required {
		return errf("42P13", "function result type must be %s because of OUT parameters", required)
	}
	return r.pseudoResult(f)
}

// pseudoResult refuses results that a function cannot have.
func (r *replay) pseudoResult(f *catalog.Function) *sqlError {
	if !deducible(f.Returns, inputs(f)) {
		return errf("42P13", "cannot determine result data type")
	}
	switch f.Returns {
	case "trigger", "event_trigger":
		if f.Language == "sql" {
			return errf("42P13", "SQL functions cannot return type %s", f.Returns)
		}
		if f.Language == "plpgsql" && r.bodyChecks && len(f.Args) > 0 {
			word := map[string]string{"trigger": "trigger", "event_trigger": "event trigger"}[f.Returns]
			return errf("42P13", "%s functions cannot have declared arguments", word)
		}
	case "cstring", "internal", "language_handler":
		switch f.Language {
		case "sql":
			return errf("42P13", "SQL functions cannot return type %s", f.Returns)
		case "plpgsql":
			return errf("0A000", "PL/pgSQL functions cannot return type %s", f.Returns)
		}
	}
	return nil
}
