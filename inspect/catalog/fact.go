package catalog

// An Origin is the statement that made an object, or gave it its present
// value. It is zero for what was read from a running database. Lines and
// columns are 1-based; columns count characters, and EndColumn is the one
// after the last.
type Origin struct {
	File               string
	Line, Column       int
	EndLine, EndColumn int
}

// IsZero reports whether there is no such statement.
func (o Origin) IsZero() bool { return o == Origin{} }

// A Fact is a value that a later statement may change. The zero Fact is
// unknown, and rules stay silent about it.
type Fact[T comparable] struct {
	Value  T
	Known  bool
	Origin Origin
}

// Of returns a known fact.
func Of[T comparable](v T, at Origin) Fact[T] { return Fact[T]{v, true, at} }

// Unknown returns a fact that the statement at made unknowable.
func Unknown[T comparable](at Origin) Fact[T] { return Fact[T]{Origin: at} }

// Is reports whether the fact is known to equal v.
func (f Fact[T]) Is(v T) bool { return f.Known && f.Value == v }

// IsNot reports whether the fact is known to differ from v.
func (f Fact[T]) IsNot(v T) bool { return f.Known && f.Value != v }

// A Gap is something a source could not take in, and the object it leaves in
// doubt. Object is zero when it cannot be named.
type Gap struct {
	Reason string
	Object Ref
	Origin Origin
}

// A Change is one step of an object's history, such as a table leaving a
// publication. Only migrations have it.
type Change struct {
	Object        Ref
	What          string // one of the What constants
	Detail        string // the other object concerned: the publication of a membership
	Before, After string
	Origin        Origin
}

// What changed.
const (
	WhatCreated    = "created"
	WhatDropped    = "dropped"
	WhatRenamed    = "renamed" // Object is the new name; Before the old one
	WhatPublished  = "published"
	WhatUnpublish  = "unpublished"
	WhatIdentity   = "replica identity"
	WhatRLS        = "row level security"
	WhatGranted    = "granted"
	WhatRevoked    = "revoked"
	WhatKept       = "kept"            // Before was revoked on column After from the role Detail, which has it on the whole table
	WhatRolesWrite = "auth.users role" // auth.users.role was written; After is the value, empty when computed
)

// A Failure is a statement that the server would refuse, or could not even
// parse.
type Failure struct {
	SQLState string // five characters, such as 42P07; 42601 for a syntax error
	Message  string // as the server words it
	Syntax   bool   // the parser refused it
	Object   Ref    // zero when the message names none
	Origin   Origin
}

// An Aspect is a side of an object that may be in doubt, because a statement
// that a source could not follow may have touched it.
type Aspect uint8

// The aspects. They combine.
const (
	Existence Aspect = 1 << iota // the object may not exist
	Columns
	Keys // primary key, unique keys, indexes
	Policies
	Grants
	Members // of a publication
	Body    // of a function
)

// How a table leaves a publication: Change.After of a WhatUnpublish change.
const (
	ByAlterDrop       = "alter publication … drop table"
	BySetTable        = "alter publication … set table"
	ByDropTable       = "drop table"
	ByDropPublication = "drop publication"
	BySchema          = "alter publication … drop tables in schema"
	ByRename          = "alter publication … rename"
)

// Everything is all aspects together.
const Everything Aspect = 255

// Any reports whether any of the given aspects is in doubt.
func (a Aspect) Any(of Aspect) bool { return a&of != 0 }
