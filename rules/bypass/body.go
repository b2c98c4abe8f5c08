package bypass

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/inspect/expr/dml"
	"policylint/inspect/plpgsql"
	"policylint/rules"
)

// A body is what the code of a function does, and the code of the
// application's functions that it calls.
type body struct {
	sure    bool // all of it was understood
	session bool // it looks at who asks: the token, a setting of the application, the role
	token   bool // and not at a setting alone, which may be the same for everyone
	reads   []catalog.Name
	writes  []write
}

// A write is a command on a table.
type write struct {
	table   catalog.Name
	command catalog.Command
}

// bodyKey is the key of a body that was read.
type bodyKey struct{ *catalog.Function }

// bodyOf reads the code of a function, once for all rules.
func bodyOf(p *rules.Pass, f *catalog.Function) *body {
	return p.Memo(bodyKey{f}, func() any {
		b := &body{sure: true}
		b.add(p, f, map[*catalog.Function]bool{})
		return b
	}).(*body)
}

func (b *body) add(p *rules.Pass, f *catalog.Function, seen map[*catalog.Function]bool) {
	if seen[f] {
		return
	}
	seen[f] = true
	statements, sure := statementsOf(p, f)
	b.sure = b.sure && sure
	for _, s := range statements {
		for _, w := range s.Writes {
			b.written(w)
		}
		for _, q := range []*expr.Query{s.Query, s.Returning} {
			if q != nil {
				b.read(p, q, seen)
			}
		}
	}
}

func (b *body) written(w dml.Write) {
	table := catalog.ParseName(w.Table)
	if c, ok := commands[w.Kind]; ok && strings.Contains(w.Table, ".") {
		b.writes = append(b.writes, write{table, c})
		return
	}
	b.sure = false
}

// read notes what a query reads, and follows the functions it calls.
func (b *body) read(p *rules.Pass, q expr.Expr, seen map[*catalog.Function]bool) {
	for _, r := range expr.Relations(q) {
		if n := catalog.ParseName(r); strings.Contains(r, ".") && !slices.Contains(b.reads, n) {
			b.reads = append(b.reads, n)
		}
	}
	expr.Walk(q, func(x expr.Expr) bool {
		switch x := x.(type) {
		case *expr.Claim:
			b.session, b.token = true, true
		case *expr.Setting:
			b.session = b.session || strings.Contains(x.Name, ".") && !fixed(p, x.Name) || x.Name == "role"
		case *expr.Call:
			b.called(p, x, seen)
		case *expr.Opaque:
			b.sure = false
		}
		return true
	})
}

// fixed reports whether a setting is given for the whole database.
func fixed(p *rules.Pass, name string) bool {
	for s := range p.Settings.All() {
		if s.Key.Role == "" && s.Key.Name == name {
			return true
		}
	}
	return false
}

func (b *body) called(p *rules.Pass, c *expr.Call, seen map[*catalog.Function]bool) {
	switch c.Name {
	case "current_user", "session_user":
		b.session, b.token = true, true
		return
	case "current_setting": // of a name that is put together
		b.session = true
		return
	}
	n := catalog.ParseName(c.Name)
	if !strings.Contains(c.Name, ".") {
		return // of pg_catalog
	}
	if n.Schema == "auth" {
		b.session, b.token = true, true
		return
	}
	o, ok := p.Functions.Get(n)
	if !ok {
		b.sure = false
		return
	}
	for _, f := range o.Functions {
		if f.Extension == "" && !f.Platform {
			b.add(p, f, seen)
		}
	}
}

// statementsOf reads the statements of a function's code; false when some of
// it is not to be read: another language, SQL put together when it runs.
func statementsOf(p *rules.Pass, f *catalog.Function) ([]*dml.Statement, bool) {
	return statementsIn(p, f, f.LookIn())
}

// statementsIn is statementsOf with names looked for in these schemas.
func statementsIn(p *rules.Pass, f *catalog.Function, path []string) ([]*dml.Statement, bool) {
	if !f.Body.Known || f.Unsure.Any(catalog.Body) {
		return nil, false
	}
	scope := p.Scope(path...)
	for _, a := range f.Args {
		if a.Input() {
			scope.Params = append(scope.Params, expr.Arg{Name: a.Name, Type: a.Type})
		}
	}
	switch f.Language {
	case "sql":
		list, _, err := dml.Body(f.Body.Value, scope)
		return list, err == nil
	case "plpgsql":
		return blockOf(f, scope)
	}
	return nil, false
}

var modes = map[catalog.ArgMode]plpgsql.Mode{
	catalog.ArgIn: plpgsql.In, catalog.ArgOut: plpgsql.Out, catalog.ArgInOut: plpgsql.InOut,
	catalog.ArgVariadic: plpgsql.Variadic, catalog.ArgTable: plpgsql.Table,
}

func blockOf(f *catalog.Function, scope expr.Scope) ([]*dml.Statement, bool) {
	src := plpgsql.Source{Body: f.Body.Value, Name: f.Name.Name, Returns: f.Returns, SetOf: f.ReturnsSet}
	for _, a := range f.Args {
		src.Args = append(src.Args, plpgsql.Arg{Name: a.Name, Type: a.Type, Mode: modes[a.Mode]})
	}
	code, err := plpgsql.Parse(src)
	if err != nil {
		return nil, false
	}
	var out []*dml.Statement
	sure := true
	code.Walk(func(s plpgsql.Stmt, _ *plpgsql.Scope) bool {
		switch s.(type) {
		case *plpgsql.Execute, *plpgsql.ForDynamic:
			sure = false
		}
		for _, piece := range plpgsql.Fragments(s) {
			st, err := dml.Parse(piece.SQL(), scope)
			if err != nil {
				sure = false
				continue
			}
			out = append(out, st)
		}
		return true
	})
	return out, sure
}
