package guard

import (
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// call evaluates a function call outside of aggregation.
func (e *Env) call(f *pg.FuncCall, s *scope) (Value, error) {
	names, _ := parts(f.Funcname)
	name := bare(names)
	if s != nil && s.group != nil && isAggregate(name) && f.Over == nil {
		return e.aggregate(name, f, s)
	}
	if f.Over != nil {
		return Value{}, nil
	}
	args, err := e.list(f.Args, s)
	if err != nil {
		return Value{}, err
	}
	if f.FuncVariadic && len(args) > 0 {
		last := args[len(args)-1]
		if last.Kind != Array {
			return Value{}, nil
		}
		args = append(args[:len(args)-1:len(args)-1], last.Items...)
	}
	if v, ok := e.textFunction(name, args); ok {
		return v, nil
	}
	if v, ok := arrayFunction(name, args); ok {
		return v, nil
	}
	if v, ok := calendarFunction(name, f, args); ok {
		return v, nil
	}
	if v, ok, err := e.catalogFunction(name, args); ok || err != nil {
		return v, err
	}
	if e.Call != nil && !harmless[name] {
		return e.Call(f, args, e.unsure == 0 && !s.unsure())
	}
	return Value{}, nil
}

// harmless are functions of which the value is not known, and which have no
// effect that a catalog could show.
var harmless = map[string]bool{
	"now": true, "clock_timestamp": true, "gen_random_uuid": true, "random": true, "version": true,
	"current_database": true, "pg_backend_pid": true, "txid_current": true, "pg_sleep": true, "pg_typeof": true,
	"nextval": true, "setval": true, "currval": true, "pg_notify": true, "obj_description": true,
	"pg_get_expr": true, "pg_get_constraintdef": true, "pg_get_indexdef": true, "pg_get_viewdef": true,
	"pg_get_functiondef": true, "format_type": true, "col_description": true, "pg_advisory_lock": true,
	"pg_advisory_xact_lock": true, "pg_advisory_unlock": true, "jsonb_build_object": true, "json_build_object": true,
	"to_jsonb": true, "to_json": true, "jsonb_set": true, "extract": true, "date_part": true, "date_trunc": true,
}

// unsure reports whether the scope is of a row that may not be there.
func (s *scope) unsure() bool {
	for ; s != nil; s = s.outer {
		if s.maybe {
			return true
		}
	}
	return false
}

// arg is the i-th argument as text.
func arg(args []Value, i int) (string, bool) {
	if i >= len(args) {
		return "", false
	}
	return args[i].String()
}

// catalogFunction are functions about objects, roles and settings.
func (e *Env) catalogFunction(name string, args []Value) (Value, bool, error) {
	switch name {
	case "current_database":
		if e.Database != "" {
			return Of(e.Database), true, nil
		}
	case "to_regclass", "to_regtype", "to_regnamespace", "to_regrole", "to_regproc", "to_regprocedure":
		if len(args) != 1 {
			return Value{}, true, nil
		}
		if args[0].IsNull() {
			return null, true, nil
		}
		v, err := e.reg(args[0], strings.TrimPrefix(name, "to_"), false)
		return v, true, err
	case "current_schema":
		return e.currentSchema(), true, nil
	case "current_schemas":
		return e.currentSchemas(args), true, nil
	case "current_setting":
		if n, ok := arg(args, 0); ok && e.Setting != nil {
			if v, ok := e.Setting(strings.ToLower(n)); ok {
				return v, true, nil
			}
		}
		return Value{}, true, nil
	case "pg_get_userbyid":
		if len(args) == 1 && args[0].Kind == Oid {
			return Of(args[0].Name.Name), true, nil
		}
		return Value{}, true, nil
	case "pg_table_is_visible", "pg_function_is_visible", "pg_type_is_visible":
		if len(args) == 1 && args[0].Kind == Oid {
			return Of(e.visible(args[0])), true, nil
		}
		return Value{}, true, nil
	case "pg_get_function_identity_arguments", "pg_get_function_arguments", "oidvectortypes":
		return e.arguments(name, args), true, nil
	case "pg_has_role":
		return e.hasRole(args), true, nil
	case "has_table_privilege", "has_schema_privilege", "has_function_privilege", "has_sequence_privilege", "has_column_privilege", "has_any_column_privilege":
		return e.hasPrivilege(name, args), true, nil
	}
	return Value{}, false, nil
}

func (e *Env) currentSchemas(args []Value) Value {
	if len(args) != 1 || args[0].Kind != Bool {
		return Value{}
	}
	list := Value{Kind: Array}
	for _, s := range e.Path {
		if s != "pg_catalog" || args[0].Bool {
			list.Items = append(list.Items, Of(s))
		}
	}
	return list
}

// arguments prints the arguments of a function as the server does.
func (e *Env) arguments(name string, args []Value) Value {
	if name != "pg_get_function_identity_arguments" || len(args) != 1 || args[0].Kind != Oid || args[0].Class != "proc" {
		return Value{}
	}
	f, ok := e.Cat.Function(args[0].Name, args[0].Part)
	if !ok {
		return Value{}
	}
	var list []string
	for _, a := range f.Args {
		if !a.Input() {
			continue
		}
		words := ""
		switch a.Mode {
		case catalog.ArgInOut:
			words = "INOUT "
		case catalog.ArgVariadic:
			words = "VARIADIC "
		}
		if a.Name != "" {
			words += catalog.Quote(a.Name) + " "
		}
		list = append(list, words+e.showType(a.Type))
	}
	return Of(strings.Join(list, ", "))
}

// showType leaves out the schema of a type where the search path finds it.
func (e *Env) showType(t string) string {
	if schema, rest, ok := strings.Cut(t, "."); ok {
		for _, s := range e.Path {
			if s == schema {
				return rest
			}
		}
	}
	return t
}
