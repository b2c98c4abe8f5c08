package snapshot_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/catalog"
	"policylint/inspect/expr"
	"policylint/internal/snapshot"
)

// parse is an expression of a test.
func parse(t *testing.T, s string) expr.Expr {
	t.Helper()
	e, err := expr.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// sample has an object of every kind, with every field set where that can be.
func sample(t *testing.T) *catalog.Catalog {
	c := catalog.New()
	c.Source = catalog.Source{Kind: catalog.Migrations, Platform: "supabase", Migrator: "postgres", Files: 2, Statements: 20}
	at := catalog.Origin{File: "1.sql", Line: 3, Column: 1}
	var acl catalog.ACL
	acl.Add(catalog.Grant{Grantee: "postgres", Privilege: catalog.Select, Grantor: "postgres"})
	acl.Add(catalog.Grant{Grantee: "postgres", Privilege: catalog.Insert, Option: true, Grantor: "postgres"})
	acl.Add(catalog.Grant{Grantee: "anon", Privilege: catalog.Select, Grantor: "postgres"})
	acl.Add(catalog.Grant{Grantee: "anon", Privilege: catalog.Select, Grantor: "other"})
	tickets := catalog.Name{Schema: "public", Name: "tickets"}
	odd := catalog.Name{Schema: "a.b", Name: `c"d`}
	c.Schemas.Put(&catalog.Schema{Name: "public", Owner: catalog.Of("postgres", at), Grants: acl, Origin: at, Platform: true})
	c.Roles.Put(&catalog.Role{Name: "agent", Superuser: catalog.Of(false, at), BypassRLS: catalog.Of(true, at), MemberOf: map[string]catalog.Membership{
		"staff": {Admin: true, Inherit: true, Set: true, Grantor: "postgres", Origin: at}}, Origin: at})
	table := &catalog.Table{
		Name: tickets, Kind: catalog.Ordinary, Persistence: catalog.Of(catalog.Permanent, at), Owner: catalog.Of("postgres", at),
		Columns: []*catalog.Column{
			{Name: "id", Type: "bigint", NotNull: true, IdentityColumn: true, Origin: at, Local: true},
			{Name: "Owner", Type: "uuid", HasDefault: true, Default: parse(t, "auth.uid()"), Grants: acl, Origin: at, Local: true},
		},
		PrimaryKey: &catalog.Key{Name: "tickets_pkey", Columns: []string{"id"}, Origin: at},
		Uniques:    []*catalog.Key{{Name: "u", Columns: []string{"Owner", "id"}, Deferrable: true, Origin: at}},
		Checks:     []*catalog.Check{{Name: "positive", Expr: parse(t, "id > 0"), Origin: at}},
		Excludes:   []string{"x"},
		ForeignKeys: []*catalog.ForeignKey{{Name: "fk", Columns: []string{"Owner"}, References: catalog.Name{Schema: "auth", Name: "users"},
			RefColumns: []string{"id"}, OnDelete: "cascade", Origin: at}},
		Indexes: []*catalog.Index{{Name: "i", Columns: []string{"id", ""}, Exprs: []expr.Expr{parse(t, `lower("Owner"::text)`)}, Include: []string{"Owner"},
			Method: "btree", Unique: true, Valid: true, Immediate: true, Where: parse(t, "id > 1"), Origin: at}},
		RLS: catalog.Of(true, at), ForceRLS: catalog.Unknown[bool](at),
		Identity:    catalog.Of(catalog.Identity{Kind: catalog.IdentityIndex, Index: "i"}, at),
		PartitionOf: odd, Inherits: []catalog.Name{odd},
		Triggers: []*catalog.Trigger{{Name: "g", Timing: "before", Events: []string{"insert", "update"}, Columns: []string{"id"}, ForEachRow: true,
			Function: catalog.Name{Schema: "public", Name: "f"}, When: parse(t, "id > 2"), Enabled: true, Origin: at}},
		Grants: acl, Origin: at, Unsure: catalog.Policies,
	}
	table.PutPolicy(&catalog.Policy{Name: "agents read", Table: tickets, Command: catalog.ForSelect, Permissive: true, Roles: []string{"authenticated"},
		Using: parse(t, "(auth.jwt() ->> 'user_role') = 'agent'"), Origin: at})
	c.PutTable(table)
	c.PutTable(&catalog.Table{Name: odd, Kind: catalog.Partitioned, Partitioned: "range (id)", Assumed: true, Unsure: catalog.Everything, Grants: catalog.ACL{Unsure: true}})
	c.PutView(&catalog.View{Name: catalog.Name{Schema: "public", Name: "v"}, SecurityInvoker: catalog.Of(true, at), Owner: catalog.Of("postgres", at),
		Columns: []catalog.ViewColumn{{Name: "id", Type: "bigint", Grants: acl}}, Reads: []catalog.Name{tickets}, Calls: []catalog.Name{odd}, Grants: acl, Origin: at})
	c.PutSequence(&catalog.Sequence{Name: catalog.Name{Schema: "public", Name: "s"}, Owner: catalog.Of("postgres", at), OwnedBy: tickets, OwnedColumn: "id", Identity: true, Grants: acl})
	c.PutType(&catalog.Type{Name: catalog.Name{Schema: "public", Name: "user_role"}, Kind: catalog.Enum, Labels: []string{"client", "agent"}, Owner: catalog.Of("postgres", at), Grants: acl})
	c.PutType(&catalog.Type{Name: catalog.Name{Schema: "public", Name: "pair"}, Kind: catalog.Composite, Fields: []catalog.TypeField{{Name: "a", Type: "text"}}})
	c.PutFunction(&catalog.Function{Name: catalog.Name{Schema: "public", Name: "f"}, Kind: catalog.PlainFunction,
		Args:    []catalog.Arg{{Name: "event", Type: "jsonb", Mode: catalog.ArgIn, Default: true}, {Name: "out", Type: "text", Mode: catalog.ArgOut}},
		Returns: "jsonb", Language: "plpgsql", Volatility: catalog.Of(catalog.Stable, at), SecurityDefiner: catalog.Of(false, at), Strict: catalog.Of(true, at),
		Leakproof: catalog.Of(false, at), Config: map[string]catalog.Fact[string]{"search_path": catalog.Of("", at), "role": catalog.Unknown[string](at)},
		Body: catalog.Of("begin return event; end", at), Owner: catalog.Of("postgres", at), Grants: acl, Origin: at})
	pub := &catalog.Publication{Name: "supabase_realtime", Owner: catalog.Of("postgres", at), AllTables: catalog.Of(false, at),
		Schemas: []catalog.Published{{Schema: "public"}}, Publish: catalog.Of(catalog.Actions{Insert: true, Delete: true}, at), ViaRoot: catalog.Unknown[bool](at), Platform: true}
	pub.PutMember(&catalog.Member{Table: tickets, Columns: []string{"id"}, Where: parse(t, "id > 3")})
	c.Publications.Put(pub)
	c.Extensions.Put(&catalog.Extension{Name: "pgcrypto", Schema: "extensions", Version: "1.3", Origin: at})
	c.Buckets.Put(&catalog.Bucket{ID: "avatars", Public: catalog.Of(true, at), Origin: at})
	c.Buckets.Put(&catalog.Bucket{ID: "files", Public: catalog.Unknown[bool](at), Unsure: catalog.Existence})
	c.Settings.Put(&catalog.Setting{Key: catalog.SettingKey{Role: "authenticator", Name: "statement_timeout"}, Value: catalog.Of("8s", at), Origin: at})
	c.Defaults.Put(&catalog.DefaultPrivileges{Key: catalog.DefaultKey{Role: "postgres", Schema: "public", Kind: catalog.OnTables}, Grants: acl, Origin: at})
	c.Gaps = []catalog.Gap{{Reason: "computed", Object: table.Ref(), Origin: at}, {Reason: "of nothing"}}
	c.Failures = []catalog.Failure{{SQLState: "42P07", Message: "relation exists", Object: table.Ref(), Origin: at}}
	return c
}

func TestReadBack(t *testing.T) {
	c := sample(t)
	var first, second bytes.Buffer
	if err := snapshot.WriteJSON(&first, c, snapshot.Options{All: true}); err != nil {
		t.Fatal(err)
	}
	text := first.String()
	back, err := snapshot.ReadJSON(&first)
	if err != nil {
		t.Fatal(err)
	}
	if d := catalog.Diff(c, back); len(d) > 0 {
		t.Errorf("read back differently:\n%s", strings.Join(d, "\n"))
	}
	if err := snapshot.WriteJSON(&second, back, snapshot.Options{All: true}); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(text, second.String()); d != "" {
		t.Errorf("written differently after reading:\n%s", d)
	}
}

func TestReadBackFaults(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "it is empty",
		"version: 1":                   "it is no snapshot: invalid character",
		`{"version": 2}`:               "it has version 2, where this program knows 1",
		`{"version": 1, "tables": {}}`: "it is no snapshot: json: cannot unmarshal",
		// A report, whose first keys are the same.
		`{"version": 1, "source": {"kind": "migrations"}, "findings": []}`:                              "catalog --format json writes one",
		`{"version": 1, "tables": [], "policies": [{"table": "public.t", "name": "p", "using": "(("}]}`: "((",
	} {
		if _, err := snapshot.ReadJSON(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, not %s", text, err, want)
		}
	}
}

// TestContract holds the keys that others rely on, and their order.
func TestContract(t *testing.T) {
	var b bytes.Buffer
	if err := snapshot.WriteJSON(&b, sample(t), snapshot.Options{}); err != nil {
		t.Fatal(err)
	}
	var d struct {
		Publications, Tables, Policies, Functions []json.RawMessage
		Gaps                                      []json.RawMessage
	}
	if err := json.Unmarshal(b.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		what, start string
		got         json.RawMessage
	}{
		{"publication", `{"name":"supabase_realtime","all_tables":false,"schemas":["public"],"publish":["insert","delete"],"via_root":null,"tables":[{"name":"public.tickets","columns":["id"],"where":"id > 3"}],`, d.Publications[0]},
		{"table", `{"name":"public.tickets","kind":"table","rls":true,"force_rls":null,"replica_identity":"index i","primary_key":["id"],`, d.Tables[1]},
		{"unknown table", `{"name":"\"a.b\".\"c\"\"d\"","kind":"partitioned","rls":null,"force_rls":null,"replica_identity":null,"primary_key":null,`, d.Tables[0]},
		{"policy", `{"table":"public.tickets","name":"agents read","command":"select","permissive":true,"roles":["authenticated"],"using":"`, d.Policies[0]},
		{"function", `{"name":"public.f","args":"event jsonb, OUT \"out\" text","language":"plpgsql","security_definer":false,"volatility":"stable","search_path":"","execute":[],`, d.Functions[0]},
	} {
		var compact bytes.Buffer
		if err := json.Compact(&compact, test.got); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(compact.String(), test.start) {
			t.Errorf("%s is\n%s, not\n%s…", test.what, compact.String(), test.start)
		}
	}
	if len(d.Gaps) != 2 {
		t.Errorf("%d gaps", len(d.Gaps))
	}
}

func TestText(t *testing.T) {
	var b bytes.Buffer
	c := sample(t)
	c.PutTable(&catalog.Table{Name: catalog.Name{Schema: "public", Name: "evil\x1b[2J"}, Kind: catalog.Ordinary})
	if err := snapshot.WriteText(&b, c, snapshot.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"  supabase_realtime  insert, delete\n",
		"    public.tickets (id) where id > 3\n",
		"  public.tickets  rls on, replica identity index i, primary key (id)\n",
		"    policy \"agents read\"  for select to authenticated\n",
		"  public.f(event jsonb, OUT \"out\" text) returns jsonb  plpgsql, stable, search_path \"\"\n",
	} {
		if !strings.Contains(b.String(), line) {
			t.Errorf("no line %q in\n%s", line, b.String())
		}
	}
	if strings.Contains(b.String(), "\x1b") {
		t.Error("a name reaches the terminal unescaped")
	}
}
