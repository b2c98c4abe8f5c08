package report

import "reflect"

// JSONType is the type that --format json encodes.
var JSONType = reflect.TypeFor[jsonReport]()

// Wrap breaks text at blanks.
var Wrap = wrap
