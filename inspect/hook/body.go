package hook

import (
	"policylint/inspect/catalog"
	"policylint/inspect/plpgsql"
)

// A body is a function's body, parsed.
type body struct {
	code *plpgsql.Function // PL/pgSQL
	err  error
}

var modes = map[catalog.ArgMode]plpgsql.Mode{
	catalog.ArgIn: plpgsql.In, catalog.ArgOut: plpgsql.Out, catalog.ArgInOut: plpgsql.InOut,
	catalog.ArgVariadic: plpgsql.Variadic, catalog.ArgTable: plpgsql.Table,
}

func (in *interp) body(f *catalog.Function) *body {
	if b, ok := in.bodies[f]; ok {
		return b
	}
	b := &body{}
	in.bodies[f] = b
	if f.Language == "plpgsql" {
		src := plpgsql.Source{Body: f.Body.Value, Name: f.Name.Name, Returns: f.Returns, SetOf: f.ReturnsSet}
		if f.Kind == catalog.Procedure {
			src.Kind = plpgsql.Procedure
		}
		for _, a := range f.Args {
			src.Args = append(src.Args, plpgsql.Arg{Name: a.Name, Type: a.Type, Mode: modes[a.Mode]})
		}
		b.code, b.err = plpgsql.Parse(src)
	}
	return b
}

// call runs a function of the application with its arguments.
func (m *machine) call(f *catalog.Function, args []*value) *value {
	if m.depth >= maxDepth {
		m.unknown(f.Ref().Name + " calls itself too deeply")
		return m.vague(f.Returns)
	}
	if f.Strict.Is(true) {
		for _, a := range args {
			if a.null {
				return null(f.Returns, &reason{cause: FromStrict, call: f.Name.String(), at: m.here(), origin: a.why})
			}
		}
	}
	if !f.Body.Known || f.Unsure.Any(catalog.Body) || f.Language != "sql" && f.Language != "plpgsql" {
		m.unknown(f.Ref().Name + " is not followed: its body is not known, or its language is " + f.Language)
		return m.vague(f.Returns)
	}
	outer, role := m.frame, m.role
	m.frame = &frame{fn: f, path: m.path(f), args: args, at: place(f, 1, 1), loops: outer.loops, handling: outer.handling, vars: map[*plpgsql.Decl]*value{}}
	m.frame.readOnly = f.Volatility.Known && f.Volatility.Value != catalog.Volatile
	if f.SecurityDefiner.Is(true) && f.Owner.Known {
		m.role = f.Owner.Value
	}
	m.depth++
	// A raise leaves the machine as it is: the block that catches it restores
	// what it needs.
	var v *value
	if f.Language == "sql" {
		v = m.callSQL(f)
	} else {
		v = m.callBlock(f)
	}
	if m.depth == 1 {
		m.out.returned = m.frame.returned
	}
	m.depth--
	m.frame, m.role = outer, role
	return v
}

// path is the schemas in which a function's body looks names up.
func (m *machine) path(f *catalog.Function) []string {
	if p, set := f.SearchPath(); set {
		if p.Known {
			return schemas(p.Value, m.role)
		}
		return []string{"public", "extensions"}
	}
	if m.in.opts.Found {
		return append(append([]string{}, m.frame.path...), "public", "extensions")
	}
	return m.frame.path
}

// callBlock runs a PL/pgSQL body.
func (m *machine) callBlock(f *catalog.Function) *value {
	b := m.in.body(f)
	if b.err != nil {
		m.unknown(b.err.Error())
		return m.vague(f.Returns)
	}
	fr := m.frame
	fr.code, fr.scope = b.code, b.code.Scope()
	m.declareArgs(f, b.code)
	m.checkDeclarations(b.code)
	flow := m.exec(b.code.Body)
	switch {
	case flow == returns && fr.result != nil:
		return fr.result
	case f.Returns == "void" || f.ReturnsSet || f.Kind == catalog.Procedure:
		return null("void", &reason{cause: FromOther, at: fr.at})
	case len(fr.outs) == 1:
		return m.cast(fr.vars[fr.outs[0]], f.Returns, ioCast)
	case len(fr.outs) > 1:
		r := &row{fields: map[string]*value{}}
		for _, d := range fr.outs {
			r.names = append(r.names, d.Name)
			r.fields[d.Name] = fr.vars[d]
		}
		return &value{typ: "record", row: r}
	}
	fr.at = placeOf(f, max(b.code.Body.End-len("end"), 0))
	m.fail("2F005", "control reached end of function without RETURN")
	return nil
}

// declareArgs gives the arguments their values. The declarations list them in
// order, those with a name as the variable and as $n, an alias of it.
func (m *machine) declareArgs(f *catalog.Function, code *plpgsql.Function) {
	fr, given, i := m.frame, 0, 0
	for _, d := range code.Decls {
		switch {
		case d.Alias != nil:
			continue
		case d.Name == "found":
			fr.found, fr.vars[d] = d, boolean(false)
			continue
		case i >= len(f.Args):
			fr.vars[d] = null(d.Type, &reason{cause: FromVariable})
			continue
		}
		a := f.Args[i]
		i++
		v := null(a.Type, &reason{cause: FromVariable})
		if a.Input() {
			if given < len(fr.args) {
				v = m.cast(fr.args[given], a.Type, ioCast)
			} else {
				v = m.vague(a.Type) // a default
			}
			given++
		}
		fr.vars[d] = v
		if !a.Input() || a.Mode == catalog.ArgInOut {
			fr.outs = append(fr.outs, d)
		}
	}
}
