// Package drift has the rules about where migrations and a database, or two
// databases, differ. They run in `policylint drift` only.
package drift

import (
	"policylint/inspect/drift"
	"policylint/rules"
)

// report adds a finding for each difference of the kind.
func report(p *rules.Pass, kind drift.Kind) {
	for _, d := range p.Drift {
		if d.Kind != kind {
			continue
		}
		p.ReportRef(d.Object, d.Origin, d.Object.Name+": "+said(d)).Fix = d.Fix
	}
}

// said says what each side has.
func said(d drift.Difference) string {
	switch {
	case d.What == "exists" && d.Want != "":
		return "missing on the other side"
	case d.What == "exists":
		return "only on the other side"
	case d.Have == "" && d.Want == "yes":
		return d.What + " here and not on the other side"
	case d.Want == "" && d.Have == "yes":
		return d.What + " on the other side and not here"
	}
	return d.What + " is " + d.Want + " here and " + d.Have + " on the other side"
}
