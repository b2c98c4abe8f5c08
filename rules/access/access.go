// Package access has the rules about who may see and do what, as rules.yaml
// expects it.
package access
