package catalog

import "slices"

// A Runtime is what only a running database knows, beside its objects.
type Runtime struct {
	Standby bool // in recovery: a read replica
	Slots   []Slot
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

// A Slot is a logical replication slot of the database.
type Slot struct {
	Name      string
	Plugin    string // the output plugin, such as "wal2json"
	Temporary bool
	Active    bool
	WALStatus string // "reserved", "extended", "unreserved" or "lost"
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
