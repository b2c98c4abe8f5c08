package rules

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// A Fix is SQL that mends findings, of one rule or of several that suggest the
// same.
type Fix struct {
	SQL      string
	Findings []*Finding // in order of rule and object; the first is of the rule that it is listed under
}

// Rule is the rule that the fix is listed under.
func (f *Fix) Rule() *Rule { return f.Findings[0].Rule }

// phases has what must come before what: the last that a fix matches is when
// it runs. A publication is made before a table is added to it, a table can be
// published only once it is logged, an index may be what a replica identity
// needs, and rights are given after others were taken.
var phases = []*regexp.Regexp{
	regexp.MustCompile(`(?i)\bcreate publication\b`),
	regexp.MustCompile(`(?i)\b(drop|alter) (function|procedure)\b`),
	regexp.MustCompile(`(?i)\balter extension\b|\b(create|drop) index\b|\bset logged\b`),
	regexp.MustCompile(`(?i)\breplica identity\b`),
	regexp.MustCompile(`(?i)\brow level security\b`),
	regexp.MustCompile(`(?i)\b(create|alter|drop) policy\b`),
	regexp.MustCompile(`(?i)\balter publication\b`),
	regexp.MustCompile(`(?i)^\s*revoke\b`),
	regexp.MustCompile(`(?i)^\s*grant\b`),
}

func phase(sql string) int {
	if phases[0].MatchString(sql) {
		return 0
	}
	at := len(phases)
	for i, p := range phases {
		if p.MatchString(sql) {
			at = i
		}
	}
	return at
}

// severity is that of the worst finding.
func (f *Fix) severity() Severity {
	worst := Off
	for _, x := range f.Findings {
		worst = max(worst, x.Severity)
	}
	return worst
}

// Fixes are the suggested fixes of findings in an order in which they can be
// run, those that are alike taken together. Of two that contradict each other
// the one for the worse finding comes last, and so holds.
func Fixes(findings []*Finding) []*Fix {
	bySQL := map[string]*Fix{}
	var out []*Fix
	for _, f := range findings {
		sql := strings.TrimSpace(f.Fix)
		if sql == "" {
			continue
		}
		x := bySQL[sql]
		if x == nil {
			x = &Fix{SQL: sql}
			bySQL[sql] = x
			out = append(out, x)
		}
		x.Findings = append(x.Findings, f)
	}
	out = droppedOnce(out)
	byObject := func(a, b *Finding) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.Rule.ID, b.Rule.ID), cmp.Compare(a.Object.String(), b.Object.String()))
	}
	for _, x := range out {
		slices.SortStableFunc(x.Findings, byObject)
	}
	slices.SortStableFunc(out, func(a, b *Fix) int {
		return cmp.Or(cmp.Compare(phase(a.SQL), phase(b.SQL)), cmp.Compare(a.severity(), b.severity()),
			cmp.Compare(a.Rule().ID, b.Rule().ID), cmp.Compare(a.Findings[0].Object.String(), b.Findings[0].Object.String()))
	})
	return out
}

// droppedOnce leaves out what would change an object that another fix drops:
// after it, and whenever the migration is run again, there is none to change.
func droppedOnce(fixes []*Fix) []*Fix {
	drops := map[string]*Fix{}
	for _, x := range fixes {
		if o := x.Findings[0].Object; o.Kind == "policy" && dropsPolicy.MatchString(x.SQL) {
			drops[o.Name] = x
		}
	}
	return slices.DeleteFunc(fixes, func(x *Fix) bool {
		o := x.Findings[0].Object
		drop := drops[o.Name]
		if o.Kind != "policy" || drop == nil || drop == x {
			return false
		}
		drop.Findings = append(drop.Findings, x.Findings...)
		return true
	})
}

// dropsPolicy matches a fix that does nothing else.
var dropsPolicy = regexp.MustCompile(`(?i)^drop policy if exists [^;]*;$`)
