package plpgsql

// A Loop is LOOP … END LOOP.
type Loop struct {
	Pos
	Label string
	Body  []Stmt
}

// A While is WHILE … LOOP.
type While struct {
	Pos
	Label string
	Cond  Fragment
	Body  []Stmt
}

// A ForInt is FOR i IN [REVERSE] lower..upper [BY step] LOOP. Var is the
// variable that the loop itself declares.
type ForInt struct {
	Pos
	Label        string
	Var          *Decl
	Lower, Upper Fragment
	Step         *Fragment
	Reverse      bool
	Body         []Stmt
}

// A ForQuery is FOR targets IN query LOOP; Vars is one record or row, or a
// list of scalars.
type ForQuery struct {
	Pos
	Label string
	Vars  []Target
	Query Fragment
	Body  []Stmt
}

// A ForDynamic is FOR targets IN EXECUTE query [USING …] LOOP.
type ForDynamic struct {
	Pos
	Label string
	Vars  []Target
	Query Fragment
	Using []Fragment
	Body  []Stmt
}

// A ForCursor is FOR record IN cursor[(args)] LOOP over a bound cursor. Var is
// the record that the loop itself declares.
type ForCursor struct {
	Pos
	Label  string
	Var    *Decl
	Cursor Target
	Args   []CursorArg
	Body   []Stmt
}

// A CursorArg is one argument for a bound cursor; Name is empty when it is
// given by position.
type CursorArg struct {
	Name string
	Expr Fragment
}

// A ForEach is FOREACH targets [SLICE n] IN ARRAY array LOOP.
type ForEach struct {
	Pos
	Label string
	Vars  []Target
	Slice int
	Array Fragment
	Body  []Stmt
}

// An Open is OPEN of a bound cursor (with Args or nothing), FOR query, or
// FOR EXECUTE when Dynamic.
type Open struct {
	Pos
	Cursor  Target
	Args    []CursorArg
	Query   *Fragment
	Dynamic bool
	Using   []Fragment
	// Scroll is "scroll", "no scroll" or empty.
	Scroll string
}

// A Fetch is FETCH … INTO, or MOVE when Move.
type Fetch struct {
	Pos
	Move      bool
	Direction string // next, prior, first, last, absolute, relative, forward, backward
	Count     *Fragment
	All       bool // FORWARD ALL, BACKWARD ALL or ALL, for MOVE only
	Cursor    Target
	Into      []Target
}

// A Close is CLOSE cursor.
type Close struct {
	Pos
	Cursor Target
}
