package plpgsql_test

import (
	"path/filepath"
	"strings"
	"testing"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/plpgsql"
)

// An entry is one file of an archive in testdata: a CREATE FUNCTION, CREATE
// PROCEDURE or DO statement.
type entry struct {
	archive, name, sql string
}

func (e entry) String() string { return strings.TrimSuffix(e.archive, ".txtar") + "/" + e.name }

// corpus reads the archives, all of them or the named ones.
func corpus(t testing.TB, archives ...string) []entry {
	t.Helper()
	if len(archives) == 0 {
		archives = []string{"do.txtar", "trigger.txtar", "function.txtar", "refused.txtar", "differs.txtar"}
	}
	var list []entry
	for _, a := range archives {
		for _, f := range readArchive(t, filepath.Join("testdata", a)).files {
			if name, ok := strings.CutSuffix(f.name, ".sql"); ok {
				list = append(list, entry{a, name, f.data})
			}
		}
	}
	return list
}

// source takes from the statement what Parse wants to know.
func source(t testing.TB, sql string) plpgsql.Source {
	t.Helper()
	tree, err := pg.Parse(sql)
	if err != nil || len(tree.Stmts) != 1 {
		t.Fatalf("%v: %s", err, sql)
	}
	n := tree.Stmts[0].Stmt
	if do := n.GetDoStmt(); do != nil {
		return plpgsql.Source{Kind: plpgsql.Do, Body: do.Args[0].GetDefElem().Arg.GetString_().Sval}
	}
	f := n.GetCreateFunctionStmt()
	src := plpgsql.Source{Name: f.Funcname[len(f.Funcname)-1].GetString_().Sval}
	if f.IsProcedure {
		src.Kind = plpgsql.Procedure
	}
	for _, p := range f.Parameters {
		p := p.GetFunctionParameter()
		modes := map[pg.FunctionParameterMode]plpgsql.Mode{
			pg.FunctionParameterMode_FUNC_PARAM_OUT:      plpgsql.Out,
			pg.FunctionParameterMode_FUNC_PARAM_INOUT:    plpgsql.InOut,
			pg.FunctionParameterMode_FUNC_PARAM_VARIADIC: plpgsql.Variadic,
			pg.FunctionParameterMode_FUNC_PARAM_TABLE:    plpgsql.Table,
		}
		src.Args = append(src.Args, plpgsql.Arg{Name: p.Name, Type: typeText(p.ArgType), Mode: modes[p.Mode]})
	}
	if f.ReturnType != nil {
		src.Returns, src.SetOf = typeText(f.ReturnType), f.ReturnType.Setof
	}
	for _, o := range f.Options {
		if o := o.GetDefElem(); o.Defname == "as" {
			src.Body = o.Arg.GetList().Items[0].GetString_().Sval
		}
	}
	return src
}

func typeText(t *pg.TypeName) string {
	var parts []string
	for _, n := range t.Names {
		if s := n.GetString_().Sval; s != "pg_catalog" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ".") + strings.Repeat("[]", len(t.ArrayBounds))
}
