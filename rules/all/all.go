// Package all has every rule: importing it registers them.
package all

import (
	// One line a folder.
	_ "policylint/rules/access"
	_ "policylint/rules/bypass"
	_ "policylint/rules/claims"
	_ "policylint/rules/drift"
	_ "policylint/rules/exposure"
	_ "policylint/rules/functions"
	_ "policylint/rules/grants"
	_ "policylint/rules/hook"
	_ "policylint/rules/identity"
	_ "policylint/rules/migrations"
	_ "policylint/rules/policies"
	_ "policylint/rules/project"
	_ "policylint/rules/realtime"
	_ "policylint/rules/rls"
	_ "policylint/rules/schema"
	_ "policylint/rules/storage"
	_ "policylint/rules/tenancy"
)
