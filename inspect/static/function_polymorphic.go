package static

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
)

// deducible reports whether a polymorphic result follows from the arguments:
// from one of the same family, and a range only from a range (PostgreSQL docs:
// Polymorphic Types).
func deducible(result string, in []catalog.Arg) bool {
	if !isPolymorphic(result) || result == `"any"` {
		return true
	}
	compatible := strings.HasPrefix(result, "anycompatible")
	ranges := strings.HasSuffix(result, "range")
	return slices.ContainsFunc(in, func(a catalog.Arg) bool {
		return isPolymorphic(a.Type) && a.Type != `"any"` && strings.HasPrefix(a.Type, "anycompatible") == compatible &&
			(!ranges || strings.HasSuffix(a.Type, "range"))
	})
}

// deducibleOutputs refuses polymorphic parameters that return what does not
// follow from those that are passed.
func deducibleOutputs(f *catalog.Function) *sqlError {
	in := inputs(f)
	for _, a := range f.Args {
		if !a.Input() && !deducible(a.Type, in) {
			return errf("42P13", "cannot determine result data type")
		}
	}
	return nil
}
