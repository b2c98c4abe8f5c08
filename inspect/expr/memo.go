package expr

// A Memo keeps a function's body parsed between expansions: a helper that a
// thousand policies call is read once. The zero Memo is empty. It is not safe
// for use by several goroutines at once.
type Memo struct {
	known bool
	query *Query
	ok    bool

	cached, uncached inlined // what a call without arguments comes to
}

// An inlined body has its own helpers written out, which took so many of the
// expansions that there may be.
type inlined struct {
	query *Query
	cost  int
}

// parsed is the body as one select, a fresh copy for every call.
func (f Body) parsed(name string) (*Query, bool) {
	if f.Memo == nil {
		return f.query(name)
	}
	if !f.Memo.known {
		f.Memo.query, f.Memo.ok = f.query(name)
		f.Memo.known = true
	}
	if !f.Memo.ok {
		return nil, false
	}
	q, ok := deep(f.Memo.query).(*Query)
	return q, ok
}

// deep copies an expression, the leaves that mark writes to included.
func deep(e Expr) Expr {
	switch v := e.(type) {
	case *Claim:
		c := *v
		return &c
	case *Setting:
		c := *v
		return &c
	}
	return rebuild(e, deep)
}
