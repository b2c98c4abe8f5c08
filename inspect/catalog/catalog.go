// Package catalog is what the rules know about a database, whichever source it
// was read from: migrations replayed without a server, or a running database.
//
// A source fills a Catalog through the Set fields. Get is for reading; whoever
// changes an object takes it with Edit, so that Rollback can give back what
// stood there before.
package catalog

import "policylint/inspect/expr"

// A Catalog holds the objects of one database. The zero Catalog is not usable;
// New makes one.
type Catalog struct {
	Source Source

	Schemas      Set[string, *Schema]
	Roles        Set[string, *Role]
	Tables       Set[Name, *Table] // ordinary, partitioned and foreign tables
	Views        Set[Name, *View]  // views and materialized views
	Sequences    Set[Name, *Sequence]
	Functions    Set[Name, *Overloads]
	Types        Set[Name, *Type] // enums, domains, composite types and ranges
	Publications Set[string, *Publication]
	Extensions   Set[string, *Extension]
	Buckets      Set[string, *Bucket] // of Supabase Storage, as far as rows of storage.buckets were seen
	Settings     Set[SettingKey, *Setting]
	Defaults     Set[DefaultKey, *DefaultPrivileges]

	// relations has every name of the relation name space (tables, views,
	// sequences, indexes, composite types): PostgreSQL allows each once in a
	// schema.
	relations Set[Name, *Relation]

	Gaps     []Gap     // what the source met and could not take in
	Changes  []Change  // history, oldest first; empty for a running database
	Failures []Failure // statements the server would refuse; empty for a running database

	Directives []Directive // policylint comments in the migrations, in order; empty for a running database

	// Runtime is nil for migrations.
	Runtime *Runtime

	journal  *journal
	known    known                    // see Groups
	memo     map[any]any              // see Memo
	expanded map[*Policy]Expanded     // see Expanded
	written  map[*Policy]Expanded     // the same of the catalog that this is a view of
	memos    map[*Function]*expr.Memo // parsed bodies of helpers
}

// Source says what a catalog was read from.
type Source struct {
	Kind       SourceKind
	Platform   string // "supabase" or "postgres"
	Migrator   string // role that runs the migrations, owner of what they create
	Files      int    // migrations: files read
	Statements int    // migrations: statements met
	Server     string // database: host and port, without credentials
	Database   string // database: its name
	User       string // database: the role policylint was connected as
	Version    int    // database: server_version_num, such as 150018
}

// A SourceKind tells migrations from a running database.
type SourceKind string

// The kinds of source.
const (
	Migrations SourceKind = "migrations"
	Database   SourceKind = "database"
)

// New returns an empty catalog.
func New() *Catalog {
	j := &journal{}
	c := &Catalog{journal: j}
	for _, s := range []interface{ attach(*journal) }{
		&c.Schemas, &c.Roles, &c.Tables, &c.Views, &c.Sequences, &c.Functions, &c.Types,
		&c.Publications, &c.Extensions, &c.Buckets, &c.Settings, &c.Defaults, &c.relations,
	} {
		s.attach(j)
	}
	return c
}

// A Mark is a state that Rollback can return to.
type Mark struct{ undo, gaps, changes, failures int }

// Savepoint starts a nested unit of work. Each Savepoint is ended by exactly
// one Rollback or Release.
func (c *Catalog) Savepoint() Mark {
	c.journal.begin()
	return Mark{len(c.journal.undo), len(c.Gaps), len(c.Changes), len(c.Failures)}
}

// Rollback takes every object back to its state at m and ends the unit of
// work. Gaps and failures stay: what was not understood or refused is told
// even when its transaction was rolled back.
func (c *Catalog) Rollback(m Mark) {
	c.journal.rollback(m.undo)
	c.Changes = c.Changes[:m.changes]
}

// Release ends the unit of work and keeps what it did.
func (c *Catalog) Release(Mark) { c.journal.release() }

// Undo has Rollback call f too, for what a source keeps beside the catalog and
// changes along with it.
func (c *Catalog) Undo(f func()) {
	if c.journal.depth > 0 {
		c.journal.note(nil, nil, f)
	}
}
