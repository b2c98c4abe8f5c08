package static

import (
	"maps"
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// A place is where an expression stands, and says what may not stand there.
type place struct {
	word      string // as in "cannot use subquery in check constraint"
	calls     string // as in "aggregate functions are not allowed in check constraints"
	noQuery   bool
	noColumn  bool
	noCalls   bool // neither aggregates, nor window functions, nor set-returning ones
	immutable bool
}

// The places of expressions outside queries.
var (
	inCheck      = &place{word: "check constraint", calls: "check constraints", noQuery: true, noCalls: true}
	inDefault    = &place{word: "DEFAULT expression", calls: "DEFAULT expressions", noQuery: true, noCalls: true, noColumn: true}
	inGenerated  = &place{word: "column generation expression", calls: "column generation expressions", noQuery: true, noCalls: true, immutable: true}
	inIndex      = &place{word: "index expression", calls: "index expressions", noQuery: true, noCalls: true, immutable: true}
	inPredicate  = &place{word: "index predicate", calls: "index predicates", noQuery: true, noCalls: true, immutable: true}
	inPartition  = &place{word: "partition key expression", calls: "partition key expressions", noQuery: true, noCalls: true, immutable: true}
	inBound      = &place{word: "partition bound", calls: "partition bound", noQuery: true, noCalls: true, noColumn: true}
	inTransform  = &place{word: "transform expression", calls: "transform expressions", noQuery: true, noCalls: true}
	inTrigger    = &place{word: "trigger WHEN condition", calls: "trigger WHEN conditions", noQuery: true, noCalls: true}
	inPolicy     = &place{calls: "policy expressions", noCalls: true}
	inWhere      = &place{calls: "WHERE", noCalls: true}
	inJoin       = &place{calls: "JOIN conditions", noCalls: true}
	inStatements = &place{} // in the target list and its like: anything goes
)

// An analysis looks at an expression or a query as the server's parse analysis
// does: it resolves names, works out types, and collects what is referred to.
// It refuses only what the server certainly refuses.
type analysis struct {
	r       *replay
	place   *place
	refs    map[object]bool
	params  []catalog.Arg // arguments of the SQL function whose body this is
	fname   string        // its name
	mutable bool          // certainly calls something that is not immutable
	inlined int           // how deep in bodies of functions in the place of their calls
	listed  bool          // brings a list of varchar, as that of IN, to text as a whole
	full    string        // the type with its modifier of the column or cast looked at last
}

func (r *replay) analysis(p *place) *analysis {
	return &analysis{r: r, place: p, refs: map[object]bool{}}
}

// found is what an analysis found an expression to refer to, in order.
func (a *analysis) found() []object {
	return slices.SortedFunc(maps.Keys(a.refs), compareObjects)
}

func (a *analysis) refer(o object) { a.refs[o] = true }

// A scope is the rows that names can refer to, and those around it.
type scope struct {
	rows  []*row
	ctes  []*row
	outer *scope
}

// check analyses an expression over the given rows. want is the type it must
// have, "" for any; it is put into messages as the argument of word.
func (r *replay) check(n *pg.Node, p *place, want, word string, rows ...*row) (typ string, refs []object, err *sqlError) {
	if n == nil {
		return anyKnown, nil, nil
	}
	a := r.analysis(p)
	typ, err = a.expr(n, &scope{rows: rows})
	if err != nil {
		return "", nil, err
	}
	if want == "boolean" {
		err = a.boolean(n, typ, word)
	} else if want != "" {
		err = a.assign(n, typ, want)
	}
	if err != nil {
		return "", nil, err
	}
	if p.immutable && a.mutable {
		return "", nil, errf("42P17", "functions in %s must be marked IMMUTABLE", p.word)
	}
	return typ, a.found(), nil
}

// rowExpr analyses a boolean expression over the rows of a table, such as a
// policy's or a check's.
func (r *replay) rowExpr(n *pg.Node, p *place, word string, table catalog.Name) ([]object, *sqlError) {
	_, refs, err := r.check(n, p, "boolean", word, r.rowOf(table))
	return refs, err
}

// query analyses a SELECT. complete is false when there may be more columns,
// or others, than those returned.
func (r *replay) query(n *pg.SelectStmt, params []catalog.Arg, fname string) (out *row, refs []object, err *sqlError) {
	a := r.analysis(inStatements)
	a.params, a.fname = params, fname
	out, err = a.selectStmt(n, &scope{})
	if err != nil {
		return nil, nil, err
	}
	return out, a.found(), nil
}

// boolean refuses what is no condition.
func (a *analysis) boolean(n *pg.Node, typ, word string) *sqlError {
	switch a.r.baseType(typ) {
	case "boolean", anyKnown:
		return nil
	case literal:
		return a.literalAs(n, "boolean")
	}
	if !a.r.solid(typ) {
		return nil
	}
	return errf("42804", "argument of %s must be type boolean, not type %s", word, typ)
}

// assign refuses a value that is not converted to the type of a column.
func (a *analysis) assign(n *pg.Node, typ, want string) *sqlError {
	if typ == literal {
		return a.literalAs(n, want)
	}
	if !a.r.converts(typ, bareType(want), assignment) {
		return errf("42804", "expression is of type %s, not %s", typ, want)
	}
	a.conversion(typ, bareType(want))
	return nil
}
