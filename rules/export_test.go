package rules

// RunOf is Run with rules that are not registered.
var RunOf = run
