package rules

import "slices"

// The categories: what a rule is about, for those who read a report. The
// folder that a rule stands in is only where to find it.
const (
	CategorySecurity    = "security"    // who may read or change what they should not
	CategoryRealtime    = "realtime"    // what clients are sent
	CategoryClaims      = "claims"      // what policies read from the token
	CategoryHook        = "hook"        // what the access token hook writes into it
	CategoryCorrectness = "correctness" // what fails, or never does what it seems to
	CategoryPerformance = "performance" // what works and costs more than it need
	CategoryMigration   = "migration"   // what the migrations themselves say
	CategoryCustom      = "custom"      // the rules that rules.yaml defines
)

// Categories lists the categories in the order in which lists show them.
func Categories() []string {
	return []string{
		CategorySecurity, CategoryRealtime, CategoryClaims, CategoryHook,
		CategoryCorrectness, CategoryPerformance, CategoryMigration, CategoryCustom,
	}
}

// byFolder is the category of the rules of a folder that do not name one.
var byFolder = map[string]string{
	"access":     CategorySecurity,
	"tenancy":    CategorySecurity,
	"storage":    CategorySecurity,
	"policies":   CategoryCorrectness,
	"bypass":     CategorySecurity,
	"claims":     CategoryClaims,
	"drift":      CategoryMigration,
	"exposure":   CategorySecurity,
	"functions":  CategorySecurity,
	"grants":     CategorySecurity,
	"hook":       CategoryHook,
	"identity":   CategoryRealtime,
	"migrations": CategoryMigration,
	"project":    CategoryCorrectness,
	"realtime":   CategoryRealtime,
	"rls":        CategorySecurity,
	"schema":     CategoryCorrectness,
}

// InCategory are the rules of a category, in their order.
func InCategory(all []*Rule, category string) []*Rule {
	return slices.DeleteFunc(slices.Clone(all), func(r *Rule) bool { return r.Category != category })
}
