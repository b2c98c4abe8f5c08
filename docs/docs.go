// Package docs holds the contracts that are shipped with the program.
package docs

import _ "embed"

// ReportSchema is the JSON Schema of what --format json prints.
//
//go:embed report.schema.json
var ReportSchema []byte
