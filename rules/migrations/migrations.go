// Package migrations has the rules about the migrations themselves: what the
// server would refuse, and the comments that policylint reads in them.
package migrations
