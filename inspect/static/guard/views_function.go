package guard

import (
	"strings"

	"policylint/inspect/catalog"
)

var functionViews = map[string]*view{
	"pg_catalog.pg_proc": {
		cols: []string{"proname", "pronamespace", "oid", "prokind", "prosecdef", "provolatile", "pronargs", "prosrc", "proowner"},
		rows: func(e *Env, add func(bool, ...any)) {
			e.eachFunction(func(f *catalog.Function) {
				kind := map[catalog.FunctionKind]string{
					catalog.PlainFunction: "f", catalog.Procedure: "p", catalog.Aggregate: "a", catalog.Window: "w",
				}[f.Kind]
				inputs := 0
				for _, a := range f.Args {
					if a.Input() {
						inputs++
					}
				}
				var volatility any = Value{}
				if f.Volatility.Known {
					volatility = string(f.Volatility.Value[:1])
				}
				add(doubtful(f.Unsure), f.Name.Name, namespace(f.Name.Schema), object("proc", f.Name, f.Signature()), kind,
					fact(f.SecurityDefiner), volatility, inputs, fact(f.Body), role(f.Owner))
			})
			for _, s := range e.elsewhere() {
				add(true, ghost, namespace(s), ghostOf("proc", s))
			}
		},
	},
	"information_schema.routines": {
		cols: []string{"routine_schema", "routine_name", "routine_type", "specific_schema", "security_type"},
		rows: func(e *Env, add func(bool, ...any)) {
			e.eachFunction(func(f *catalog.Function) {
				typ := "FUNCTION"
				if f.Kind == catalog.Procedure {
					typ = "PROCEDURE"
				}
				var security any = Value{}
				if f.SecurityDefiner.Known {
					security = map[bool]string{true: "DEFINER", false: "INVOKER"}[f.SecurityDefiner.Value]
				}
				add(doubtful(f.Unsure), f.Name.Schema, f.Name.Name, typ, f.Name.Schema, security)
			})
			for _, s := range e.elsewhere() {
				add(true, s, ghost)
			}
		},
	},
	"pg_catalog.pg_type": {
		cols: []string{"typname", "typnamespace", "oid", "typtype"},
		rows: func(e *Env, add func(bool, ...any)) {
			for t := range e.Cat.Types.All() {
				kind := map[catalog.TypeKind]string{
					catalog.Enum: "e", catalog.Domain: "d", catalog.Composite: "c", catalog.Range: "r", catalog.Base: "b",
				}[t.Kind]
				add(doubtful(t.Unsure), t.Name.Name, namespace(t.Name.Schema), object("type", t.Name, ""), kind)
				add(doubtful(t.Unsure), "_"+t.Name.Name, namespace(t.Name.Schema), object("type", t.Name, "[]"), "b")
			}
			for t := range e.Cat.Tables.All() {
				add(t.Assumed || doubtful(t.Unsure), t.Name.Name, namespace(t.Name.Schema), object("type", t.Name, ""), "c")
				add(t.Assumed || doubtful(t.Unsure), "_"+t.Name.Name, namespace(t.Name.Schema), object("type", t.Name, "[]"), "b")
			}
			for v := range e.Cat.Views.All() {
				add(doubtful(v.Unsure), v.Name.Name, namespace(v.Name.Schema), object("type", v.Name, ""), "c")
			}
			// The names of built-in types are those that migrations ask for.
			for _, name := range []string{"text", "int4", "int8", "bool", "uuid", "json", "jsonb", "timestamptz", "date", "numeric"} {
				add(false, name, namespace("pg_catalog"), object("type", in(typeAlias(name)), ""), "b")
			}
			for _, s := range e.elsewhere() {
				add(true, ghost, namespace(s), ghostOf("type", s))
			}
		},
	},
	"pg_catalog.pg_enum": {
		cols: []string{"enumtypid", "enumlabel", "enumsortorder"},
		rows: func(e *Env, add func(bool, ...any)) {
			for t := range e.Cat.Types.All() {
				for i, l := range t.Labels {
					add(doubtful(t.Unsure) || t.Unsure.Any(catalog.Body), object("type", t.Name, ""), l, i+1)
				}
				if t.Kind == catalog.Enum && t.Unsure != 0 {
					add(true, object("type", t.Name, ""))
				}
			}
		},
	},
}

func (e *Env) eachFunction(f func(*catalog.Function)) {
	for o := range e.Cat.Functions.All() {
		for _, fn := range o.Functions {
			f(fn)
		}
	}
}

// predefinedRoles are the roles that every server has (PostgreSQL docs 22.5).
var predefinedRoles = []string{
	"pg_checkpoint", "pg_database_owner", "pg_execute_server_program", "pg_monitor", "pg_read_all_data",
	"pg_read_all_settings", "pg_read_all_stats", "pg_read_server_files", "pg_signal_backend", "pg_stat_scan_tables",
	"pg_write_all_data", "pg_write_server_files",
}

var roleCols = []string{"rolname", "oid", "rolsuper", "rolbypassrls", "rolinherit", "rolcanlogin", "rolcreaterole", "rolcreatedb", "rolreplication"}

func roleRows(e *Env, add func(bool, ...any)) {
	for r := range e.Cat.Roles.All() {
		add(doubtful(r.Unsure), r.Name, object("role", in(r.Name), ""), fact(r.Superuser), fact(r.BypassRLS), fact(r.Inherit),
			fact(r.Login), fact(r.CreateRole), fact(r.CreateDB), fact(r.Replication))
	}
	for _, n := range predefinedRoles {
		add(false, n, object("role", in(n), ""), false, false, true, false, false, false, false)
	}
}

var roleViews = map[string]*view{
	"pg_catalog.pg_roles":  {cols: roleCols, rows: roleRows},
	"pg_catalog.pg_authid": {cols: roleCols, rows: roleRows},
	"pg_catalog.pg_user": {
		cols: []string{"usename", "usesysid", "usesuper"},
		rows: func(e *Env, add func(bool, ...any)) {
			for r := range e.Cat.Roles.All() {
				if !r.Login.Is(false) {
					add(doubtful(r.Unsure) || !r.Login.Known, r.Name, object("role", in(r.Name), ""), fact(r.Superuser))
				}
			}
		},
	},
	"pg_catalog.pg_auth_members": {
		cols: []string{"roleid", "member", "admin_option"},
		rows: func(e *Env, add func(bool, ...any)) {
			for r := range e.Cat.Roles.All() {
				for group, m := range r.MemberOf {
					add(doubtful(r.Unsure), object("role", in(group), ""), object("role", in(r.Name), ""), m.Admin)
				}
			}
		},
	},
	"information_schema.role_table_grants": {cols: grantCols, rows: grantRows},
	"information_schema.table_privileges":  {cols: grantCols, rows: grantRows},
}

var grantCols = []string{"grantor", "grantee", "table_schema", "table_name", "privilege_type", "is_grantable"}

func grantRows(e *Env, add func(bool, ...any)) {
	list := func(n catalog.Name, acl *catalog.ACL, maybe bool) {
		for _, g := range acl.Grants() {
			grantee := g.Grantee
			if grantee == catalog.Public {
				grantee = "PUBLIC"
			}
			add(maybe, g.Grantor, grantee, n.Schema, n.Name, strings.ToUpper(string(g.Privilege)), yesNo(g.Option))
		}
		if maybe {
			add(true, Value{}, Value{}, n.Schema, n.Name)
		}
	}
	for t := range e.Cat.Tables.All() {
		list(t.Name, &t.Grants, t.Assumed || t.Grants.Unsure || t.Unsure.Any(catalog.Grants|catalog.Existence))
	}
	for v := range e.Cat.Views.All() {
		list(v.Name, &v.Grants, v.Grants.Unsure || v.Unsure.Any(catalog.Grants|catalog.Existence))
	}
	for _, s := range e.elsewhere() {
		add(true, Value{}, Value{}, s, ghost)
	}
}

// dataType is a type as information_schema.columns shows it.
func dataType(t string) any {
	switch {
	case strings.HasSuffix(t, "[]"):
		return "ARRAY"
	case strings.Contains(t, ".") || t == "":
		return "USER-DEFINED"
	}
	if i := strings.IndexByte(t, '('); i > 0 {
		_, rest, _ := strings.Cut(t[i:], ")")
		t = t[:i] + rest
	}
	return t
}

var udtNames = map[string]string{
	"integer": "int4", "bigint": "int8", "smallint": "int2", "boolean": "bool", "character varying": "varchar",
	"timestamp with time zone": "timestamptz", "timestamp without time zone": "timestamp", "double precision": "float8",
	"real": "float4", "character": "bpchar", "time without time zone": "time", "time with time zone": "timetz",
}

func udtName(t string) any {
	base, array := strings.CutSuffix(t, "[]")
	if i := strings.IndexByte(base, '('); i > 0 {
		_, rest, _ := strings.Cut(base[i:], ")")
		base = base[:i] + rest
	}
	if _, name, ok := strings.Cut(base, "."); ok {
		base = name
	}
	if u, ok := udtNames[base]; ok {
		base = u
	}
	if array {
		base = "_" + base
	}
	return strings.Trim(base, `"`)
}
