// Package all has every rule: importing it registers them.
package all

import (
	_ "policylint/rules/migrations" // one line a category
	_ "policylint/rules/realtime"
)
