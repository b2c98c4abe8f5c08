package static

import (
	"strconv"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// tableOptions are the storage parameters of PostgreSQL docs, CREATE TABLE.
var tableOptions = map[string]bool{
	"fillfactor": true, "toast_tuple_target": true, "parallel_workers": true, "vacuum_index_cleanup": true,
	"vacuum_truncate": true, "log_autovacuum_min_duration": true, "user_catalog_table": true,
}

// tableOption refuses a storage parameter that tables do not have.
func tableOption(d *pg.DefElem) *sqlError {
	name := d.Defname
	switch {
	case d.Defnamespace == "toast":
	case !tableOptions[name] && !strings.HasPrefix(name, "autovacuum_"):
		return errf("22023", "unrecognized parameter %q", name)
	case name == "fillfactor":
		if v, err := strconv.Atoi(optionValue(d)); err == nil && (v < 10 || v > 100) {
			return errf("22023", "value %d out of bounds for option \"fillfactor\"", v)
		}
	}
	return nil
}

// createOptions reads WITH of CREATE TABLE, which may still say that there are
// no OIDs. A partitioned table has no parameters.
func createOptions(n *pg.CreateStmt) *sqlError {
	for _, o := range n.Options {
		d := o.GetDefElem()
		if d.Defname == "oids" && d.Defnamespace == "" {
			if on, ok := booleanValue(optionValue(d)); ok && on {
				return errf("0A000", "tables declared WITH OIDS are not supported")
			}
			continue
		}
		if n.Partspec != nil {
			return errf("22023", "unrecognized parameter %q", d.Defname)
		}
		if err := tableOption(d); err != nil {
			return err
		}
	}
	return nil
}

// booleanValue reads an option that is on or off.
func booleanValue(text string) (on, ok bool) {
	switch strings.ToLower(text) {
	case "true", "on", "yes", "1":
		return true, true
	case "false", "off", "no", "0":
		return false, true
	}
	return false, false
}

// onCommit refuses ON COMMIT for what is not temporary.
func onCommit(action pg.OnCommitAction, v *pg.RangeVar) *sqlError {
	if action > pg.OnCommitAction_ONCOMMIT_NOOP && v.Relpersistence != "t" {
		return errf("42P16", "ON COMMIT can only be used on temporary tables")
	}
	return nil
}
