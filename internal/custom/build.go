package custom

import (
	"slices"
	"strings"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
)

// doubts gathers the fields that are not known.
type doubts []string

// unless adds the fields, unless they are known.
func (d *doubts) unless(known bool, fields ...string) {
	if !known {
		*d = append(*d, fields...)
	}
}

func (d doubts) sorted() []string {
	slices.Sort(d)
	return slices.Compact(d)
}

// OfTable is a table of the catalog.
func OfTable(c *catalog.Catalog, t *catalog.Table, published catalog.Fact[bool], exposed bool) Subject {
	out := &Table{
		Schema: t.Name.Schema, Name: t.Name.Name, Kind: string(t.Kind), Persistence: string(t.Persistence.Value), Owner: t.Owner.Value,
		RLS: t.RLS.Value, ForceRLS: t.ForceRLS.Value, ReplicaIdentity: t.Identity.Value.String(), Published: published.Value, Exposed: exposed,
		Grants: grants("table", t.Name.String(), "", &t.Grants),
	}
	var d doubts
	d.unless(t.Persistence.Known, "persistence")
	d.unless(t.Owner.Known, "owner")
	d.unless(t.RLS.Known, "rls")
	d.unless(t.ForceRLS.Known, "force_rls")
	d.unless(t.Identity.Known, "replica_identity")
	d.unless(published.Known, "published")
	d.unless(!t.Unsure.Any(catalog.Columns), "columns")
	d.unless(!t.Unsure.Any(catalog.Keys), "primary_key", "indexes", "foreign_keys")
	d.unless(!t.Unsure.Any(catalog.Policies), "policies")
	d.unless(!t.Unsure.Any(catalog.Grants) && !t.Grants.Unsure, "grants")
	if t.PrimaryKey != nil {
		out.PrimaryKey = t.PrimaryKey.Columns
	}
	for _, col := range t.Columns {
		out.Columns = append(out.Columns, Column{col.Name, col.Type, col.NotNull, col.HasDefault, col.Generated, col.IdentityColumn})
		out.Grants = append(out.Grants, grants("table", t.Name.String(), col.Name, &col.Grants)...)
		d.unless(!col.Grants.Unsure, "grants")
	}
	for _, i := range t.Indexes {
		out.Indexes = append(out.Indexes, Index{i.Name, i.Columns, i.Method, i.Unique, i.Primary, i.Where != nil})
	}
	for _, k := range t.ForeignKeys {
		out.ForeignKeys = append(out.ForeignKeys, ForeignKey{k.Name, k.Columns, k.References.String(), k.OnDelete})
	}
	for _, g := range t.Triggers {
		out.Triggers = append(out.Triggers, Trigger{g.Name, g.Timing, g.Events, g.ForEachRow, g.Function.String(), g.Enabled})
	}
	for p := range t.Policies() {
		s := OfPolicy(c, p)
		out.Policies = append(out.Policies, *s.Object.(*Policy))
		d.unless(s.Unknown == nil, "policies")
	}
	return Subject{out, d.sorted()}
}

// OfPolicy is a policy of the catalog.
func OfPolicy(c *catalog.Catalog, p *catalog.Policy) Subject {
	out := &Policy{
		Schema: p.Table.Schema, Table: p.Table.Name, Name: p.Name, Command: string(p.Command), Permissive: p.Permissive, Roles: p.Roles,
	}
	if p.Using != nil {
		out.Using = expr.String(p.Using)
	}
	if p.Check != nil {
		out.Check = expr.String(p.Check)
	}
	e := c.Expanded(p)
	for _, side := range []expr.Expr{e.Using, e.Check} {
		for _, claim := range expr.Claims(side) {
			out.Claims = append(out.Claims, strings.Join(claim.Path, "."))
		}
		out.Reads = append(out.Reads, expr.Relations(side)...)
	}
	slices.Sort(out.Claims)
	slices.Sort(out.Reads)
	out.Claims, out.Reads = slices.Compact(out.Claims), slices.Compact(out.Reads)
	var d doubts
	d.unless(!p.Unsure.Any(catalog.Everything), "command", "permissive", "roles", "using", "check", "claims", "reads")
	return Subject{out, d.sorted()}
}

// OfFunction is a function of the catalog.
func OfFunction(f *catalog.Function, exposed bool) Subject {
	path, has := f.SearchPath()
	out := &Function{
		Schema: f.Name.Schema, Name: f.Name.Name, Kind: string(f.Kind), Returns: f.Returns, Language: f.Language, Volatility: string(f.Volatility.Value),
		SecurityDefiner: f.SecurityDefiner.Value, Strict: f.Strict.Value, HasSearchPath: has, SearchPath: path.Value, Owner: f.Owner.Value,
		Body: f.Body.Value, Exposed: exposed, Grants: grants("function", f.Ref().Name, "", &f.Grants),
	}
	for _, a := range f.Args {
		if a.Input() {
			out.Arguments = append(out.Arguments, a.Type)
		}
	}
	var d doubts
	d.unless(f.Volatility.Known, "volatility")
	d.unless(f.SecurityDefiner.Known, "security_definer")
	d.unless(f.Strict.Known, "strict")
	d.unless(!has || path.Known, "has_search_path", "search_path")
	d.unless(f.Owner.Known, "owner")
	d.unless(f.Body.Known && !f.Unsure.Any(catalog.Body), "body")
	d.unless(!f.Unsure.Any(catalog.Grants) && !f.Grants.Unsure, "grants")
	return Subject{out, d.sorted()}
}

// OfPublication is a publication of the catalog.
func OfPublication(p *catalog.Publication) Subject {
	out := &Publication{
		Name: p.Name, Owner: p.Owner.Value, AllTables: p.AllTables.Value, Publish: p.Publish.Value.List(), ViaRoot: p.ViaRoot.Value,
	}
	for _, s := range p.Schemas {
		out.Schemas = append(out.Schemas, s.Schema)
	}
	for _, m := range p.Members {
		out.Tables = append(out.Tables, m.Table.String())
	}
	var d doubts
	d.unless(p.Owner.Known, "owner")
	d.unless(p.AllTables.Known, "all_tables")
	d.unless(p.Publish.Known, "publish")
	d.unless(p.ViaRoot.Known, "via_root")
	d.unless(!p.Unsure.Any(catalog.Members), "schemas", "tables")
	return Subject{out, d.sorted()}
}

// OfView is a view or materialized view of the catalog.
func OfView(v *catalog.View, exposed bool) Subject {
	out := &View{
		Schema: v.Name.Schema, Name: v.Name.Name, Materialized: v.Materialized, SecurityInvoker: v.SecurityInvoker.Value, Owner: v.Owner.Value,
		Exposed: exposed, Grants: grants("view", v.Name.String(), "", &v.Grants),
	}
	for _, n := range v.Reads {
		out.Reads = append(out.Reads, n.String())
	}
	var d doubts
	d.unless(v.SecurityInvoker.Known, "security_invoker")
	d.unless(v.Owner.Known, "owner")
	d.unless(!v.Unsure.Any(catalog.Body), "reads")
	d.unless(!v.Unsure.Any(catalog.Grants) && !v.Grants.Unsure, "grants")
	return Subject{out, d.sorted()}
}

// OfGrant is one privilege on an object.
func OfGrant(kind, object, column string, g catalog.Grant) Subject {
	return Subject{Object: &Grant{kind, object, column, g.Grantee, string(g.Privilege), g.Option}}
}

func grants(kind, object, column string, a *catalog.ACL) []Grant {
	var out []Grant
	for _, g := range a.Grants() {
		out = append(out, *OfGrant(kind, object, column, g).Object.(*Grant))
	}
	return out
}
