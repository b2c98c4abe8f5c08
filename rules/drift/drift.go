// Package drift has the rules about where migrations and a database, or two
// databases, differ. They run in `policylint drift` only.
package drift

import (
	"strings"

	"policylint/inspect/drift"
	"policylint/rules"
)

// report adds a finding for each difference of the kind.
func report(p *rules.Pass, kind drift.Kind) {
	for _, d := range p.Drift {
		if d.Kind != kind {
			continue
		}
		name := d.Object.Name
		if d.Kind == drift.History {
			name = d.Object.String() // a number by itself says little
		}
		p.ReportRef(d.Object, d.Origin, name+" "+said(d, p.Sides)).Fix = d.Fix
	}
}

// said says what each side has.
func said(d drift.Difference, sides [2]string) string {
	here, there := "in "+sides[0], "in "+sides[1]
	switch {
	case d.What == "applied" && d.Want != "":
		return "is " + here + " and not applied " + there
	case d.What == "applied":
		return "is applied " + there + " and not " + here
	case d.What == "text":
		return "has one text " + here + " and another " + there + ", where it was applied"
	case d.What == "exists" && d.Want != "":
		return "is " + here + " and not " + there
	case d.What == "exists":
		return "is " + there + " and not " + here
	case strings.HasPrefix(d.What, "published by ") && d.Want != "" && d.Have != "":
		return "is " + d.What + " with " + d.Want + " " + here + " and with " + d.Have + " " + there
	case d.What == "body":
		return "has one body " + here + " and another " + there
	case d.What == "null input":
		return "is " + d.Want + " " + here + " and " + d.Have + " " + there
	case d.Want == "yes" && d.Have == "":
		return does(d.What) + " " + here + " and not " + there
	case d.Want == "" && d.Have == "yes":
		return does(d.What) + " " + there + " and not " + here
	}
	return "has " + d.What + " " + d.Want + " " + here + " and " + d.Have + " " + there
}

// does makes what is true on one side only the rest of a sentence.
func does(what string) string {
	switch {
	case strings.HasPrefix(what, "published by "):
		return "is " + what
	case strings.Contains(what, " may "):
		role, may, _ := strings.Cut(what, " may ")
		if what, ok := strings.CutPrefix(may, "usage"); ok {
			return "gives " + role + " usage" + strings.Replace(what, " new", " of new", 1)
		}
		return "lets " + role + " " + may
	}
	return what
}
