package static

import (
	"errors"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/plpgsql"
	"policylint/inspect/static/guard"
)

// do replays a DO block by running its body.
func (r *replay) do(n *pg.DoStmt) *sqlError {
	body, at, language := "", 0, "plpgsql"
	for _, a := range n.Args {
		d := a.GetDefElem()
		switch d.GetDefname() {
		case "as":
			body = d.GetArg().GetString_().GetSval()
			at = stringStart(r.text, int(d.Location)-r.base)
		case "language":
			language = strings.ToLower(d.GetArg().GetString_().GetSval())
		}
	}
	switch language {
	case "plpgsql":
	case "sql", "internal", "c":
		return errf("0A000", "language %q does not support inline code execution", language)
	default:
		r.gap(catalog.Ref{}, "code in %s is not followed", language)
		return nil
	}
	fn, err := r.parsedBody(plpgsql.Source{Body: body, Kind: plpgsql.Do})
	var bad *plpgsql.Error
	if errors.As(err, &bad) {
		return errf(plpgsqlState(bad.Message), "%s", bad.Message)
	}
	text, origin := body, r.at
	if r.text == "" || at < 0 || !strings.HasPrefix(r.text[min(at, len(r.text)):], body) {
		text = "" // escaped: its places are not those of the file
	} else {
		origin.Line, origin.Column = advance(r.at, r.text[:at])
	}
	return r.runBlock(fn, text, origin)
}

// runBlock runs a DO block. Tables that no migration creates are taken to
// exist, one after the other, as they are outside of code.
func (r *replay) runBlock(fn *plpgsql.Function, text string, body catalog.Origin) *sqlError {
	for range 10 {
		m := r.mark("")
		err := r.runBody(fn, text, body)
		if err == nil {
			r.cat.Release(m.catalog)
			return nil
		}
		r.back(m)
		name, missing := r.missing(err)
		if !missing {
			return err
		}
		r.fail(err)
		r.assumeTable(name)
	}
	return nil
}

func (r *replay) runBody(fn *plpgsql.Function, text string, body catalog.Origin) *sqlError {
	runs := 0
	i := &interp{
		replay: r, caller: r.code, vars: map[*plpgsql.Decl]guard.Value{}, scope: fn.Scope(), runs: &runs,
		body: body, bodyText: text,
	}
	if r.code != nil {
		i.runs, i.depth, i.inCall = r.code.runs, r.code.depth+1, r.code.inCall
	}
	if i.depth > maxDepth {
		return nil
	}
	outer, at, before, base := r.code, r.at, r.text, r.base
	r.code = i
	defer func() { r.code, r.at, r.text, r.base = outer, at, before, base }()
	_, err := i.list([]plpgsql.Stmt{fn.Body})
	return err
}

// missing reports whether an error is about a table that no migration creates
// or drops: outside of code, and only once for each.
func (r *replay) missing(err *sqlError) (catalog.Name, bool) {
	if err.state != "42P01" || err.object.Kind != "table" || r.code != nil {
		return catalog.Name{}, false
	}
	n := catalog.ParseName(err.object.Name)
	_, taken := r.cat.Relation(n)
	return n, !taken && !r.dropped[n] && r.cat.Schemas.Has(n.Schema)
}

// call replays CALL.
func (r *replay) call(n *pg.CallStmt) *sqlError {
	f := n.Funccall
	parts := names(f.Funcname)
	list, certain := r.routines(parts)
	var fn *catalog.Function
	for _, x := range list {
		if x.fn != nil && x.fn.Kind == catalog.Procedure {
			fn = x.fn
		}
	}
	if fn == nil {
		if certain && len(list) == 0 {
			if err := r.missingSchema(parts); err != nil {
				return err
			}
			return errf("42883", "procedure %s(%s) does not exist", written(parts), strings.TrimSuffix(strings.Repeat("unknown, ", len(f.Args)), ", "))
		}
		return nil
	}
	i := r.code
	if i == nil {
		i = r.topInterp()
	}
	args := make([]guard.Value, len(f.Args))
	for k, a := range f.Args {
		v, err := i.env().Eval(a)
		if err != nil {
			return r.refused(err)
		}
		args[k] = v
	}
	_, err := i.invoke(fn, f, args)
	return err
}
