package rules_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/catalog"
	"policylint/rules"
	_ "policylint/rules/all"
)

func TestReadConfigFaults(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"empty", "", "1:1: empty: it needs at least `version: 1`"},
		{"only comments", "# nothing\n", "1:1: empty: it needs at least `version: 1`"},
		{"no version", "platform: supabase\n", "1:1: no version: add `version: 1`"},
		{"other version", "version: 2\n", "1:10: version is not 1, the only one there is"},
		{"a list", "- version\n", "1:1: the configuration is a list, not a mapping of keys to values"},
		{"a text", "hello\n", "1:1: the configuration is a text, not a mapping of keys to values"},
		{"invalid YAML", "version: 1\nrules: [\n", "2:1: invalid YAML: did not find expected node content"},
		{"tab", "version: 1\nrealtime:\n\ttables: []\n", "3:1: invalid YAML: found character that cannot start any token"},
		{"duplicate key", "version: 1\nplatform: postgres\nplatform: supabase\n", `3:1: key "platform" is already in line 2`},
		{"unknown key", "version: 1\nrealtim: {}\n", `2:1: unknown key "realtim" in the configuration: did you mean "realtime"?`},
		{"unknown key far from any", "version: 1\nhook: {xyzzyplugh: 1}\n", `2:8: unknown key "xyzzyplugh" in hook: the keys are function, role`},
		{"two documents", "version: 1\n---\nversion: 1\n", "2:1: second document: put everything into one"},
		{"anchor", "version: 1\nexposed_schemas: &a [public]\n", "2:18: anchors and aliases are not supported: write the value out"},
		{"bomb", "version: 1\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n", "2:4: anchors and aliases are not supported: write the value out"},
		{"merge key", "version: 1\n<<: {platform: postgres}\n", `2:1: unknown key "<<" in the configuration: the keys are auto_expose_new_tables, baseline, claims, config_toml, custom, expect, exposed_schemas, fail_on, hook, ignore, migrations, origins, platform, preset, realtime, rules, subjects, version`},
		{"not UTF-8", "version: 1\nplatform: \xff\n", "2:11: not UTF-8 text: save the file as UTF-8"},
		{"zero byte", "version: 1\nplatform: \"a\\0b\"\n", "2:11: platform has a zero byte"},
		{"too large", strings.Repeat("#", 2<<20), "1:1: too large for such a file: 2 MB, at most 1"},
		{"auto expose", "version: 1\nauto_expose_new_tables: flase\n", `2:25: unknown auto_expose_new_tables "flase": did you mean "false"?`},
		{"platform", "version: 1\nplatform: supabse\n", `2:11: unknown platform "supabse": did you mean "supabase"?`},
		{"preset", "version: 1\npreset: strickt\n", `2:9: unknown preset "strickt": did you mean "strict"?`},
		{"fail_on", "version: 1\nfail_on: errors\n", `2:10: unknown severity for fail_on "errors": did you mean "error"?`},
		{"exposed_schemas", "version: 1\nexposed_schemas: public\n", "2:18: exposed_schemas is a text, not a list"},
		{"table twice", "version: 1\nrealtime: {tables: [public.a, a]}\n", "2:31: table public.a is listed twice"},
		{"table without name", "version: 1\nrealtime: {tables: [{replica_identity: full}]}\n", "2:21: table without a name: add `name: public.…`"},
		{"identity", "version: 1\nrealtime: {tables: [{name: a, replica_identity: ful}]}\n", `2:49: unknown replica_identity "ful": did you mean "full"?`},
		{"claim path", "version: 1\nclaims: {r: {paths: [a..b]}}\n", `2:22: path "a..b" has an empty part: write claim names with dots between, such as app_metadata.user_role`},
		{"claim values", "version: 1\nclaims: {r: {values: agent}}\n", "2:22: values is a text: write a list, or `{enum: public.…}`"},
		{"hook with arguments", "version: 1\nhook: {function: public.f(jsonb)}\n", `2:18: function "public.f(jsonb)" has arguments: write only schema.name`},
		{"unknown subject", "version: 1\nsubjects: {agent: {}}\nexpect: [{subject: agnet, table: t, select: rows}]\n", `3:20: unknown subject "agnet": did you mean "agent"?`},
		{"verdict", "version: 1\nsubjects: {a: {}}\nexpect: [{subject: a, table: t, select: alway}]\n", `3:41: unknown verdict "alway": did you mean "always"?`},
		{"no verdict", "version: 1\nsubjects: {a: {}}\nexpect: [{subject: a, table: t}]\n", "3:10: expectation without a verdict: add `select: always`, `never` or `rows`, or the same for insert, update or delete"},
		{"origin with path", "version: 1\norigins: ['https://a.example/']\n", `2:11: origin "https://a.example/" has something after the host: write https://a.example`},
		{"origin without scheme", "version: 1\norigins: [a.example]\n", `2:11: origin "a.example" is none: write scheme and host, such as https://help.example.com`},
		{"unknown rule", "version: 1\nrules: {rls-disable: off}\n", `2:9: unknown rule "rls-disable": did you mean "rls-disabled"?`},
		{"severity", "version: 1\nrules: {rls-disabled: warn}\n", `2:23: unknown severity for rls-disabled "warn": did you mean "warning"?`},
		{"option", "version: 1\nrules: {rls-disabled: {max: 2}}\n", `2:24: unknown key "max" in rule rls-disabled: the keys are severity`},
		{"ignore without reason", "version: 1\nignore: [{rule: rls-disabled, object: table public.t}]\n", "2:10: ignore without a reason: add `reason: …`, for whoever reads this next"},
		{"ignore of everything", "version: 1\nignore: [{rule: rls-disabled, reason: x}]\n", "2:10: ignore without an object or file: add `object: table public.…`; to turn the rule off everywhere, write `rls-disabled: off` under rules"},
		{"ignore of no rule", "version: 1\nignore: [{rule: rls-disabld, object: table public.t, reason: x}]\n", `2:17: unknown rule "rls-disabld": did you mean "rls-disabled"?`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := rules.ReadConfig("rules.yaml", []byte(test.text))
			if err == nil {
				t.Fatal("no error")
			}
			first, _, _ := strings.Cut(err.Error(), "\n")
			if d := cmp.Diff("rules.yaml:"+test.want, first); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestReadConfig(t *testing.T) {
	c, err := rules.ReadConfig("conf/rules.yaml", []byte(`
version: 1
migrations: db
platform: postgres
exposed_schemas: [public, api]
realtime:
  publication: events
  tables:
    - tickets
    - {name: help.attachments, replica_identity: default}
    - name: '"Help"."a.b"'
      replica_identity: index a_b_key
claims:
  user_role:
    paths: [user_role, app_metadata.user_role, '"a.b".c']
    values: {enum: public.user_role}
  org: {values: [one, two]}
hook: {function: public.hook, role: member}
subjects:
  agent: {user_role: agent, app_metadata: {user_role: agent, since: 2024-01-01}}
expect:
  - {subject: agent, table: public.tickets, select: always, delete: never}
origins: ["https://help.example.com", "http://localhost:3000"]
fail_on: never
rules:
  rls-disabled: off
  rls-without-policies: {severity: error}
ignore:
  - {rule: rls-disabled, object: table public.*, file: "legacy/**", reason: PostGIS owns it}
`))
	if err != nil {
		t.Fatal(err)
	}
	at := func(line, column, end int) catalog.Origin {
		return catalog.Origin{File: "conf/rules.yaml", Line: line, Column: column, EndLine: line, EndColumn: end}
	}
	want := &rules.Config{
		File: "conf/rules.yaml", Migrations: "db", Platform: "postgres", ExposedSchemas: []string{"public", "api"},
		Realtime: rules.Realtime{
			Publication: "events", PublicationAt: at(7, 16, 22), Listed: true,
			Tables: []rules.Expected{
				{Table: catalog.Name{Schema: "public", Name: "tickets"}, Identity: catalog.Identity{Kind: "full"}, Configured: true, Origin: at(9, 7, 14)},
				{Table: catalog.Name{Schema: "help", Name: "attachments"}, Identity: catalog.Identity{Kind: "default"}, Configured: true, Origin: at(10, 14, 30)},
				{Table: catalog.Name{Schema: "Help", Name: "a.b"}, Identity: catalog.Identity{Kind: "index", Index: "a_b_key"}, Configured: true, Origin: at(11, 13, 27)},
			},
		},
		Claims: []rules.Claim{
			{Name: "org", Paths: []rules.ClaimPath{{"org"}}, Values: []string{"one", "two"}, Configured: true, Origin: at(17, 3, 6)},
			{Name: "user_role", Paths: []rules.ClaimPath{{"user_role"}, {"app_metadata", "user_role"}, {"a.b", "c"}},
				Enum: catalog.Name{Schema: "public", Name: "user_role"}, Configured: true, Origin: at(14, 3, 12)},
		},
		Hook: rules.HookConfig{Function: catalog.Name{Schema: "public", Name: "hook"}, Role: "member", Origin: at(18, 18, 29)},
		Subjects: []rules.Subject{{Name: "agent", Origin: at(20, 3, 8), Claims: map[string]any{
			"user_role": "agent", "app_metadata": map[string]any{"user_role": "agent", "since": "2024-01-01"},
		}}},
		Expect: []rules.Expectation{{
			Subject: "agent", Table: catalog.Name{Schema: "public", Name: "tickets"}, Origin: at(22, 15, 20),
			Verdicts: map[catalog.Command]string{"select": "always", "delete": "never"},
		}},
		Origins: []rules.SiteOrigin{{URL: "https://help.example.com", Origin: at(23, 11, 37)}, {URL: "http://localhost:3000", Origin: at(23, 39, 62)}},
		FailOn:  rules.Never,
		Rules: map[string]rules.Setting{
			"rls-disabled":         {Severity: rules.Off, Given: true, Origin: at(26, 3, 15)},
			"rls-without-policies": {Severity: rules.Error, Given: true, Origin: at(27, 3, 23)},
		},
		Ignores: []rules.Ignore{{Rule: "rls-disabled", Object: "table public.*", File: "legacy/**", Reason: "PostGIS owns it", Origin: at(29, 12, 24)}},
	}
	if d := cmp.Diff(want, c); d != "" {
		t.Error(d)
	}
	if p := want.Claims[1].Paths[2].String(); p != `"a.b".c` {
		t.Errorf("path printed as %s", p)
	}
}

func TestReadConfigListsEveryFault(t *testing.T) {
	_, err := rules.ReadConfig("rules.yaml", []byte("version: 1\nplatfrm: x\nfail_on: x\n"))
	if err == nil || strings.Count(err.Error(), "\n") != 1 {
		t.Errorf("not both faults: %v", err)
	}
}

// TestReferenceIsComplete holds that this repository's own rules.yaml, the
// reference of the format, is sound and has every key.
func TestReferenceIsComplete(t *testing.T) {
	text, err := os.ReadFile("../rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := rules.ReadConfig("rules.yaml", text); err != nil {
		t.Fatal(err)
	}
	_, err = rules.ReadConfig("rules.yaml", []byte("version: 1\nxyzzyplughxyzzyplugh: 1\n"))
	_, keys, ok := strings.Cut(err.Error(), "the keys are ")
	if !ok {
		t.Fatalf("no list of keys in %v", err)
	}
	for key := range strings.SplitSeq(keys, ", ") {
		if !strings.Contains(string(text), "\n"+key+":") && !strings.Contains(string(text), "\n# "+key+": ") {
			t.Errorf("rules.yaml does not show the key %s", key)
		}
	}
}

func FuzzReadConfig(f *testing.F) {
	f.Add([]byte("version: 1\nrealtime: {tables: [public.a]}\nrules: {rls-disabled: {severity: off}}\n"))
	f.Add([]byte("version: 1\nsubjects: {a: {b: [1, {c: null}]}}\nexpect: [{subject: a, table: t, select: rows}]\n"))
	f.Add([]byte("a: &a [*a]\n"))
	f.Add([]byte("? [a]\n: b\n"))
	f.Add([]byte("version: !!binary x\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := rules.ReadConfig("rules.yaml", text)
		if (c == nil) == (err == nil) {
			t.Errorf("config %v, error %v", c, err)
		}
	})
}
