// Package schema has the rules about how tables are built: keys, indexes, types
// and extensions.
package schema
