package catalog

// A Directive is a policylint comment in a migration, which asks that findings
// of some rules not be reported.
type Directive struct {
	Rules     []string // rule IDs as written
	Reason    string   // what stands behind the colon
	WholeFile bool     // ignore-file: for the whole file, not the next statement
	Origin    Origin   // the comment
	Target    Origin   // the next statement's span; zero when none follows, or for a whole file
	Malformed string   // what is wrong with the comment; "" when nothing is
}
