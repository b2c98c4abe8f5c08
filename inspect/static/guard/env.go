package guard

import (
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// An Env is what an expression is evaluated in.
type Env struct {
	Cat  *catalog.Catalog
	Path []string // the schemas that names are looked for in, existing ones only
	// Temporary says that something was created in pg_temp, where relations and
	// types are looked for first.
	Temporary bool
	User      string // current_user
	Login     string // session_user
	// Database is current_database(), "" when it is not known.
	Database string
	// Var finds a variable by the parts of its name; nil when there are none.
	Var func(parts []string) (Value, bool)
	// Params are $1 and so on, where Var does not have them.
	Params []Value
	// Setting finds a session parameter; nil when none is known.
	Setting func(name string) (Value, bool)
	// Call runs a function that this package does not know; nil when none may
	// be run. sure is false when it is not known whether the call happens.
	Call func(f *pg.FuncCall, args []Value, sure bool) (Value, error)

	// Commands are what the statement did at whose end an event trigger runs;
	// nil outside of one.
	Commands []Command
	// EventTriggers are the event triggers that there are.
	EventTriggers []EventTrigger

	want   map[string]string // what columns of the relation that is being read must equal
	unsure int               // nesting of parts of which it is not known whether they run
	steps  int
}

// An Error is what the server would refuse the query with.
type Error struct {
	State   string
	Message string
	// Relation is the relation that is missing, for 42P01.
	Relation catalog.Name
}

// Error is the message with its SQLSTATE.
func (e *Error) Error() string { return e.Message + " (" + e.State + ")" }

// maxSteps bounds the work for one query: rows looked at.
const maxSteps = 400_000

// tired reports whether the bound was reached.
func (e *Env) tired() bool { e.steps++; return e.steps > maxSteps }

// Eval evaluates one expression outside of any query.
func (e *Env) Eval(n *pg.Node) (Value, error) {
	e.steps = 0
	return e.expr(n, nil)
}

// Query runs a SELECT.
func (e *Env) Query(s *pg.SelectStmt) (*Rows, error) {
	e.steps = 0
	return e.query(s, nil)
}

// QueryWith runs a SELECT that is part of a statement with a WITH of its own,
// or nil.
func (e *Env) QueryWith(w *pg.WithClause, q *pg.SelectStmt) (*Rows, error) {
	e.steps = 0
	s := &scope{}
	if w != nil {
		if err := e.with(w, s); err != nil {
			return nil, err
		}
	}
	return e.query(q, s)
}

// Rows is the result of a query.
type Rows struct {
	Cols []string
	Rows []Tuple
	// Open is set when there may be other rows, of which nothing is known.
	Open bool
	// wild is set when there may be other columns.
	wild bool
}

// A Tuple is one row of a result.
type Tuple struct {
	Values []Value
	Maybe  bool // it is not known whether the row is there
}

// Value is the tuple as one value.
func (r *Rows) Value(t Tuple) Value { return Value{Kind: Row, Items: t.Values, Names: r.Cols} }

// Certain reports whether exactly the listed rows are there.
func (r *Rows) Certain() bool {
	for _, t := range r.Rows {
		if t.Maybe {
			return false
		}
	}
	return !r.Open
}

// A scope is what names can be found in: the sources of a query, and those of
// the queries around it.
type scope struct {
	sources []source
	ctes    map[string]*Rows
	outer   *scope
	group   []*scope // the rows of the group, inside aggregates
	maybe   bool
}

// A source is one entry of FROM with its present row.
type source struct {
	alias string
	cols  []string
	row   []Value
	wild  bool
}

// find looks a column up: first by its alias, if one is given.
func (s *scope) find(parts []string) (Value, bool) {
	name := parts[len(parts)-1]
	for ; s != nil; s = s.outer {
		for _, src := range s.sources {
			if len(parts) > 1 && src.alias != parts[len(parts)-2] {
				continue
			}
			for i, c := range src.cols {
				if c == name {
					return src.row[i], true
				}
			}
		}
		if len(parts) > 1 {
			continue
		}
		for _, src := range s.sources { // a whole row, by its alias
			if src.alias == name {
				return Value{Kind: Row, Items: src.row, Names: src.cols}, true
			}
		}
	}
	return Value{}, false
}

func (s *scope) cte(name string) (*Rows, bool) {
	for ; s != nil; s = s.outer {
		if r, ok := s.ctes[name]; ok {
			return r, true
		}
	}
	return nil, false
}

// parts are the names of a qualified name; star is set for a trailing *.
func parts(list []*pg.Node) (names []string, star bool) {
	for _, n := range list {
		if n.GetAStar() != nil {
			return names, true
		}
		names = append(names, n.GetString_().GetSval())
	}
	return names, false
}

// bare drops pg_catalog from the front of a name.
func bare(names []string) string {
	if len(names) == 2 && names[0] == "pg_catalog" {
		return names[1]
	}
	return strings.Join(names, ".")
}

// Exists reports whether there is a row at all.
func (r *Rows) Exists() Value { return exists(r) }
