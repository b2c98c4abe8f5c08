// Package expr normalises SQL expressions into one small algebra.
//
// The server prints an expression differently from how it was written, and
// differently by version. [Parse] and [New] therefore turn both spellings into
// the same tree, and [Equal] on two trees decides whether two expressions are
// the same. With inspect/static and inspect/plpgsql this is the only package
// that knows the parser; neither text nor parser nodes reach its callers.
//
// # Normal form
//
// Casts of literals, parentheses, output aliases and the schema pg_catalog are
// gone. AND and OR are flat. IN, = ANY (ARRAY[…]) and = ANY ('{…}') are one
// [In]; a list with one element is a [Compare], a list with columns in it is an
// [Or]. BETWEEN and row comparisons are written out. NOT is folded into In,
// IsNull, IsDistinct and BoolTest, and stays elsewhere. A sub-select without
// FROM is replaced by its target. Inner joins are sources and conditions.
// Every way to read the token is a [Claim].
//
// Sources of a sub-select are called by the relation they read, not by the
// alias that the author, or the server, gave them.
package expr

// An Expr is a node of an expression; nil means that there is none, such as
// the USING of a policy that has only WITH CHECK. All nodes are pointers, and
// none is changed after it was returned: trees may be shared.
type Expr interface{ isExpr() }

func (*Const) isExpr()      {}
func (*Column) isExpr()     {}
func (*Param) isExpr()      {}
func (*Claim) isExpr()      {}
func (*Setting) isExpr()    {}
func (*Call) isExpr()       {}
func (*NamedArg) isExpr()   {}
func (*Cast) isExpr()       {}
func (*Collate) isExpr()    {}
func (*Compare) isExpr()    {}
func (*Operator) isExpr()   {}
func (*IsNull) isExpr()     {}
func (*IsDistinct) isExpr() {}
func (*BoolTest) isExpr()   {}
func (*And) isExpr()        {}
func (*Or) isExpr()         {}
func (*Not) isExpr()        {}
func (*In) isExpr()         {}
func (*AnyOf) isExpr()      {}
func (*Case) isExpr()       {}
func (*Coalesce) isExpr()   {}
func (*NullIf) isExpr()     {}
func (*Array) isExpr()      {}
func (*Row) isExpr()        {}
func (*Subscript) isExpr()  {}
func (*Field) isExpr()      {}
func (*Query) isExpr()      {}
func (*Opaque) isExpr()     {}
