package expr

// A QueryKind says what the query stands for.
type QueryKind int

// The kinds of Query.
const (
	Scalar    QueryKind = iota // (select x from …)
	Exists                     // exists (select …)
	Any                        // Test Op any (select …); IN is Op "="
	All                        // Test Op all (select …)
	ArrayOf                    // array(select …)
	Statement                  // the query itself: a view, a body, a source, an arm of a union, a WITH
)

// A Query is a sub-select, or a whole one.
type Query struct {
	Kind QueryKind
	Test Expr   // the left side of Any and All
	Op   string // the operator of Any and All

	With     []CTE
	SetOp    string // "union", "union all", "intersect", …: then only Left, Right, Order, Limit and Offset matter
	Left     *Query
	Right    *Query
	Values   [][]Expr // VALUES lists: then there is no From
	Distinct bool
	On       []Expr   // DISTINCT ON
	Targets  []Expr   // empty for Exists, unless an aggregate in them makes the row
	Names    []string // the output name of each target; not part of Equal
	From     []Source
	Where    Expr // with the conditions of inner joins
	Group    []Expr
	Having   Expr
	Order    []Order
	Limit    Expr
	Offset   Expr
	Lock     bool // FOR UPDATE, FOR SHARE, …

	Cached  bool   // reads no column from outside itself: evaluated once per query
	Definer bool   // read inside a SECURITY DEFINER function: row level security applies to its owner
	Helper  string // the application's function it was expanded from, schema-qualified
}

// A Source is one item of FROM. Exactly one of Name, Sub, Func and Join is set.
type Source struct {
	Name    string // relation, schema-qualified when known; the name of a CTE when CTE
	CTE     bool
	Alias   string   // what Column.Table calls it; unique in the expression
	Columns []string // column aliases, t(a, b); for a function only those with Types
	Types   []string // of a column definition list, f() as t(a int, b text)
	Sub     *Query
	Func    Expr // a set-returning function
	Join    *Join
	Lateral bool
}

// A Join is an outer join; inner joins are dissolved into sources and Where.
type Join struct {
	Kind string // "left", "right" or "full"
	L, R []Source
	On   Expr
}

// A CTE is one query of WITH.
type CTE struct {
	Name      string
	Columns   []string
	Query     *Query // nil when it is no select
	Recursive bool
}

// An Order is one item of ORDER BY.
type Order struct {
	X          Expr
	Desc       bool
	NullsFirst bool
}
