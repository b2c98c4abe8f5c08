package report

import (
	"fmt"

	"policylint/rules"
)

// remaining counts what could not be judged, and says apart from it how many
// rules ask for another kind of source: those are so in every run on this one,
// and would hide what is special about it.
func remaining(res *rules.Result) (n int, needs string) {
	n = len(res.Gaps)
	lacking := map[rules.Need]int{}
	for _, s := range res.Skipped {
		if s.Unmet == 0 {
			n++
		}
		lacking[s.Unmet]++
	}
	for _, x := range []struct {
		need rules.Need
		what string
	}{{rules.NeedsHistory, "migrations"}, {rules.NeedsDatabase, "a running database"}, {rules.NeedsProject, "supabase/config.toml"}} {
		switch k := lacking[x.need]; k {
		case 0:
		case 1:
			needs += "; 1 rule needs " + x.what
		default:
			needs += fmt.Sprintf("; %d rules need %s", k, x.what)
		}
	}
	return n, needs
}
