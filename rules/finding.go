package rules

import "policylint/inspect/catalog"

// A Finding is one fault in one object.
type Finding struct {
	Rule     *Rule
	Severity Severity // with the configuration applied
	Object   catalog.Ref
	Message  string         // begins with the object, states the fact, no advice
	Origin   catalog.Origin // the statement that causes it; zero for a running database
	Related  []Related      // other statements that the reader should see
	Fix      string         // replay-safe SQL that makes the finding go away; "" if there is none
	// Suppressed is set when an ignore covers the finding. Such findings are
	// not counted, and only formats that have a place for them show them.
	Suppressed *Suppression
}

// A Related is a statement that has to do with a finding.
type Related struct {
	Origin  catalog.Origin
	Message string
}

// A Suppression is why a finding is not reported.
type Suppression struct {
	InSource bool // by a comment in the SQL, otherwise by the configuration
	Reason   string
	Origin   catalog.Origin // the comment, or the entry of rules.yaml
}

// Fingerprint is the same for the same fault, whichever source the catalog
// came from and wherever the statement stands.
func (f Finding) Fingerprint() string { return f.Rule.ID + " " + f.Object.String() }
