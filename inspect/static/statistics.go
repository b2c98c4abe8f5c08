package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// inStatistics is an expression of CREATE STATISTICS.
var inStatistics = &place{word: "statistics expressions", calls: "statistics expressions", noQuery: true, noCalls: true}

// maxStatistics is how many columns statistics are about at most.
const maxStatistics = 8

// createStatistics refuses CREATE STATISTICS about columns that are not there.
// The statistics themselves are not in the catalog.
func (r *replay) createStatistics(n *pg.CreateStatsStmt) *sqlError {
	if len(n.Defnames) == 0 && r.version != 0 && r.version < 16 {
		return errf("42601", "syntax error at or near %q", "on")
	}
	if len(n.Relations) != 1 || n.Relations[0].GetRangeVar() == nil {
		return errf("0A000", "only a single relation is allowed in CREATE STATISTICS")
	}
	rel, err := r.open(n.Relations[0].GetRangeVar())
	if err != nil {
		return err
	}
	t, ok := r.cat.Tables.Get(rel.Name)
	if !ok || t.Assumed {
		return nil
	}
	if err := r.mustOwn(t.Owner, "table", rel.Name.Name); err != nil {
		return err
	}
	for _, x := range n.Exprs { // read before the columns are looked at
		if e := x.GetStatsElem().GetExpr(); e != nil {
			if _, _, err := r.check(e, inStatistics, "", "", r.rowOf(rel.Name)); err != nil {
				return err
			}
		}
	}
	if len(n.Exprs) > maxStatistics {
		return errf("54011", "cannot have more than %d columns in statistics", maxStatistics)
	}
	var seen []string
	for _, x := range n.Exprs {
		name := x.GetStatsElem().GetName()
		if name == "" {
			continue
		}
		if err := r.statisticsColumn(t, name); err != nil {
			return err
		}
		seen = append(seen, name)
	}
	for _, k := range names(n.StatTypes) {
		if !slices.Contains([]string{"ndistinct", "dependencies", "mcv"}, k) {
			return errf("42601", "unrecognized statistics kind %q", k)
		}
	}
	if len(n.Exprs) == 1 && len(seen) == 1 {
		return errf("42P17", "extended statistics require at least 2 columns")
	}
	slices.Sort(seen)
	if len(slices.Compact(slices.Clone(seen))) < len(seen) {
		return errf("42701", "duplicate column name in statistics definition")
	}
	return nil
}

// statisticsColumn refuses a column that no statistics can be about.
func (r *replay) statisticsColumn(t *catalog.Table, name string) *sqlError {
	c, ok := t.Column(name)
	switch {
	case ok:
		if err := r.defaultOpclass("btree", c.Type); err != nil {
			return errf("0A000", "column %q cannot be used in statistics because its type %s has no default btree operator class", name, bareType(c.Type))
		}
	case systemColumn(name):
		return errf("0A000", "statistics creation on system columns is not supported")
	case !t.Unsure.Any(catalog.Columns):
		return errf("42703", "column %q does not exist", name)
	}
	return nil
}
