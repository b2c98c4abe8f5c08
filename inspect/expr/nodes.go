package expr

// A Const is a literal. Text is its value: "true", "12", "agent"; a JSON
// object or array, a UUID, an interval and a timestamp are in one canonical
// spelling. Type is the type it was cast to in the server's spelling, "" when
// unknown; only whether it is boolean, a number or neither takes part in Equal
// ([Const.IsBool], [Const.IsNumber]).
type Const struct {
	Type string
	Text string
	Null bool
}

// IsBool reports whether the constant is true or false.
func (c *Const) IsBool() bool { return !c.Null && c.Type == "boolean" }

// IsNumber reports whether the constant is a number.
func (c *Const) IsNumber() bool { return !c.Null && numeric[c.Type] }

// A Column is a column of a source of a sub-select, whose alias in
// [Query.From] is Table, or of the row under the policy, when Table is "".
// Table is "?" when it belongs to one of several sources and nothing says to
// which, and "old" or "new" in the WHEN of a trigger. Name is "*" for a whole
// row.
type Column struct {
	Table string
	Name  string
	Row   string // the policy's table without schema, where the text or the scope names it; not part of Equal
	Type  string // the column's type where the scope knows it; not part of Equal
}

// A Param is an argument of a function whose body was parsed: Name, or its
// 1-based Index when it is written $1.
type Param struct {
	Name  string
	Index int
}

// A Via says through which door a claim is read.
type Via int

// The doors to the token.
const (
	ViaJWT     Via = iota // auth.jwt()
	ViaUID                // auth.uid()
	ViaRole               // auth.role()
	ViaEmail              // auth.email()
	ViaSetting            // current_setting('request.jwt.claims', …)
	ViaLegacy             // current_setting('request.jwt.claim.x', …), or 'request.jwt.claim'
)

// A Claim reads the token. Path is {"sub"} for auth.uid(), {"role"} for
// auth.role() and {"email"} for auth.email(); an empty path is the whole token.
type Claim struct {
	Path      []string
	Text      bool // the result is text (->>, #>>, a setting, auth.uid()), not jsonb
	Via       Via
	Cached    bool   // see Call.Cached
	Wrapped   bool   // see Call.Wrapped
	MissingOK bool   // current_setting(…, true); true for the functions of schema auth
	NullGuard bool   // nullif(current_setting(…), ''); true for the functions of schema auth
	Helper    string // the application's function it was expanded from, schema-qualified
	Parsed    bool   // read as text and then as JSON, which a claim that is a string may not be; not part of Equal
}

// A Setting is any other current_setting(Name). When the name is computed, a
// Call is left instead.
type Setting struct {
	Name      string
	MissingOK bool
	Cached    bool
}

// A Call is a function call. Name is schema-qualified when the schema is
// known, without schema for pg_catalog. Syntax that the parser turns into a
// call is one: extract, position, at time zone (timezone), greatest, least,
// current_user, current_date; CURRENT_TIMESTAMP is now().
type Call struct {
	Name     string
	Args     []Expr
	Star     bool // count(*)
	Distinct bool // count(distinct x)
	Variadic bool // the last argument is VARIADIC
	Order    []Order
	Filter   Expr
	Cached   bool   // inside a scalar sub-select that reads no column from outside it: once per query, not per row
	Wrapped  bool   // in the value of a sub-select that reads columns from outside it, (select f(id)); not part of Equal
	Helper   string // the application's function it was expanded from, schema-qualified
}

// A NamedArg is an argument in the notation name => x.
type NamedArg struct {
	Name string
	X    Expr
}

// A Cast is a conversion that can change the value or raise. Type is in the
// server's spelling ("character varying(10)", "public.user_role", "text[]").
type Cast struct {
	X    Expr
	Type string
}

// A Collate is X COLLATE Name.
type Collate struct {
	X    Expr
	Name string
}

// A Compare is a binary operator with a boolean result: = <> < <= > >= ~ !~
// ~* !~* ~~ (LIKE) !~~ ~~* (ILIKE) !~~* @> <@ ? ?| ?& && @@ @?.
type Compare struct {
	Op   string
	L, R Expr
}

// An Operator is any other operator; L is nil when it stands in front.
type Operator struct {
	Op   string
	L, R Expr
}

// An IsNull is X IS [NOT] NULL.
type IsNull struct {
	X   Expr
	Not bool
}

// An IsDistinct is L IS [NOT] DISTINCT FROM R.
type IsDistinct struct {
	L, R Expr
	Not  bool
}

// A BoolTest is X IS [NOT] TRUE, FALSE or UNKNOWN; Value is "true", "false" or
// "unknown".
type BoolTest struct {
	X     Expr
	Value string
	Not   bool
}

// An And has two or more Args, none of them an And.
type And struct{ Args []Expr }

// An Or has two or more Args, none of them an Or.
type Or struct{ Args []Expr }

// A Not is NOT X.
type Not struct{ X Expr }

// An In is X [NOT] IN (List), with two or more elements and no column in them.
type In struct {
	X    Expr
	List []Expr
	Not  bool
}

// An AnyOf is X Op ANY (Array) or ALL (Array) where the array is no list.
type AnyOf struct {
	Op    string
	X     Expr
	Array Expr
	All   bool
}

// A Case is CASE [Operand] WHEN … THEN … ELSE … END; Else is nil for null.
type Case struct {
	Operand Expr
	Whens   []When
	Else    Expr
}

// A When is one branch of a Case.
type When struct{ Cond, Result Expr }

// A Coalesce is COALESCE(Args).
type Coalesce struct{ Args []Expr }

// A NullIf is NULLIF(X, Y).
type NullIf struct{ X, Y Expr }

// An Array is ARRAY[…] or an array literal; an empty one is the Const '{}'.
type Array struct{ Elems []Expr }

// A Row is (a, b) or ROW(a, b).
type Row struct{ Args []Expr }

// A Subscript is X[Index], or X[Index:Upper] when Slice; an open end is nil.
type Subscript struct {
	X            Expr
	Index, Upper Expr
	Slice        bool
}

// A Field is (X).Name of a composite value.
type Field struct {
	X    Expr
	Name string
}

// An Opaque was not understood. Parts holds what was, so that Walk and
// everything built on it still see it.
type Opaque struct {
	Text  string
	Parts []Expr
}
