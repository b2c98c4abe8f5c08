package plpgsql_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/plpgsql"
)

// TestSecondOpinion compares the statements with those of libpg_query's own
// PL/pgSQL parser, for the bodies that it can take without a catalog.
func TestSecondOpinion(t *testing.T) {
	taken, refused := 0, 0
	for _, e := range corpus(t, "do.txtar", "trigger.txtar", "function.txtar") {
		out, err := pg.ParsePlPgSqlToJSON(e.sql)
		if err != nil {
			refused++
			t.Logf("%s: libpg_query refuses: %v", e, err)
			continue
		}
		var list []map[string]map[string]any
		if err := json.Unmarshal([]byte(out), &list); err != nil {
			t.Errorf("%s: %v", e, err)
			continue
		}
		taken++
		theirs := flatten([]any{list[0]["PLpgSQL_function"]["action"]})
		f, err := plpgsql.Parse(source(t, e.sql))
		if err != nil {
			t.Errorf("%s: %v", e, err)
			continue
		}
		if diff := cmp.Diff(theirs, summary(f)); diff != "" {
			t.Errorf("%s: (-libpg_query +Parse)\n%s", e, diff)
		}
	}
	t.Logf("%d compared, %d refused by libpg_query", taken, refused)
	if taken < 40 {
		t.Errorf("only %d bodies compared", taken)
	}
}

// flatten lists statements as "kind line text". The blocks and returns that
// libpg_query adds have no line.
func flatten(list []any) []string {
	var out []string
	for _, item := range list {
		for kind, v := range item.(map[string]any) {
			s := v.(map[string]any)
			if s["lineno"] != nil {
				text := ""
				for _, k := range []string{"cond", "sqlstmt", "query", "dynquery"} {
					if e, ok := s[k].(map[string]any); ok && kind != "PLpgSQL_stmt_fori" {
						text += fmt.Sprintf(" %q", squeeze(e["PLpgSQL_expr"].(map[string]any)["query"].(string)))
					}
				}
				kind = strings.TrimPrefix(kind, "PLpgSQL_stmt_")
				out = append(out, fmt.Sprintf("%s %v%s", kind, s["lineno"], text))
			}
			for _, k := range []string{"body", "exceptions", "then_body", "elsif_list", "else_body", "case_when_list", "else_stmts"} {
				out = append(out, inside(s[k])...)
			}
		}
	}
	return out
}

// squeeze takes away what may differ: white space, where INTO was cut out, and
// a comment at the end, which Parse leaves out.
func squeeze(sql string) string {
	sql, _, _ = strings.Cut(sql, " --")
	return strings.Join(strings.Fields(sql), " ")
}

// inside flattens what holds statements: a list of them or of branches.
func inside(v any) []string {
	var out []string
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			for kind, b := range e.(map[string]any) {
				branch := b.(map[string]any)
				switch kind {
				case "PLpgSQL_if_elsif", "PLpgSQL_case_when":
					out = append(out, inside(branch["stmts"])...)
				case "PLpgSQL_exception":
					out = append(out, inside(branch["action"])...)
				default:
					out = append(out, flatten([]any{e})...)
				}
			}
		}
	case map[string]any:
		out = inside(v["PLpgSQL_exception_block"].(map[string]any)["exc_list"])
	}
	return out
}

// summary lists the same of a Function.
func summary(f *plpgsql.Function) []string {
	var out []string
	f.Walk(func(s plpgsql.Stmt, _ *plpgsql.Scope) bool {
		text := func(f plpgsql.Fragment) string { return fmt.Sprintf(" %q", squeeze(f.Text)) }
		var kind string
		switch s := s.(type) {
		case *plpgsql.Null:
			return true
		case *plpgsql.If:
			kind = "if" + text(s.Cond)
		case *plpgsql.While:
			kind = "while" + text(s.Cond)
		case *plpgsql.Exit:
			kind = "exit"
			if s.When != nil {
				kind += text(*s.When)
			}
		case *plpgsql.Assert:
			kind = "assert" + text(s.Cond)
		case *plpgsql.SQL:
			kind = "execsql" + text(s.Text)
		case *plpgsql.Execute:
			kind = "dynexecute" + text(s.Query)
		case *plpgsql.ForQuery:
			kind = "fors" + text(s.Query)
		case *plpgsql.ForDynamic:
			kind = "dynfors" + text(s.Query)
		case *plpgsql.ReturnQuery:
			kind = "return_query" + text(s.Query)
		case *plpgsql.Open:
			kind = "open"
			if s.Query != nil {
				kind += text(*s.Query)
			}
		default:
			kind = map[string]string{
				"Block": "block", "Case": "case", "Loop": "loop", "ForInt": "fori", "ForCursor": "forc",
				"ForEach": "foreach_a", "Assign": "assign", "Perform": "perform", "Call": "call", "Return": "return",
				"ReturnNext": "return_next", "Raise": "raise", "Fetch": "fetch", "Close": "close",
				"GetDiagnostics": "getdiag", "Commit": "commit", "Rollback": "rollback",
			}[strings.TrimPrefix(fmt.Sprintf("%T", s), "*plpgsql.")]
		}
		word, rest, _ := strings.Cut(kind, " ")
		line := fmt.Sprintf("%s %d", word, s.At().Line)
		if rest != "" {
			line += " " + rest
		}
		out = append(out, line)
		return true
	})
	return out
}
