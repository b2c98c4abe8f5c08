package static

import (
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// inDefaultValue is the default of a function's argument.
var inDefaultValue = &place{word: "DEFAULT expression", calls: "DEFAULT expressions", noQuery: true, noCalls: true, noColumn: true}

// checkBody does what the server does with a body in quotes when the function
// is created: SQL is parsed and analysed, PL/pgSQL parsed.
func (r *replay) checkBody(f *catalog.Function) *sqlError {
	switch {
	case f.StandardBody || !r.bodyChecks || !f.Body.Known:
		return nil
	case f.Language == "plpgsql":
		return r.checkPLpgSQL(f)
	case f.Language == "sql":
		return r.checkSQL(f)
	}
	return nil
}

// checkStandard analyses BEGIN ATOMIC … END or RETURN, if there is such a body,
// and returns what it depends on; other bodies depend on nothing.
func (r *replay) checkStandard(f *catalog.Function, body *pg.Node) ([]object, *sqlError) {
	if body == nil {
		return nil, nil
	}
	if slices.ContainsFunc(inputs(f), func(a catalog.Arg) bool { return isPolymorphic(a.Type) }) {
		return nil, errf("42P13", "SQL function with unquoted function body cannot have polymorphic arguments")
	}
	statements := []*pg.Node{body}
	if list := body.GetList(); list != nil {
		statements = nil
		for _, item := range list.GetItems() {
			if inner := item.GetList(); inner != nil {
				statements = append(statements, inner.GetItems()...)
			} else {
				statements = append(statements, item)
			}
		}
	}
	var refs []object
	for _, s := range statements {
		if !standardStatement(s) {
			return nil, errf("0A000", "%s is not yet supported in unquoted SQL function body", commandTag(s))
		}
		if ret := s.GetReturnStmt(); ret != nil {
			s = &pg.Node{Node: &pg.Node_SelectStmt{SelectStmt: &pg.SelectStmt{
				TargetList: []*pg.Node{{Node: &pg.Node_ResTarget{ResTarget: &pg.ResTarget{Val: ret.Returnval}}}},
			}}}
		}
		out, found, err := r.checkBodyStatement(f, s)
		if err != nil {
			return nil, err
		}
		if body.GetReturnStmt() != nil {
			if err := r.checkColumns(f, out, mismatched(f)); err != nil {
				return nil, err
			}
		}
		refs = append(refs, found...)
	}
	slices.SortFunc(refs, compareObjects)
	return slices.Compact(refs), nil
}

// standardStatement reports whether a statement may stand in a body that is not
// in quotes.
func standardStatement(n *pg.Node) bool {
	switch n.GetNode().(type) {
	case *pg.Node_SelectStmt, *pg.Node_InsertStmt, *pg.Node_UpdateStmt, *pg.Node_DeleteStmt, *pg.Node_MergeStmt, *pg.Node_ReturnStmt,
		*pg.Node_CallStmt, *pg.Node_ExplainStmt:
		return true
	}
	return commandTag(n) == ""
}

// checkSQL analyses the statements of a body in SQL, with the function's own
// search path.
func (r *replay) checkSQL(f *catalog.Function) *sqlError {
	tree, parseErr := r.parsedText(f.Body.Value)
	if parseErr != nil {
		return errf("42601", "%s", strings.TrimPrefix(parseErr.Error(), "ERROR: "))
	}
	if slices.ContainsFunc(f.Args, func(a catalog.Arg) bool { return isPolymorphic(a.Type) }) {
		return nil
	}
	if path, ok := f.SearchPath(); ok {
		if list, ok := identifiers(path.Value); ok {
			before := r.parameters()
			defer r.restore(before)
			r.usePath(list)
		}
	}
	var last *row
	for i, s := range tree.Stmts {
		out, _, err := r.checkBodyStatement(f, s.Stmt)
		if err != nil {
			return err
		}
		if i == len(tree.Stmts)-1 {
			last = out
		}
	}
	return r.checkReturned(f, tree.Stmts, last)
}

// checkBodyStatement analyses one statement of a body. The row is what a query
// gives out.
func (r *replay) checkBodyStatement(f *catalog.Function, n *pg.Node) (*row, []object, *sqlError) {
	a := r.analysis(inStatements)
	a.params, a.fname = inputs(f), f.Name.Name
	out, err := a.statement(n, &scope{})
	if err != nil {
		return nil, nil, err
	}
	return out, a.found(), nil
}

func mismatched(f *catalog.Function) *sqlError {
	return errf("42P13", "return type mismatch in function declared to return %s", f.Returns).about(f.Ref())
}

// checkReturned refuses a body whose last statement certainly does not give
// what the function returns.
func (r *replay) checkReturned(f *catalog.Function, statements []*pg.RawStmt, last *row) *sqlError {
	if f.Returns == "void" || f.Returns == "" || f.Kind == catalog.Procedure && f.Returns == "" {
		return nil
	}
	mismatch := mismatched(f)
	if len(statements) == 0 {
		return mismatch
	}
	switch s := statements[len(statements)-1].Stmt.GetNode().(type) {
	case *pg.Node_SelectStmt:
	case *pg.Node_InsertStmt:
		if len(s.InsertStmt.ReturningList) == 0 {
			return mismatch
		}
	case *pg.Node_UpdateStmt:
		if len(s.UpdateStmt.ReturningList) == 0 {
			return mismatch
		}
	case *pg.Node_DeleteStmt:
		if len(s.DeleteStmt.ReturningList) == 0 {
			return mismatch
		}
	default:
		return mismatch
	}
	return r.checkColumns(f, last, mismatch)
}

// checkColumns refuses a row that certainly is not what the function returns.
func (r *replay) checkColumns(f *catalog.Function, last *row, mismatch *sqlError) *sqlError {
	if last == nil || !last.complete {
		return nil
	}
	want := r.returnedColumns(f)
	if want == nil {
		return nil
	}
	if len(last.columns) != len(want) {
		// A single column may hold the whole row.
		if len(last.columns) == 1 && len(want) != 1 && !r.plain(last.columns[0].typ) {
			return nil
		}
		return mismatch
	}
	for i, c := range computed(last.columns) {
		to := r.baseType(want[i])
		if c.typ == anyKnown || c.typ == "" || to == "" || !r.solid(c.typ) || !r.solid(to) {
			continue
		}
		if len(want) == 1 && !r.plain(c.typ) || isPolymorphic(to) {
			continue
		}
		if !r.converts(c.typ, to, assignment) {
			return mismatch
		}
	}
	return nil
}

// returnedColumns is the types that the last statement must give, nil when
// they are not known.
func (r *replay) returnedColumns(f *catalog.Function) []string {
	if out := outputs(f); len(out) > 0 {
		var types []string
		for _, a := range out {
			types = append(types, a.Type)
		}
		return types
	}
	if r.plain(f.Returns) {
		return []string{f.Returns}
	}
	name, ok := unprinted(f.Returns)
	if !ok {
		return nil
	}
	w := r.rowOf(name)
	if !w.complete || len(w.columns) == 0 {
		return nil
	}
	var types []string
	for _, c := range w.columns {
		types = append(types, c.typ)
	}
	return types
}

// plain reports whether the type is certainly no composite one: only such a
// type may stand for a whole row.
func (r *replay) plain(typ string) bool {
	if typ == "" || typ == "record" || typ == anyKnown || isPolymorphic(typ) {
		return false
	}
	if _, array := elementType(typ); array {
		return true
	}
	typ = r.baseType(typ)
	name, other := unprinted(typ)
	if !other {
		return true
	}
	t, ok := r.cat.Types.Get(name)
	return ok && (t.Kind == catalog.Enum || t.Kind == catalog.Range || t.Kind == catalog.Base)
}
