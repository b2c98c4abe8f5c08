package rules_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/catalog"
	"policylint/rules"
)

// ask runs f as a rule over a catalog.
func ask(c *catalog.Catalog, config *rules.Config, f func(*rules.Pass)) *rules.Result {
	return rules.RunOf([]*rules.Rule{{ID: "ask", Severity: rules.Error, Check: f}}, c, config, rules.Selection{})
}

func public(name string) catalog.Name { return catalog.Name{Schema: "public", Name: name} }

// project is a catalog with published and other tables, and a hook.
func project(body string) *catalog.Catalog {
	c := catalog.New()
	permanent := catalog.Of(catalog.Permanent, catalog.Origin{})
	for _, t := range []*catalog.Table{
		{Name: public("tickets"), Persistence: permanent},
		{Name: public("notes"), Persistence: permanent},
		{Name: public("user_roles"), Persistence: permanent, Columns: []*catalog.Column{{Name: "user_id", Type: "uuid"}, {Name: "role", Type: "public.app_role"}}},
		{Name: public("assumed"), Persistence: permanent, Assumed: true, Unsure: catalog.Everything},
		{Name: public("spatial_ref_sys"), Persistence: permanent, Extension: "postgis"},
		{Name: public("scratch"), Persistence: catalog.Of(catalog.Temporary, catalog.Origin{})},
		{Name: catalog.Name{Schema: "auth", Name: "users"}, Persistence: permanent, Platform: true},
	} {
		t.Kind = catalog.Ordinary
		c.PutTable(t)
	}
	pub := &catalog.Publication{Name: "supabase_realtime", AllTables: catalog.Of(false, catalog.Origin{})}
	pub.PutMember(&catalog.Member{Table: public("tickets"), Origin: at("1.sql", 4)})
	c.Publications.Put(pub)
	c.PutType(&catalog.Type{Name: public("app_role"), Kind: catalog.Enum, Labels: []string{"client", "agent"}})
	c.PutType(&catalog.Type{Name: public("mood"), Kind: catalog.Enum, Labels: []string{"happy"}})
	if body != "" {
		c.PutFunction(&catalog.Function{Name: rules.DefaultHook, Kind: catalog.PlainFunction, Language: "plpgsql",
			Args: []catalog.Arg{{Name: "event", Type: "jsonb", Mode: catalog.ArgIn}}, Body: catalog.Of(body, catalog.Origin{})})
	}
	return c
}

const hookBody = `
declare -- mood is no claim of ours: '{mood}'
  assigned public.app_role;
begin
  select role into assigned from public.user_roles where user_id = (event ->> 'user_id')::uuid;
  event := jsonb_set(event, '{claims,user_role}', to_jsonb(assigned));
  event := jsonb_set(event, '{claims,app_metadata,user_role}', to_jsonb(assigned));
  event := jsonb_set(event, '{claims,role}', '"authenticated"'); /* '{other}' */
  return event;
end`

func TestProjectTables(t *testing.T) {
	var got []string
	ask(project(""), nil, func(p *rules.Pass) {
		for t := range p.ProjectTables() {
			got = append(got, t.Name.Name)
		}
	})
	if d := cmp.Diff([]string{"notes", "tickets", "user_roles"}, got); d != "" {
		t.Error(d)
	}
}

func TestExpectedTables(t *testing.T) {
	configured := &rules.Config{Realtime: rules.Realtime{Listed: true, Tables: []rules.Expected{{Table: public("b")}, {Table: public("a")}}}}
	for _, test := range []struct {
		name   string
		config *rules.Config
		want   []string
		notes  int
	}{
		{"derived", nil, []string{"tickets"}, 1},
		{"configured, in its order", configured, []string{"b", "a"}, 0},
		{"none expected", &rules.Config{Realtime: rules.Realtime{Listed: true}}, nil, 0},
		{"other publication", &rules.Config{Realtime: rules.Realtime{Publication: "other"}}, nil, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			res := ask(project(""), test.config, func(p *rules.Pass) {
				for _, e := range p.ExpectedTables() {
					got = append(got, e.Table.Name)
				}
				if _, ok := p.Expects(public("tickets")); ok {
					t.Error("what is only derived is taken for configured")
				}
			})
			if d := cmp.Diff(test.want, got); d != "" {
				t.Error(d)
			}
			if len(res.Notes) != test.notes {
				t.Errorf("notes are %q", res.Notes)
			}
		})
	}
}

func TestClaims(t *testing.T) {
	configured := &rules.Config{Claims: []rules.Claim{
		{Name: "org", Paths: []rules.ClaimPath{{"org"}}, Values: []string{"one"}},
		{Name: "user_role", Paths: []rules.ClaimPath{{"user_role"}}, Enum: public("app_role")},
	}}
	for _, test := range []struct {
		name         string
		body         string
		config       *rules.Config
		paths, roles []string
	}{
		{"nothing to go by", "", nil, nil, nil},
		{"derived", hookBody, nil, []string{"app_metadata.user_role", "user_role"}, []string{"agent", "client"}},
		{"a body that cannot be read", hookBody + " mood", nil, nil, nil},
		{"configured", hookBody, configured, []string{"org", "user_role"}, []string{"agent", "client", "one"}},
		{"unfinished text", "'{a,", nil, nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			ask(project(test.body), test.config, func(p *rules.Pass) {
				if d := cmp.Diff(test.paths, p.ClaimPaths()); d != "" {
					t.Errorf("paths: %s", d)
				}
				if d := cmp.Diff(test.roles, p.AppRoles()); d != "" {
					t.Errorf("roles: %s", d)
				}
				if _, ok := p.ClaimAt([]string{"user_role"}); ok != slices.Contains(test.paths, "user_role") {
					t.Error("ClaimAt disagrees with ClaimPaths")
				}
			})
		})
	}
}

func TestHook(t *testing.T) {
	named := &rules.Config{Hook: rules.HookConfig{Function: public("other")}}
	for _, test := range []struct {
		name          string
		body          string
		config        *rules.Config
		ok, functions bool
	}{
		{"none", "", nil, false, false},
		{"by its usual name", hookBody, nil, true, true},
		{"configured and missing", hookBody, named, true, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			ask(project(test.body), test.config, func(p *rules.Pass) {
				h, ok := p.Hook()
				if ok != test.ok || (h.Function() != nil) != test.functions || h.Configured != (test.config != nil) {
					t.Errorf("hook is %+v, %t", h, ok)
				}
			})
		})
	}
}
