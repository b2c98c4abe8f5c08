package plpgsql

// Fragments lists the pieces of SQL of one statement, those of its
// declarations and conditions included, those of statements inside left out.
func Fragments(s Stmt) []Fragment {
	var l fragmentList
	switch s := s.(type) {
	case *Block:
		for _, d := range s.Decls {
			l.maybe(d.Default, d.Query)
		}
	case *If:
		l.add(s.Cond)
		for _, e := range s.Elsifs {
			l.add(e.Cond)
		}
	case *Case:
		l.maybe(s.Operand)
		for _, w := range s.Whens {
			l.add(w.Cond)
		}
	case *While:
		l.add(s.Cond)
	case *ForInt:
		l.add(s.Lower, s.Upper)
		l.maybe(s.Step)
	case *ForQuery:
		l.add(s.Query)
	case *ForDynamic:
		l.add(s.Query)
		l.add(s.Using...)
	case *ForCursor:
		l.args(s.Args)
	case *ForEach:
		l.add(s.Array)
	case *Exit:
		l.maybe(s.When)
	case *Assign:
		for _, step := range s.Target.Path {
			l.maybe(step.Index, step.Upper)
		}
		l.add(s.Expr)
	case *SQL:
		l.add(s.Text)
	case *Perform:
		l.add(s.Query)
	case *Call:
		l.add(s.Text)
	case *Execute:
		l.add(s.Query)
		l.add(s.Using...)
	case *Return:
		l.maybe(s.Expr)
	case *ReturnNext:
		l.maybe(s.Expr)
	case *ReturnQuery:
		l.add(s.Query)
		l.add(s.Using...)
	case *Raise:
		l.add(s.Args...)
		for _, o := range s.Options {
			l.add(o.Expr)
		}
	case *Assert:
		l.add(s.Cond)
		l.maybe(s.Message)
	case *Open:
		l.args(s.Args)
		l.maybe(s.Query)
		l.add(s.Using...)
	case *Fetch:
		l.maybe(s.Count)
	}
	return l
}

type fragmentList []Fragment

func (l *fragmentList) add(fs ...Fragment) { *l = append(*l, fs...) }

func (l *fragmentList) maybe(fs ...*Fragment) {
	for _, f := range fs {
		if f != nil {
			*l = append(*l, *f)
		}
	}
}

func (l *fragmentList) args(args []CursorArg) {
	for _, a := range args {
		l.add(a.Expr)
	}
}
