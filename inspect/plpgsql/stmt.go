package plpgsql

// A Stmt is one statement of a body: one of the pointer types of this package
// that embed Pos.
type Stmt interface {
	At() Pos
	stmt()
}

// A Pos is the place of a statement in the body.
type Pos struct {
	Line        int // 1-based line of the first token
	Offset, End int // bytes of the first token and behind the last, without ;
}

// At returns the place itself.
func (p Pos) At() Pos { return p }

func (Pos) stmt() {}

// A Block is [<<label>>] [DECLARE …] BEGIN … [EXCEPTION …] END.
type Block struct {
	Pos
	Label    string
	Decls    []*Decl
	Body     []Stmt
	Handlers []*Handler
}

// A Handler is one WHEN of an EXCEPTION clause.
type Handler struct {
	Line int
	// Conditions are lower-case condition names, "others", or SQLSTATEs of
	// five characters.
	Conditions []string
	// Decls are sqlstate and sqlerrm.
	Decls []*Decl
	Body  []Stmt
}

// An If is IF … THEN … ELSIF … ELSE … END IF.
type If struct {
	Pos
	Cond    Fragment
	Then    []Stmt
	Elsifs  []*Elsif
	Else    []Stmt
	HasElse bool
}

// An Elsif is one ELSIF branch.
type Elsif struct {
	Line int
	Cond Fragment
	Body []Stmt
}

// A Case is a simple CASE with an operand, or a searched one without.
type Case struct {
	Pos
	Operand *Fragment
	Whens   []*When
	Else    []Stmt
	HasElse bool
}

// A When is one branch of a Case. With an operand Cond is the list as written
// behind WHEN ("1, 2"); it holds when operand IN (Cond).
type When struct {
	Line int
	Cond Fragment
	Body []Stmt
}

// An Exit is EXIT or CONTINUE.
type Exit struct {
	Pos
	Continue bool
	Label    string
	When     *Fragment
}

// An Assign is target := expression.
type Assign struct {
	Pos
	Target Target
	Expr   Fragment
}

// A SQL is a SQL statement standing by itself, SELECT … INTO included.
type SQL struct {
	Pos
	Text   Fragment
	Into   []Target
	Strict bool
}

// A Perform is PERFORM; Query is what follows it, to be read behind SELECT.
type Perform struct {
	Pos
	Query Fragment // a Select
}

// A Call is CALL, or DO inside a body, with the whole statement as Text.
type Call struct {
	Pos
	Text Fragment
}

// An Execute is EXECUTE of a computed statement.
type Execute struct {
	Pos
	Query  Fragment
	Using  []Fragment
	Into   []Target
	Strict bool
}

// A Return is RETURN, without Expr in procedures, DO blocks and functions
// with OUT arguments.
type Return struct {
	Pos
	Expr *Fragment
}

// A ReturnNext is RETURN NEXT, without Expr in functions with OUT arguments.
type ReturnNext struct {
	Pos
	Expr *Fragment
}

// A ReturnQuery is RETURN QUERY, or RETURN QUERY EXECUTE when Dynamic.
type ReturnQuery struct {
	Pos
	Dynamic bool
	Query   Fragment // a Statement, or when Dynamic an Expr
	Using   []Fragment
}

// A Raise is RAISE. A bare RAISE, which throws the caught error again, has
// neither condition nor message nor options.
type Raise struct {
	Pos
	// Level is exception (the default), warning, notice, info, log or debug.
	Level string
	// Condition is the condition name, or the SQLSTATE of five characters.
	Condition string
	// Message is the format string, decoded; HasMessage when there is one.
	Message    string
	HasMessage bool
	Args       []Fragment
	Options    []RaiseOption
}

// A RaiseOption is name = expression behind USING; the name is lower case.
type RaiseOption struct {
	Name string
	Expr Fragment
}

// An Assert is ASSERT condition [, message].
type Assert struct {
	Pos
	Cond    Fragment
	Message *Fragment
}

// A GetDiagnostics is GET [CURRENT|STACKED] DIAGNOSTICS.
type GetDiagnostics struct {
	Pos
	Stacked bool
	Items   []Diagnostic
}

// A Diagnostic is target = item; the item is lower case, such as row_count.
type Diagnostic struct {
	Target Target
	Item   string
}

// A Commit is COMMIT.
type Commit struct {
	Pos
	Chain bool
}

// A Rollback is ROLLBACK.
type Rollback struct {
	Pos
	Chain bool
}

// A Null is NULL, the statement that does nothing.
type Null struct{ Pos }
