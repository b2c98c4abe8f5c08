package catalog

import (
	"slices"
	"strings"
)

// A Runtime is what only a running database knows, beside its objects.
type Runtime struct {
	Standby bool // in recovery: a read replica
	// Building has the tables and materialized views of which an index is being
	// built, and not valid until that ends; nil when it could not be read, which
	// a gap then tells.
	Building map[Name]bool
	// Slots are the replication slots of the server, in order of name; nil when
	// they could not be read, which a gap then tells.
	Slots []Slot
	// Subscriptions says who is connected to Realtime; nil when it could not
	// be read, which a gap then tells.
	Subscriptions *Subscriptions
	// History has the migrations that were applied; nil when there is no such
	// table or it could not be read, which a gap then tells.
	History *History
	// Statistics has what the server counted about the project's tables.
	Statistics map[Name]*Statistics
}

// Statistics is what the server counted and estimated about one table or
// materialized view.
type Statistics struct {
	Scans   int64            // of the table, by whatever way, since the counters were last reset
	Indexes map[string]int64 // scans of each index
	Bytes   int64            // the main fork: what the rows take on disk, without what is stored out of line
	// Needed is what the rows would take if they were packed anew; -1 when
	// there is nothing to estimate it from, and for small tables.
	Needed int64
}

// A Slot is a replication slot of the server, which keeps the log that its
// consumer has not read.
type Slot struct {
	Name      string
	Database  string // whose changes are decoded; "" for a physical slot
	Plugin    string // the output plugin, such as "wal2json"; "" for a physical slot
	Temporary bool
	Active    bool
	WALStatus string // "reserved", "extended", "unreserved" or "lost"; "" for one that keeps nothing yet
	// Reason is why the slot is lost, in the server's words, such as
	// "wal_removed"; "" if it is not, and before PostgreSQL 17.
	Reason   string
	Retained int64 // bytes of log from where the consumer is to the present end
}

// Realtime reports whether the slot is one that Realtime makes for itself
// (supabase/realtime: supabase_realtime_replication_slot, and with messages_ in
// it for broadcasts).
func (s *Slot) Realtime() bool {
	return strings.HasPrefix(s.Name, "supabase_realtime_") || s.Plugin == "wal2json" && s.Temporary
}

// Subscriptions counts the rows of realtime.subscription: what clients are
// subscribed to now, and which claims their tokens carry.
type Subscriptions struct {
	Tables []Subscribed // in order of table and role
}

// A Subscribed is the subscriptions of one role to one table.
type Subscribed struct {
	Table  Name
	Role   string // the claim role
	Count  int
	Claims []ClaimCount // in order of path
}

// A ClaimCount says how many tokens carry a claim at the top level, or in
// app_metadata or user_metadata. Values are never read.
type ClaimCount struct {
	Path  []string
	Count int
}

// Carrying counts the subscriptions whose token has a claim at the path.
func (s *Subscribed) Carrying(path ...string) int {
	for _, c := range s.Claims {
		if slices.Equal(c.Path, path) {
			return c.Count
		}
	}
	return 0
}
