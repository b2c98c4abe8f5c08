package static

import (
	"slices"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// An alteration is ALTER TABLE, or ALTER VIEW, INDEX, SEQUENCE, MATERIALIZED
// VIEW and TYPE in the forms that share its statement.
type alteration struct {
	r       *replay
	name    catalog.Name
	kind    relationKind
	recurse bool // not ONLY: tables below follow
	written string
	rewrite bool // the rows change: nothing may store them
}

// A relationKind is what pg_class.relkind tells apart.
type relationKind string

// The kinds of relation, as messages call them.
const (
	plainTable      relationKind = "table"
	foreignTable    relationKind = "foreign table"
	plainView       relationKind = "view"
	materialized    relationKind = "materialized view"
	plainSequence   relationKind = "sequence"
	plainIndex      relationKind = "index"
	compositeRecord relationKind = "composite type"
)

// kindOf finds out what a relation is.
func (r *replay) kindOf(rel *catalog.Relation) relationKind {
	switch rel.Kind {
	case catalog.ViewRelation:
		if v, ok := r.cat.Views.Get(rel.Name); ok && v.Materialized {
			return materialized
		}
		return plainView
	case catalog.SequenceRelation:
		return plainSequence
	case catalog.IndexRelation:
		return plainIndex
	case catalog.CompositeRelation:
		return compositeRecord
	}
	if t, ok := r.cat.Tables.Get(rel.Name); ok && t.Kind == catalog.Foreign {
		return foreignTable
	}
	return plainTable
}

// relationOwner is the owner of any relation, an index's being its table's.
func (r *replay) relationOwner(rel *catalog.Relation) catalog.Fact[string] {
	name := rel.Name
	if rel.Kind == catalog.IndexRelation {
		name = rel.Table
	}
	if t, ok := r.cat.Tables.Get(name); ok {
		return t.Owner
	}
	if v, ok := r.cat.Views.Get(name); ok {
		return v.Owner
	}
	if s, ok := r.cat.Sequences.Get(name); ok {
		return s.Owner
	}
	if t, ok := r.cat.Types.Get(name); ok {
		return t.Owner
	}
	return catalog.Fact[string]{}
}

// objectKinds is what each spelling of ALTER takes besides what it names.
var objectKinds = map[pg.ObjectType]relationKind{
	pg.ObjectType_OBJECT_VIEW: plainView, pg.ObjectType_OBJECT_MATVIEW: materialized, pg.ObjectType_OBJECT_SEQUENCE: plainSequence,
	pg.ObjectType_OBJECT_INDEX: plainIndex, pg.ObjectType_OBJECT_FOREIGN_TABLE: foreignTable, pg.ObjectType_OBJECT_TYPE: compositeRecord,
}

// alterable finds the relation that ALTER names. It is nil without an error
// when IF EXISTS found none, or nothing is known of it.
func (r *replay) alterable(v *pg.RangeVar, as pg.ObjectType, missingOk bool) (*catalog.Relation, *sqlError) {
	if r.isSystemRelation(v) {
		return nil, errf("42501", "permission denied: %q is a system catalog", v.Relname)
	}
	if err := r.mayLook(v); err != nil {
		return nil, err
	}
	rel, _, ok := r.relation(v)
	if !ok && missingOk {
		return nil, notice()
	}
	want := objectKinds[as]
	if !ok && want != "" {
		if s := v.Schemaname; s != "" && !r.hasSchema(s) && !r.unlisted() {
			return nil, errf("3F000", "schema %q does not exist", s)
		}
		if r.unlisted() {
			return nil, nil
		}
		return nil, missingRelation(v)
	}
	if !ok {
		var err *sqlError
		if rel, err = r.open(v); err != nil {
			return nil, err
		}
	}
	kind := r.kindOf(rel)
	word := string(kind)
	if err := r.mustOwn(r.relationOwner(rel), word, rel.Name.Name); err != nil {
		return nil, err
	}
	t, isTable := r.cat.Tables.Get(rel.Name)
	switch {
	case isTable && t.Assumed:
	case want != "" && kind != want:
		return nil, errf("42809", "%q is not %s", v.Relname, withArticle(string(want)))
	case want == "" && kind == compositeRecord:
		return nil, errf("42809", "%q is a composite type", v.Relname)
	}
	return rel, nil
}

func withArticle(word string) string {
	if word == "index" {
		return "an index"
	}
	return "a " + word
}

// alterTable replays ALTER TABLE and its like.
func (r *replay) alterTable(n *pg.AlterTableStmt) *sqlError {
	rel, err := r.alterable(n.Relation, n.Objtype, n.MissingOk)
	if err != nil || rel == nil {
		return err
	}
	a := &alteration{r: r, name: rel.Name, kind: r.kindOf(rel), recurse: n.Relation.Inh, written: n.Relation.Relname}
	cmds := make([]*pg.AlterTableCmd, len(n.Cmds))
	for i, c := range n.Cmds {
		cmds[i] = c.GetAlterTableCmd()
		if err := a.permitted(cmds[i]); err != nil {
			return err
		}
		if err := a.typed(cmds[i]); err != nil {
			return err
		}
		if cmds[i].Subtype == pg.AlterTableType_AT_AlterColumnType && a.kind != compositeRecord {
			if err := a.prepareType(cmds[i]); err != nil {
				return err
			}
		}
	}
	if a.kind == compositeRecord {
		return a.compositeCommands(cmds)
	}
	slices.SortStableFunc(cmds, func(x, y *pg.AlterTableCmd) int { return pass(x) - pass(y) })
	for _, c := range cmds {
		if err := a.command(c); err != nil {
			return err
		}
	}
	if a.rewrite {
		return a.rewritten()
	}
	return nil
}

// pass is when the server carries out a subcommand: what takes away comes
// first, keys after columns, checks and foreign keys after keys.
func pass(c *pg.AlterTableCmd) int {
	switch c.Subtype {
	case pg.AlterTableType_AT_DropColumn, pg.AlterTableType_AT_DropConstraint, pg.AlterTableType_AT_DropNotNull,
		pg.AlterTableType_AT_DropExpression, pg.AlterTableType_AT_DropIdentity:
		return 0
	case pg.AlterTableType_AT_ColumnDefault:
		if c.Def == nil {
			return 0
		}
		return 9
	case pg.AlterTableType_AT_AlterColumnType:
		return 1
	case pg.AlterTableType_AT_AddColumn:
		return 4
	case pg.AlterTableType_AT_SetNotNull:
		return 6
	case pg.AlterTableType_AT_AddConstraint:
		switch c.Def.GetConstraint().GetContype() {
		case pg.ConstrType_CONSTR_CHECK, pg.ConstrType_CONSTR_FOREIGN:
			return 9
		}
		if c.Def.GetConstraint().GetIndexname() != "" {
			return 7
		}
		return 8
	case pg.AlterTableType_AT_AddIdentity:
		return 9
	}
	return 10
}

// command carries out one subcommand.
func (a *alteration) command(c *pg.AlterTableCmd) *sqlError {
	switch c.Subtype {
	case pg.AlterTableType_AT_AddColumn:
		return a.addColumn(c)
	case pg.AlterTableType_AT_DropColumn:
		return a.dropColumn(c)
	case pg.AlterTableType_AT_ColumnDefault:
		return a.columnDefault(c)
	case pg.AlterTableType_AT_DropNotNull:
		return a.dropNotNull(c)
	case pg.AlterTableType_AT_SetNotNull:
		return a.setNotNull(c)
	case pg.AlterTableType_AT_DropExpression:
		if a.inheritsColumn(c.Name) {
			return errf("42P16", "cannot drop generation expression from inherited column")
		}
		return a.dropExpression(c)
	case pg.AlterTableType_AT_AlterColumnType:
		return a.columnType(c)
	case pg.AlterTableType_AT_AddIdentity, pg.AlterTableType_AT_SetIdentity, pg.AlterTableType_AT_DropIdentity:
		return a.columnIdentity(c)
	case pg.AlterTableType_AT_SetStatistics, pg.AlterTableType_AT_SetStorage, pg.AlterTableType_AT_SetCompression,
		pg.AlterTableType_AT_SetOptions, pg.AlterTableType_AT_ResetOptions, pg.AlterTableType_AT_AlterColumnGenericOptions:
		if c.Name == "" {
			return a.indexStatistics(int(c.Num))
		}
		_, err := a.column(c.Name)
		return err
	case pg.AlterTableType_AT_AddConstraint:
		return a.addConstraint(c.Def.GetConstraint())
	case pg.AlterTableType_AT_DropConstraint:
		return a.dropConstraint(c)
	case pg.AlterTableType_AT_ValidateConstraint, pg.AlterTableType_AT_AlterConstraint:
		return a.alterConstraint(c)
	case pg.AlterTableType_AT_EnableRowSecurity, pg.AlterTableType_AT_DisableRowSecurity,
		pg.AlterTableType_AT_ForceRowSecurity, pg.AlterTableType_AT_NoForceRowSecurity:
		return a.rowSecurity(c.Subtype)
	case pg.AlterTableType_AT_ReplicaIdentity:
		return a.replicaIdentity(c.Def.GetReplicaIdentityStmt())
	case pg.AlterTableType_AT_ChangeOwner:
		return a.changeOwner(c.Newowner)
	case pg.AlterTableType_AT_ClusterOn:
		return a.clusterOn(c.Name)
	case pg.AlterTableType_AT_SetLogged, pg.AlterTableType_AT_SetUnLogged:
		return a.setLogged(c.Subtype == pg.AlterTableType_AT_SetLogged)
	case pg.AlterTableType_AT_SetRelOptions, pg.AlterTableType_AT_ResetRelOptions, pg.AlterTableType_AT_ReplaceRelOptions:
		return a.options(c)
	case pg.AlterTableType_AT_EnableRule, pg.AlterTableType_AT_DisableRule, pg.AlterTableType_AT_EnableAlwaysRule, pg.AlterTableType_AT_EnableReplicaRule:
		return a.rule(c.Name)
	case pg.AlterTableType_AT_AddInherit:
		return a.addInherit(c.Def.GetRangeVar())
	case pg.AlterTableType_AT_AddOf:
		return a.addOf(c.Def.GetTypeName())
	case pg.AlterTableType_AT_DropOf:
		return a.dropOf()
	case pg.AlterTableType_AT_DropInherit:
		return a.dropInherit(c.Def.GetRangeVar())
	case pg.AlterTableType_AT_AttachPartition:
		return a.attach(c.Def.GetPartitionCmd())
	case pg.AlterTableType_AT_DetachPartition, pg.AlterTableType_AT_DetachPartitionFinalize:
		return a.detach(c.Def.GetPartitionCmd())
	}
	if on, all, ok := triggerCommand(c.Subtype); ok {
		if err := a.systemTriggers(c); err != nil {
			return err
		}
		return a.enableTrigger(c.Name, on, all)
	}
	return nil
}
