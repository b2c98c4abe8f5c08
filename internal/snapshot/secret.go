package snapshot

import (
	"strings"

	"policylint/inspect/catalog"
)

// settingOf is the value of a configuration parameter, nil when it is not
// known or not for others to see. Parameters with a dot in their name are the
// application's own (PostgreSQL docs 20.16, Customized Options): projects keep
// API keys and JWT secrets in them, and a snapshot is made to be kept.
func settingOf(name string, value catalog.Fact[string]) *string {
	if strings.Contains(name, ".") {
		return nil
	}
	return factOf(value)
}
