package expr

import (
	"encoding/json"
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/expr/parse"
)

// The part of the parser's JSON that a function without loops needs.
type (
	plFunction struct {
		Function struct {
			Datums []struct {
				Var *plVar `json:"PLpgSQL_var"`
			} `json:"datums"`
			Action struct {
				Block *plBlock `json:"PLpgSQL_stmt_block"`
			} `json:"action"`
		} `json:"PLpgSQL_function"`
	}
	plVar struct {
		Name    string  `json:"refname"`
		Line    int     `json:"lineno"`
		Default *plExpr `json:"default_val"`
	}
	plBlock struct {
		Body       plBody          `json:"body"`
		Exceptions json.RawMessage `json:"exceptions"`
	}
	plBody []map[string]plStmt
	plStmt struct {
		Cond *plExpr `json:"cond"`
		Then plBody  `json:"then_body"`
		Else plBody  `json:"else_body"`
		Elif []struct {
			Branch struct {
				Cond  *plExpr `json:"cond"`
				Stmts plBody  `json:"stmts"`
			} `json:"PLpgSQL_if_elsif"`
		} `json:"elsif_list"`

		Varno  int     `json:"varno"`
		Expr   *plExpr `json:"expr"`
		SQL    *plExpr `json:"sqlstmt"`
		Into   bool    `json:"into"`
		Target struct {
			Row struct {
				Fields []struct {
					Name  string `json:"name"`
					Varno int    `json:"varno"`
				} `json:"fields"`
			} `json:"PLpgSQL_row"`
		} `json:"target"`
	}
	plExpr struct {
		Expr struct {
			Query string `json:"query"`
		} `json:"PLpgSQL_expr"`
	}
)

// A run follows a PL/pgSQL function from statement to statement: each variable
// is what it holds so far.
type run struct {
	scope  Scope // Params: the arguments, then the variables by datum number
	values []Expr
	nargs  int
	left   *int // how many more statements may be followed, in all branches
}

// maxFollowed bounds the statements of a body: what comes after an IF is
// followed once for each of its branches.
const maxFollowed = 400

func plpgsqlBody(source string, s Scope) (*Query, bool) {
	decl := make([]string, len(s.Params))
	for i, p := range s.Params {
		decl[i] = quoteIdent(p.Name) + " text"
		if p.Name == "" {
			decl[i] = "text"
		}
	}
	tag := "$body$"
	for strings.Contains(source, tag) {
		tag = tag[:len(tag)-1] + "_$"
	}
	text, err := pg.ParsePlPgSqlToJSON("create function f(" + strings.Join(decl, ", ") + ") returns text language plpgsql as " + tag + source + tag)
	if err != nil {
		return nil, false
	}
	var fns []plFunction
	if json.Unmarshal([]byte(text), &fns) != nil || len(fns) != 1 {
		return nil, false
	}
	fn := fns[0].Function
	if fn.Action.Block == nil || len(fn.Action.Block.Exceptions) > 0 {
		return nil, false
	}
	left := maxFollowed
	r := &run{scope: s, nargs: len(s.Params), left: &left}
	r.scope.Params = nil
	for i, d := range fn.Datums {
		arg, v := Arg{}, Expr(nil)
		if d.Var != nil {
			arg.Name = d.Var.Name
			switch {
			case i < r.nargs:
				v = &Param{Name: arg.Name, Index: i + 1}
			case d.Var.Default != nil:
				var ok bool
				if v, ok = r.eval(d.Var.Default); !ok {
					return nil, false
				}
			case d.Var.Name != "found":
				v = &Const{Null: true}
			}
		}
		// a variable hides an argument or an outer variable of its name
		for j := range r.scope.Params {
			if r.scope.Params[j].Name == arg.Name {
				r.scope.Params[j].Name = ""
			}
		}
		r.scope.Params = append(r.scope.Params, arg)
		r.values = append(r.values, v)
	}
	v, ok := r.follow(fn.Action.Block.Body)
	if q, isQuery := v.(*Query); ok && isQuery && q.Kind == Scalar {
		return q, true
	}
	return value(v), ok
}

// follow is what the function returns that goes on with these statements; false
// when that is no expression, or when they end without a RETURN, which raises.
func (r *run) follow(body plBody) (Expr, bool) {
	for n, kinds := range body {
		if *r.left--; *r.left < 0 {
			return nil, false
		}
		for kind, stmt := range kinds {
			switch kind {
			case "PLpgSQL_stmt_assign":
				v, ok := r.assigned(stmt.Expr)
				if !ok || stmt.Varno < 0 || stmt.Varno >= len(r.values) {
					return nil, false
				}
				r.values[stmt.Varno] = v
			case "PLpgSQL_stmt_execsql":
				if !stmt.Into || !r.into(stmt) {
					return nil, false
				}
			case "PLpgSQL_stmt_if":
				return r.branch(stmt, body[n+1:])
			case "PLpgSQL_stmt_return":
				return r.eval(stmt.Expr)
			default:
				return nil, false
			}
		}
	}
	return nil, false
}

// branch is an IF and what comes after it, as a CASE: both go by the first
// condition that is true, and take null for false.
func (r *run) branch(stmt plStmt, rest plBody) (Expr, bool) {
	out := &Case{}
	add := func(cond *plExpr, body plBody) bool {
		c, ok := r.eval(cond)
		if !ok {
			return false
		}
		v, ok := r.fork().follow(slices.Concat(body, rest))
		out.Whens = append(out.Whens, When{c, v})
		return ok
	}
	if !add(stmt.Cond, stmt.Then) {
		return nil, false
	}
	for _, e := range stmt.Elif {
		if !add(e.Branch.Cond, e.Branch.Stmts) {
			return nil, false
		}
	}
	v, ok := r.fork().follow(slices.Concat(stmt.Else, rest))
	out.Else = v
	return out, ok
}

// fork is the same run, which goes another way from here.
func (r *run) fork() *run {
	c := *r
	c.values = slices.Clone(r.values)
	return &c
}

// eval reads an expression with the variables' values in it.
func (r *run) eval(e *plExpr) (Expr, bool) {
	if e == nil {
		return nil, false
	}
	v, err := ParseIn(e.Expr.Query, r.scope)
	if err != nil || v == nil {
		return nil, false
	}
	out, ok := substitute(value(v), r.values)
	if !ok || len(out.Targets) != 1 {
		return nil, false
	}
	return out.Targets[0], true
}

// target is the left side of an assignment to a whole variable.
var target = lazy(`^\s*(?:"(?:[^"]|"")+"|[\pL\pN_$]+)\s*:?=`)

func (r *run) assigned(e *plExpr) (Expr, bool) {
	if e == nil {
		return nil, false
	}
	at := target().FindStringIndex(e.Expr.Query)
	if at == nil {
		return nil, false
	}
	right := *e
	right.Expr.Query = e.Expr.Query[at[1]:]
	return r.eval(&right)
}

// into is select … into a, b: each variable becomes a select of its own.
func (r *run) into(stmt plStmt) bool {
	if stmt.SQL == nil {
		return false
	}
	tree, err := parse.SQL(stmt.SQL.Expr.Query)
	if err != nil || single(tree) == nil {
		return false
	}
	fields := stmt.Target.Row.Fields
	next := slices.Clone(r.values)
	for i, f := range fields {
		q, ok := substitute(selected(single(tree), r.scope), r.values)
		if !ok || len(q.Targets) != len(fields) || f.Varno < 0 || f.Varno >= len(next) {
			return false
		}
		q.Targets = q.Targets[i : i+1]
		if len(q.Names) > i {
			q.Names = q.Names[i : i+1]
		}
		next[f.Varno] = scalar(q)
	}
	r.values = next
	return len(fields) > 0
}
