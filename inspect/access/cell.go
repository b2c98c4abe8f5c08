package access

import (
	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// A Verdict says for which rows of a table a command of a subject works.
type Verdict string

// The verdicts.
const (
	Always    Verdict = "always"  // every row
	Never     Verdict = "never"   // no row, or the command is refused
	Rows      Verdict = "rows"    // depends on the row
	Uncertain Verdict = "unknown" // could not be worked out; Because says why
)

// A Delivery says what Realtime does with an event for a subscriber.
type Delivery string

// The deliveries.
const (
	Delivered        Delivery = "delivered"
	DeliveredByRow   Delivery = "rows"
	Withheld         Delivery = "withheld"
	DeliveryError    Delivery = "error"
	NotPublished     Delivery = "not-published"
	DeliveryNotKnown Delivery = "unknown"
)

// A Raise is an error that the evaluation of a policy, or the command itself,
// ends with.
type Raise struct {
	SQLState string          // such as "42501"
	Message  string          // the server's words, as far as they are known
	Policy   *catalog.Policy // nil when no policy is to blame
	Expr     expr.Expr       // the part that raises; nil when there is none
	Origin   catalog.Origin  // the statement to blame
	// Possible says that the error depends on the order in which PostgreSQL
	// looks at conditions that are not true anyway.
	Possible bool
	// Always says that the command ends with it whatever the rows are.
	Always bool
}

// A Cell is one field of the matrix: what a subject may do to a table.
type Cell struct {
	Subject Subject
	Table   catalog.Name
	Command catalog.Command // select, insert, update or delete
	Verdict Verdict
	Raise   *Raise          // the error that it ends with, for some row at least; nil for none
	Policy  *catalog.Policy // the policy that decides; nil when a privilege or the lack of a policy does
	Expr    expr.Expr       // the part of the policy that decided; nil for the whole
	Because string          // a sentence without a full stop
	Origin  catalog.Origin  // the statement that decides; zero when live
}

// An Event is what Realtime does with one kind of change for a subscriber.
type Event struct {
	Delivery Delivery
	Error    string // what the subscriber sees or the log has, such as "Error 401: Unauthorized"; "" for none
	Because  string // a sentence without a full stop
	Raise    *Raise
	Origin   catalog.Origin
}

// A Realtime is what Realtime does with the changes of a table for a
// subscriber.
type Realtime struct{ Insert, Update, Delete Event }
