package static

import (
	"strconv"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/plpgsql"
	"policylint/inspect/static/guard"
)

// topInterp is what calls functions for a statement outside of any code.
func (r *replay) topInterp() *interp {
	runs := 0
	return &interp{replay: r, scope: &plpgsql.Scope{}, vars: map[*plpgsql.Decl]guard.Value{}, runs: &runs}
}

// topCall is callFunction for a statement outside of any code.
func (r *replay) topCall(f *pg.FuncCall, args []guard.Value, sure bool) (guard.Value, error) {
	return r.topInterp().callFunction(f, args, sure)
}

// callFunction runs a function of the migrations, and the few others that
// matter to what comes after them.
func (i *interp) callFunction(f *pg.FuncCall, args []guard.Value, sure bool) (guard.Value, error) {
	parts := names(f.Funcname)
	if name := strings.TrimPrefix(written(parts), "pg_catalog."); name == "set_config" && len(args) == 3 {
		return i.setConfigCall(args, sure)
	}
	list, _ := i.routines(parts)
	var fn *catalog.Function
	for _, x := range list {
		if x.takes(len(args)) && x.fn != nil {
			if fn != nil {
				i.gap(catalog.Ref{Kind: "function", Name: x.fn.Name.String()}, "the call is not followed: several functions have this name")
				return guard.Value{}, nil
			}
			fn = x.fn
		}
	}
	if fn != nil && fn.Extension == "pgmq" && isQueueCall(fn.Name) {
		return i.queueCall(fn, args, sure)
	}
	if fn == nil || fn.Platform || fn.Extension != "" || fn.Kind == catalog.Aggregate || fn.Kind == catalog.Window {
		return guard.Value{}, nil
	}
	if sure {
		v, err := i.invoke(fn, f, args)
		if err != nil {
			return guard.Value{}, err
		}
		return v, nil
	}
	if !fn.Volatility.Is(catalog.Volatile) && fn.Volatility.Known {
		return guard.Value{}, nil
	}
	_, err := i.fork("it is not known whether "+fn.Name.String()+" is called", i.nothing, func() (flow, *sqlError) {
		_, err := i.invoke(fn, f, args)
		return flow{}, err
	})
	if err != nil {
		return guard.Value{}, err
	}
	return guard.Value{}, nil
}

func (i *interp) setConfigCall(args []guard.Value, sure bool) (guard.Value, error) {
	name, ok := args[0].String()
	value, ok2 := args[1].String()
	if !ok || !ok2 || args[2].Kind != guard.Bool || !sure {
		if !ok || strings.EqualFold(name, "search_path") || strings.EqualFold(name, "role") {
			i.pathKnown = false
			i.gap(catalog.Ref{}, "a setting of the session is not known")
		}
		return guard.Value{}, nil
	}
	if err := i.setConfig(name, value, args[2].Bool); err != nil {
		return guard.Value{}, err
	}
	return args[1], nil
}

// invoke runs the body of a function, with its owner's rights and its own
// settings where it has them.
func (i *interp) invoke(fn *catalog.Function, f *pg.FuncCall, args []guard.Value) (guard.Value, *sqlError) {
	followed := fn.Body.Known && !fn.StandardBody && !fn.Unsure.Any(catalog.Existence|catalog.Body) &&
		i.depth < maxDepth && (fn.Language == "sql" || fn.Language == "plpgsql")
	if !followed {
		if !fn.Volatility.Known || fn.Volatility.Is(catalog.Volatile) {
			i.gap(fn.Ref(), "what a call of the function does is not followed")
		}
		return guard.Value{}, nil
	}
	params, err := i.passed(fn, f, args)
	if err != nil {
		return guard.Value{}, err
	}
	before, text, base := i.parameters(), i.text, i.base
	if fn.SecurityDefiner.Is(true) && fn.Owner.Known {
		i.user = fn.Owner.Value
	}
	path, ownPath := fn.SearchPath()
	if list, ok := identifiers(path.Value); ownPath && ok && path.Known {
		i.usePath(list)
	}
	in := &interp{
		replay: i.replay, caller: i, depth: i.depth + 1, runs: i.runs,
		vars: map[*plpgsql.Decl]guard.Value{}, inCall: true, params: params,
	}
	run := in.runPLpgSQL
	if fn.Language == "sql" {
		run = in.runSQL
	}
	v, err := run(fn)
	i.text, i.base = text, base
	i.mayRaise = append(i.mayRaise, in.mayRaise...)
	if fn.SecurityDefiner.Is(true) {
		i.user = before.user
	}
	if ownPath {
		i.path, i.pathKnown = before.path, before.pathKnown
	}
	return v, err
}

func (i *interp) runPLpgSQL(fn *catalog.Function) (guard.Value, *sqlError) {
	body, err := plpgsql.Parse(plpgsqlSource(fn))
	if err != nil {
		return guard.Value{}, nil // creating it was refused already
	}
	i.scope = body.Scope()
	for _, d := range body.Decls {
		if d.Kind == plpgsql.Var {
			i.vars[d] = guard.Value{Kind: guard.Null}
		}
		if n, numbered := strings.CutPrefix(d.Name, "$"); numbered {
			if k, err := strconv.Atoi(n); err == nil && k >= 1 && k <= len(i.params) {
				i.vars[d.Resolve()] = i.params[k-1]
			}
		}
	}
	i.named(fn, body.Decls)
	i.setEventVars(body.Decls)
	i.params = nil
	f, e := i.list([]plpgsql.Stmt{body.Body})
	if e != nil || fn.ReturnsSet || f.kind != returns || f.maybe {
		return guard.Value{}, e
	}
	return f.value, nil
}

// named gives the named arguments their values.
func (i *interp) named(fn *catalog.Function, decls []*plpgsql.Decl) {
	k := 0
	for _, a := range fn.Args {
		if !a.Input() {
			continue
		}
		for _, d := range decls {
			if a.Name != "" && d.Name == a.Name && k < len(i.params) {
				i.vars[d.Resolve()] = i.params[k]
			}
		}
		k++
	}
}

// runSQL runs the statements of a body in SQL. Its value is the first column
// of the last one.
func (i *interp) runSQL(fn *catalog.Function) (guard.Value, *sqlError) {
	tree, err := i.parsedSQL(fn.Body.Value)
	if err != nil {
		return guard.Value{}, err
	}
	scope := &plpgsql.Scope{Label: fn.Name.Name}
	k := 0
	for _, a := range fn.Args {
		if a.Input() {
			if d := (&plpgsql.Decl{Name: a.Name, Type: a.Type}); a.Name != "" && k < len(i.params) {
				scope.Decls = append(scope.Decls, d)
				i.vars[d] = i.params[k]
			}
			k++
		}
	}
	i.scope = scope
	var last guard.Value
	for _, raw := range tree.Stmts {
		i.text, i.base = "", 0
		last = guard.Value{}
		q := raw.Stmt.GetSelectStmt()
		if q == nil {
			if err := i.embedded(raw.Stmt, ""); err != nil {
				return guard.Value{}, err
			}
			continue
		}
		rows, err := i.runQuery(q)
		if err != nil {
			return guard.Value{}, err
		}
		if rows.Certain() && len(rows.Rows) == 1 && len(rows.Rows[0].Values) == 1 && !fn.ReturnsSet {
			last = rows.Rows[0].Values[0]
		}
	}
	return last, nil
}

// perhapsCalled runs the functions of a query over rows that are not known, as
// calls that may not happen.
func (i *interp) perhapsCalled(q *pg.SelectStmt) *sqlError {
	var err *sqlError
	for _, t := range q.TargetList {
		guard.Visit(t, func(n *pg.Node) bool {
			f := n.GetFuncCall()
			if f == nil || err != nil || !i.follows(f) {
				return true
			}
			if _, e := i.callFunction(f, make([]guard.Value, len(f.Args)), false); e != nil {
				err = i.refused(e)
			}
			return true
		})
	}
	return err
}

// follows reports whether a call leads to a function of the migrations, or
// sets a parameter.
func (r *replay) follows(f *pg.FuncCall) bool {
	parts := names(f.Funcname)
	if parts[len(parts)-1] == "set_config" {
		return true
	}
	for _, n := range r.candidateNames(parts) {
		if o, ok := r.cat.Functions.Get(n); ok {
			for _, fn := range o.Functions {
				if !fn.Platform && fn.Extension == "" || isQueueCall(fn.Name) {
					return true
				}
			}
		}
	}
	return false
}

func (r *replay) candidateNames(parts []string) []catalog.Name {
	if len(parts) > 1 {
		return []catalog.Name{{Schema: parts[len(parts)-2], Name: parts[len(parts)-1]}}
	}
	var out []catalog.Name
	for _, s := range r.searchPath() {
		out = append(out, catalog.Name{Schema: s, Name: parts[0]})
	}
	return out
}
