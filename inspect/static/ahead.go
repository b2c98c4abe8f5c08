package static

import (
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/expr/parse"
	"policylint/inspect/plpgsql"
	"policylint/inspect/static/builtin"
	"policylint/inspect/static/source"
)

// ahead is what the goroutines that read the files work out for a statement
// ahead of its replay: the bodies of functions and DO blocks, parsed. Replay
// is the longer part and has to go in order, so whatever hangs on the text
// alone is taken from it.
type ahead struct {
	source plpgsql.Source // what code was parsed from
	code   *plpgsql.Function
	err    error

	trees map[string]*pg.ParseResult // of texts in SQL
}

// readAhead parses the bodies of a file.
func readAhead(f *source.File) {
	for i := range f.Statements {
		s := &f.Statements[i]
		if n := s.Node.GetDoStmt(); n != nil {
			s.Ahead = blockAhead(n)
		} else if n := s.Node.GetCreateFunctionStmt(); n != nil {
			s.Ahead = functionAhead(n)
		}
	}
}

// blockAhead parses a DO block and the SQL in it.
func blockAhead(n *pg.DoStmt) *ahead {
	body, language := "", "plpgsql"
	for _, item := range n.Args {
		switch d := item.GetDefElem(); d.GetDefname() {
		case "as":
			body = d.GetArg().GetString_().GetSval()
		case "language":
			language = strings.ToLower(d.GetArg().GetString_().GetSval())
		}
	}
	if language != "plpgsql" {
		return nil
	}
	a := &ahead{source: plpgsql.Source{Body: body, Kind: plpgsql.Do}, trees: map[string]*pg.ParseResult{}}
	a.code, a.err = plpgsql.Parse(a.source)
	if a.err != nil {
		return a
	}
	for _, f := range a.code.Fragments() {
		a.tree(f.SQL())
	}
	return a
}

// functionAhead parses the body of a function, if it can be foreseen what
// CREATE FUNCTION makes of its declaration: the types of PL/pgSQL are those
// that PostgreSQL has built in.
func functionAhead(n *pg.CreateFunctionStmt) *ahead {
	language, body := "", ""
	for _, o := range n.Options {
		switch d := o.GetDefElem(); d.GetDefname() {
		case "language":
			language = d.GetArg().GetString_().GetSval()
		case "as":
			if list := d.GetArg().GetList().GetItems(); len(list) == 1 {
				body = list[0].GetString_().GetSval()
			}
		}
	}
	a := &ahead{}
	switch language {
	case "sql":
		a.trees = map[string]*pg.ParseResult{}
		a.tree(body)
		return a
	case "plpgsql":
		var ok bool
		if a.source, ok = foreseen(n, body); ok {
			a.code, a.err = plpgsql.Parse(a.source)
			return a
		}
	}
	return nil
}

// foreseen is what plpgsqlSource most likely makes of a function.
func foreseen(n *pg.CreateFunctionStmt, body string) (plpgsql.Source, bool) {
	src := plpgsql.Source{Body: body, Name: n.Funcname[len(n.Funcname)-1].GetString_().GetSval(), SetOf: n.ReturnType.GetSetof()}
	if n.IsProcedure || n.ReturnType == nil {
		return src, false
	}
	var ok bool
	if src.Returns, ok = builtinType(n.ReturnType); !ok {
		return src, false
	}
	for _, item := range n.Parameters {
		p := item.GetFunctionParameter()
		typ, ok := builtinType(p.ArgType)
		if !ok || p.Mode != pg.FunctionParameterMode_FUNC_PARAM_DEFAULT && p.Mode != pg.FunctionParameterMode_FUNC_PARAM_IN {
			return src, false
		}
		src.Args = append(src.Args, plpgsql.Arg{Name: p.Name, Type: typ, Mode: plpgsql.In})
	}
	return src, true
}

// builtinType is a type as format_type prints it, if it is likely one that
// PostgreSQL has by itself.
func builtinType(t *pg.TypeName) (string, bool) {
	parts := names(t.Names)
	if len(parts) > 2 || len(parts) == 2 && parts[0] != "pg_catalog" || len(parts) == 0 || t.PctType {
		return "", false
	}
	b, ok := builtin.TypeNamed(parts[len(parts)-1])
	if len(t.ArrayBounds) > 0 {
		return b.Name + "[]", ok
	}
	return b.Name, ok
}

// tree parses a text in SQL; what the parser refuses is left to the replay.
func (a *ahead) tree(text string) {
	if t, err := parse.SQL(text); err == nil {
		a.trees[text] = t
	}
}

// parsedBody is a body in PL/pgSQL, parsed.
func (r *replay) parsedBody(src plpgsql.Source) (*plpgsql.Function, error) {
	if a := r.ahead; a != nil && (a.code != nil || a.err != nil) && a.source.Equal(src) {
		return a.code, a.err
	}
	return plpgsql.Parse(src)
}

// parsedText is a body in SQL, parsed.
func (r *replay) parsedText(text string) (*pg.ParseResult, error) {
	if r.ahead != nil {
		if t, ok := r.ahead.trees[text]; ok {
			return t, nil
		}
	}
	return parse.SQL(text)
}
