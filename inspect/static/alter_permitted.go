package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// permittedOn has the kinds of relation that a subcommand takes besides
// tables, by ATPrepCmd in PostgreSQL's tablecmds.c.
var permittedOn = map[pg.AlterTableType][]relationKind{
	pg.AlterTableType_AT_AddColumn:                 {foreignTable, compositeRecord},
	pg.AlterTableType_AT_ColumnDefault:             {foreignTable, plainView},
	pg.AlterTableType_AT_DropNotNull:               {foreignTable},
	pg.AlterTableType_AT_SetNotNull:                {foreignTable},
	pg.AlterTableType_AT_AddIdentity:               {foreignTable, plainView},
	pg.AlterTableType_AT_SetIdentity:               {foreignTable, plainView},
	pg.AlterTableType_AT_DropIdentity:              {foreignTable, plainView},
	pg.AlterTableType_AT_DropExpression:            {foreignTable},
	pg.AlterTableType_AT_SetStatistics:             {foreignTable, materialized, plainIndex},
	pg.AlterTableType_AT_SetOptions:                {foreignTable, materialized},
	pg.AlterTableType_AT_ResetOptions:              {foreignTable, materialized},
	pg.AlterTableType_AT_SetStorage:                {foreignTable, materialized},
	pg.AlterTableType_AT_SetCompression:            {materialized},
	pg.AlterTableType_AT_DropColumn:                {foreignTable, compositeRecord},
	pg.AlterTableType_AT_AddConstraint:             {foreignTable},
	pg.AlterTableType_AT_DropConstraint:            {foreignTable},
	pg.AlterTableType_AT_ValidateConstraint:        {foreignTable},
	pg.AlterTableType_AT_AlterColumnType:           {foreignTable, compositeRecord},
	pg.AlterTableType_AT_ClusterOn:                 {materialized},
	pg.AlterTableType_AT_DropCluster:               {materialized},
	pg.AlterTableType_AT_SetLogged:                 {plainSequence},
	pg.AlterTableType_AT_SetUnLogged:               {plainSequence},
	pg.AlterTableType_AT_SetAccessMethod:           {materialized},
	pg.AlterTableType_AT_SetTableSpace:             {materialized, plainIndex},
	pg.AlterTableType_AT_SetRelOptions:             {plainView, materialized, plainIndex},
	pg.AlterTableType_AT_ResetRelOptions:           {plainView, materialized, plainIndex},
	pg.AlterTableType_AT_ReplaceRelOptions:         {plainView, materialized, plainIndex},
	pg.AlterTableType_AT_AddInherit:                {foreignTable},
	pg.AlterTableType_AT_DropInherit:               {foreignTable},
	pg.AlterTableType_AT_ReplicaIdentity:           {materialized},
	pg.AlterTableType_AT_AttachPartition:           {plainIndex},
	pg.AlterTableType_AT_EnableTrig:                {foreignTable},
	pg.AlterTableType_AT_EnableAlwaysTrig:          {foreignTable},
	pg.AlterTableType_AT_EnableReplicaTrig:         {foreignTable},
	pg.AlterTableType_AT_EnableTrigAll:             {foreignTable},
	pg.AlterTableType_AT_EnableTrigUser:            {foreignTable},
	pg.AlterTableType_AT_DisableTrig:               {foreignTable},
	pg.AlterTableType_AT_DisableTrigAll:            {foreignTable},
	pg.AlterTableType_AT_DisableTrigUser:           {foreignTable},
	pg.AlterTableType_AT_EnableRule:                {},
	pg.AlterTableType_AT_DisableRule:               {},
	pg.AlterTableType_AT_EnableAlwaysRule:          {},
	pg.AlterTableType_AT_EnableReplicaRule:         {},
	pg.AlterTableType_AT_AddOf:                     {},
	pg.AlterTableType_AT_DropOf:                    {},
	pg.AlterTableType_AT_EnableRowSecurity:         {},
	pg.AlterTableType_AT_DisableRowSecurity:        {},
	pg.AlterTableType_AT_ForceRowSecurity:          {},
	pg.AlterTableType_AT_NoForceRowSecurity:        {},
	pg.AlterTableType_AT_AlterConstraint:           {},
	pg.AlterTableType_AT_AddIndexConstraint:        {},
	pg.AlterTableType_AT_DetachPartition:           {},
	pg.AlterTableType_AT_GenericOptions:            {foreignTable},
	pg.AlterTableType_AT_AlterColumnGenericOptions: {foreignTable},
}

// permitted refuses a subcommand that the kind of relation does not know.
func (a *alteration) permitted(c *pg.AlterTableCmd) *sqlError {
	kinds, ok := permittedOn[c.Subtype]
	if !ok || a.kind == plainTable || slices.Contains(kinds, a.kind) {
		return nil
	}
	return errf("42809", "ALTER action cannot be performed on relation %q", a.name.Name)
}
