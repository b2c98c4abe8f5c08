package static

import (
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/expr/parse"
	"policylint/inspect/static/guard"
)

// doubt leaves what a statement may have touched in doubt, of which only a
// pattern is known: guard.Hole stands for the rest. It reports whether that
// needs saying.
func (r *replay) doubt(pattern string) bool {
	tree, err := parse.SQL(pattern)
	if err != nil {
		// What is not known is more than names: the beginning says what kind of
		// statement it is.
		r.doubtPrefix(strings.ToLower(strings.Join(strings.Fields(pattern), " ")))
		return true
	}
	told := false
	for _, s := range tree.Stmts {
		told = r.doubtNode(s.Stmt) || told
	}
	return told
}

// A pattern is the tables that a name with holes may mean.
type pattern struct{ schema, name string }

func patternOf(v *pg.RangeVar, r *replay) pattern {
	p := pattern{v.GetSchemaname(), v.GetRelname()}
	if p.schema == "" {
		p.schema = "public"
		if s, err := r.creationSchema(); err == nil {
			p.schema = s
		}
	}
	return p
}

// fits reports whether a name may be what the pattern stands for.
func fits(pattern, name string) bool {
	parts := strings.Split(pattern, guard.Hole)
	if len(parts) == 1 {
		return pattern == name
	}
	if !strings.HasPrefix(name, parts[0]) || !strings.HasSuffix(name, parts[len(parts)-1]) {
		return false
	}
	rest := name[len(parts[0]):]
	for _, p := range parts[1:] {
		at := strings.Index(rest, p)
		if at < 0 {
			return false
		}
		rest = rest[at+len(p):]
	}
	return true
}

// each calls f for the project's tables that the pattern may mean, for
// changing them.
func (r *replay) each(p pattern, f func(*catalog.Table)) {
	var names []catalog.Name
	for t := range r.cat.Tables.All() {
		if fits(p.schema, t.Name.Schema) && fits(p.name, t.Name.Name) && (!t.Platform || !strings.Contains(p.schema, guard.Hole)) {
			names = append(names, t.Name)
		}
	}
	for _, n := range names {
		t, _ := r.cat.Tables.Edit(n)
		f(t)
	}
}

func (r *replay) aspects(p pattern, a catalog.Aspect) {
	r.each(p, func(t *catalog.Table) {
		t.Unsure |= a
		t.Grants.Unsure = t.Grants.Unsure || a.Any(catalog.Grants)
	})
}

// everyTable is the pattern that any table of the project fits.
var everyTable = pattern{guard.Hole, guard.Hole}

// doubtNode is doubt for one statement.
func (r *replay) doubtNode(n *pg.Node) bool {
	switch n := n.GetNode().(type) {
	case *pg.Node_AlterTableStmt:
		p := patternOf(n.AlterTableStmt.Relation, r)
		for _, c := range n.AlterTableStmt.Cmds {
			r.doubtCommand(p, c.GetAlterTableCmd())
		}
	case *pg.Node_CreatePolicyStmt:
		r.aspects(patternOf(n.CreatePolicyStmt.Table, r), catalog.Policies)
	case *pg.Node_AlterPolicyStmt:
		r.aspects(patternOf(n.AlterPolicyStmt.Table, r), catalog.Policies)
	case *pg.Node_CreateTrigStmt:
		r.aspects(patternOf(n.CreateTrigStmt.Relation, r), catalog.Keys)
	case *pg.Node_IndexStmt:
		r.aspects(patternOf(n.IndexStmt.Relation, r), catalog.Keys)
	case *pg.Node_RenameStmt:
		r.aspects(everyTable, catalog.Existence)
		if v := n.RenameStmt.Relation; v != nil {
			r.aspects(patternOf(v, r), catalog.Everything)
		}
	case *pg.Node_DropStmt:
		r.doubtDrop(n.DropStmt)
	case *pg.Node_GrantStmt:
		r.doubtGrant(n.GrantStmt)
	case *pg.Node_AlterDefaultPrivilegesStmt:
		for d := range r.cat.Defaults.All() {
			d, _ = r.cat.Defaults.Edit(d.Key)
			d.Grants.Unsure = true
		}
	case *pg.Node_AlterPublicationStmt:
		r.doubtPublication(n.AlterPublicationStmt.Pubname)
	case *pg.Node_CreateFunctionStmt:
		parts := names(n.CreateFunctionStmt.Funcname)
		r.doubtFunction(parts[len(parts)-1])
	case *pg.Node_InsertStmt, *pg.Node_UpdateStmt, *pg.Node_DeleteStmt, *pg.Node_CommentStmt, *pg.Node_NotifyStmt,
		*pg.Node_TruncateStmt, *pg.Node_VacuumStmt, *pg.Node_RefreshMatViewStmt, *pg.Node_LockStmt, *pg.Node_CopyStmt:
		return false
	case *pg.Node_SelectStmt:
		return r.effective(n.SelectStmt)
	}
	return true
}

// doubtCommand is doubt for one command of ALTER TABLE.
func (r *replay) doubtCommand(p pattern, c *pg.AlterTableCmd) {
	r.each(p, func(t *catalog.Table) {
		switch c.GetSubtype() {
		case pg.AlterTableType_AT_EnableRowSecurity, pg.AlterTableType_AT_DisableRowSecurity:
			t.RLS = catalog.Unknown[bool](r.at)
		case pg.AlterTableType_AT_ForceRowSecurity, pg.AlterTableType_AT_NoForceRowSecurity:
			t.ForceRLS = catalog.Unknown[bool](r.at)
		case pg.AlterTableType_AT_ReplicaIdentity:
			t.Identity = catalog.Unknown[catalog.Identity](r.at)
		case pg.AlterTableType_AT_ChangeOwner:
			t.Owner, t.Grants.Unsure = catalog.Unknown[string](r.at), true
		case pg.AlterTableType_AT_AddColumn, pg.AlterTableType_AT_DropColumn, pg.AlterTableType_AT_AlterColumnType,
			pg.AlterTableType_AT_ColumnDefault, pg.AlterTableType_AT_SetNotNull, pg.AlterTableType_AT_DropNotNull:
			t.Unsure |= catalog.Columns | catalog.Keys
		case pg.AlterTableType_AT_AddConstraint, pg.AlterTableType_AT_DropConstraint, pg.AlterTableType_AT_ValidateConstraint,
			pg.AlterTableType_AT_EnableTrig, pg.AlterTableType_AT_DisableTrig, pg.AlterTableType_AT_AddIndexConstraint:
			t.Unsure |= catalog.Keys
		case pg.AlterTableType_AT_SetLogged, pg.AlterTableType_AT_SetUnLogged:
			t.Persistence = catalog.Unknown[catalog.Persistence](r.at)
		case pg.AlterTableType_AT_SetStatistics, pg.AlterTableType_AT_SetStorage, pg.AlterTableType_AT_ClusterOn,
			pg.AlterTableType_AT_SetRelOptions, pg.AlterTableType_AT_SetTableSpace:
		default:
			t.Unsure |= catalog.Columns | catalog.Keys | catalog.Policies
		}
	})
}

func (r *replay) doubtDrop(n *pg.DropStmt) {
	for _, o := range n.Objects {
		parts := objectParts(o)
		last := parts[len(parts)-1]
		p := pattern{"public", last}
		if len(parts) > 1 {
			p.schema = parts[len(parts)-2]
		}
		switch n.RemoveType {
		case pg.ObjectType_OBJECT_POLICY, pg.ObjectType_OBJECT_TRIGGER:
			a := catalog.Policies
			if n.RemoveType == pg.ObjectType_OBJECT_TRIGGER {
				a = catalog.Keys
			}
			p = pattern{"public", guard.Hole}
			if len(parts) > 1 {
				p.name = parts[len(parts)-2]
			}
			if len(parts) > 2 {
				p.schema = parts[len(parts)-3]
			}
			r.aspects(p, a)
		case pg.ObjectType_OBJECT_FUNCTION, pg.ObjectType_OBJECT_PROCEDURE, pg.ObjectType_OBJECT_ROUTINE:
			r.doubtFunction(last)
		case pg.ObjectType_OBJECT_VIEW, pg.ObjectType_OBJECT_MATVIEW:
			for v := range r.cat.Views.All() {
				if fits(p.schema, v.Name.Schema) && fits(p.name, v.Name.Name) {
					v, _ = r.cat.Views.Edit(v.Name)
					v.Unsure |= catalog.Existence
				}
			}
		case pg.ObjectType_OBJECT_TYPE, pg.ObjectType_OBJECT_DOMAIN:
			for t := range r.cat.Types.All() {
				if fits(p.schema, t.Name.Schema) && fits(p.name, t.Name.Name) {
					t, _ = r.cat.Types.Edit(t.Name)
					t.Unsure |= catalog.Existence
				}
			}
		case pg.ObjectType_OBJECT_INDEX:
			r.aspects(pattern{p.schema, guard.Hole}, catalog.Keys)
		case pg.ObjectType_OBJECT_TABLE:
			r.aspects(p, catalog.Existence)
		case pg.ObjectType_OBJECT_PUBLICATION:
			r.doubtPublication(last)
		}
	}
}

// objectParts is the name in a DROP, of whatever kind.
func objectParts(o *pg.Node) []string {
	list := o.GetList().GetItems()
	if f := o.GetObjectWithArgs(); f != nil {
		list = f.Objname
	}
	if t := o.GetTypeName(); t != nil {
		list = t.Names
	}
	if s := o.GetString_(); s != nil {
		return []string{s.Sval}
	}
	if len(list) == 0 {
		return []string{guard.Hole}
	}
	return names(list)
}

func (r *replay) doubtFunction(name string) {
	for o := range r.cat.Functions.All() {
		if o.Functions[0].Platform || !fits(name, o.Name.Name) {
			continue
		}
		o, _ = r.cat.Functions.Edit(o.Name)
		for _, f := range o.Functions {
			f.Unsure |= catalog.Existence | catalog.Body | catalog.Grants
			f.Grants.Unsure = true
		}
	}
}

func (r *replay) doubtPublication(name string) {
	for p := range r.cat.Publications.All() {
		if fits(name, p.Name) {
			p, _ = r.cat.Publications.Edit(p.Name)
			p.Unsure |= catalog.Members
		}
	}
}

// doubtPrefix is doubt for a statement of which only the beginning is known.
func (r *replay) doubtPrefix(text string) {
	for _, x := range []struct {
		words string
		do    func()
	}{
		{"alter table", func() { r.doubtCommand(everyTable, nil) }},
		{"create policy", func() { r.aspects(everyTable, catalog.Policies) }},
		{"alter policy", func() { r.aspects(everyTable, catalog.Policies) }},
		{"drop policy", func() { r.aspects(everyTable, catalog.Policies) }},
		{"drop table", func() { r.aspects(everyTable, catalog.Existence) }},
		{"create trigger", func() { r.aspects(everyTable, catalog.Keys) }},
		{"drop trigger", func() { r.aspects(everyTable, catalog.Keys) }},
		{"create index", func() { r.aspects(everyTable, catalog.Keys) }},
		{"create unique index", func() { r.aspects(everyTable, catalog.Keys) }},
		{"drop index", func() { r.aspects(everyTable, catalog.Keys) }},
		{"grant", func() { r.doubtAllGrants() }},
		{"revoke", func() { r.doubtAllGrants() }},
		{"alter publication", func() { r.doubtPublication(guard.Hole) }},
		{"drop function", func() { r.doubtFunction(guard.Hole) }},
		{"create or replace function", func() { r.doubtFunction(guard.Hole) }},
	} {
		if strings.HasPrefix(text, x.words) {
			x.do()
			return
		}
	}
}
