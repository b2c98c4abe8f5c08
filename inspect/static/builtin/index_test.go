package builtin

import (
	"slices"
	"strings"
	"testing"
)

// TestIndex finds every line of the tables that are searched: they must be
// sorted.
func TestIndex(t *testing.T) {
	for name, table := range map[string]string{
		"functions": functionsTable, "operators": operatorsTable, "opclasses": opclassesTable, "volatility": volatilityTable,
	} {
		x := index[string]{table: table, read: func(f []string) (string, bool) { return strings.Join(f, "\t"), true }}
		for line := range strings.Lines(table) {
			line = strings.TrimSuffix(line, "\n")
			f := strings.Split(line, "\t")
			if !slices.Contains(x.find(f[0]), line) || !slices.Contains(x.find(f[0], f[1]), line) {
				t.Errorf("%s.tsv: %q is not found", name, line)
			}
		}
		for _, absent := range []string{"", " ", "a nam", "zzzzz", "\U0010FFFF"} {
			if got := x.find(absent); len(got) > 0 {
				t.Errorf("%s.tsv: %q finds %q", name, absent, got)
			}
		}
	}
	for line := range strings.Lines(relationsTable) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if !HasRelation(f[0], f[1]) || HasRelation(f[0], f[1]+"x") || HasRelation(f[0], f[1][:len(f[1])-1]+"\x00") {
			t.Errorf("relations.tsv: %q is not found, or something else is", line)
		}
	}
}
