package project_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/catalog"
	"policylint/inspect/project"
)

// load reads a project that has a config.toml of this text.
func load(t testing.TB, config string) *project.Project {
	t.Helper()
	p, err := project.Load(fstest.MapFS{project.ConfigFile: {Data: []byte(config)}}, project.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func at(line, column, endLine, endColumn int) catalog.Origin {
	return catalog.Origin{File: project.ConfigFile, Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}
}

const production = `project_id = "desk"
[auth]
site_url = "http://127.0.0.1:3000" # é
additional_redirect_urls = [
  "https://127.0.0.1:3000", # one
  "env(PREVIEW_URL)",
]
jwt_expiry = 3_600
[auth.hook.custom_access_token]
enabled = true
uri = "pg-functions://postgres/public/custom_access_token_hook"
[functions]
a.verify_jwt = false
[something.new]
x = 1
[remotes.production]
project_id = "abcdefghijklmnopqrst"
[remotes.production.auth]
site_url = "env(SITE_URL)"
hook = { custom_access_token = { enabled = false } }
`

func TestConfig(t *testing.T) {
	p := load(t, production)
	if p.Fault != nil || len(p.Config.Remotes) != 1 {
		t.Fatal(p.Fault, p.Config)
	}
	local, remote := p.Config.Local, p.Config.Remotes[0]
	for _, test := range []struct {
		name      string
		got, want any
	}{
		{"text", local.Setting("auth.site_url").Text(), catalog.Of("http://127.0.0.1:3000", at(3, 1, 3, 35))},
		{"number", local.Setting("auth.jwt_expiry").Int(), catalog.Of(int64(3600), at(8, 1, 8, 19))},
		{"dotted key", local.Setting("functions.a.verify_jwt").Bool(), catalog.Of(false, at(13, 1, 13, 21))},
		{"case of keys", local.Setting("AUTH.Site_URL").Text().Known, true},
		{"absent", local.Setting("auth.nothing").Given(), false},
		{"default", local.Setting("realtime.enabled").Or(true), catalog.Of(true, catalog.Origin{})},
		{"unknown section", local.Setting("something.new.x").Int().Value, int64(1)},
		{"section", local.Setting("auth").Origin(), at(2, 1, 2, 7)},
		{"hook", local.Hook(project.AccessToken).On().Is(true), true},
		{"no project", local.Project(), ""},
		{"remote", remote.Project(), "abcdefghijklmnopqrst"},
		{"remote's header", remote.Origin, at(16, 1, 16, 21)},
		{"env", remote.Setting("auth.site_url").Env(), "SITE_URL"},
		{"env is unknown", remote.Setting("auth.site_url").Text(), catalog.Unknown[string](at(19, 1, 19, 27))},
		{"inherited", remote.Setting("auth.jwt_expiry").Int().Value, int64(3600)},
		{"inherited ref", remote.Setting("auth.jwt_expiry").Ref().String(), "setting auth.jwt_expiry"},
		{"overridden", remote.Hook(project.AccessToken).On(), catalog.Of(false, at(20, 34, 20, 49))},
		{"overridden ref", remote.Hook(project.AccessToken).Enabled.Ref().String(), "setting remotes.production.auth.hook.custom_access_token.enabled"},
	} {
		if d := cmp.Diff(test.want, test.got); d != "" {
			t.Errorf("%s: %s", test.name, d)
		}
	}
	urls, ok := remote.Setting("auth.additional_redirect_urls").List()
	if !ok || len(urls) != 2 || urls[0].Text() != catalog.Of("https://127.0.0.1:3000", at(5, 3, 5, 27)) || urls[1].Env() != "PREVIEW_URL" {
		t.Error(urls, ok)
	}
	name, ok := remote.Hook(project.AccessToken).Function()
	if !ok || name.String() != "public.custom_access_token_hook" {
		t.Error(name, ok)
	}
}

func TestMalformed(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"[auth\nsite_url = 1\n", "supabase/config.toml:1:6: "},
		{"a = 1\n[auth]\nsite_url = \"x\nb = 2\n", "supabase/config.toml:3:14: "},
		{"a = 1\na = 2\n", "supabase/config.toml:2:1: "},
		{"é = 1\n", "supabase/config.toml:1:1: "},
		{"a = \"\xff\"\n", "supabase/config.toml:1:6: not UTF-8"},
	} {
		p := load(t, test.text)
		if p.Fault == nil || p.Config != nil {
			t.Errorf("%q: %v", test.text, p.Config)
			continue
		}
		if got := p.Fault.Error(); len(got) < len(test.want) || got[:len(test.want)] != test.want {
			t.Errorf("%q: %s", test.text, got)
		}
	}
}

func TestMalformedSecretIsNotShown(t *testing.T) {
	if p := load(t, "[auth.sms.twilio]\nauth_token = abcdef\n"); len(p.Files) != 0 {
		t.Errorf("%s would be shown", p.Files)
	} else if strings.Contains(p.Fault.Error(), "abcdef") {
		t.Error(p.Fault)
	}
	if p := load(t, "[auth]\nsite_url = http\n"); len(p.Files) != 1 {
		t.Error("a line without secrets would not be shown")
	}
}

func TestDirectives(t *testing.T) {
	p := load(t, `# policylint:ignore-file jwt-expiry-stale-role: short-lived
[auth]
# policylint:ignore site-url-localhost: never pushed

site_url = "x" # policylint:ignore redirect-wildcard: it is fine
# an ordinary one
additional_redirect_urls = [
  # policylint:ignore redirect-wildcard: previews
  "https://**",
  "x",
]
# policylint:ignore hook-not-configured: by the dashboard
[auth.hook.custom_access_token]
enabled = false

[realtime]
# policylint:ignore realtime-disabled
`)
	type directive struct {
		line, from, to int
		malformed      string
	}
	var got []directive
	for _, d := range p.Directives {
		got = append(got, directive{d.Origin.Line, d.Target.Line, d.Target.EndLine, d.Malformed})
	}
	want := []directive{{1, 0, 0, ""}, {3, 5, 6, ""}, {5, 5, 6, ""}, {8, 9, 10, ""}, {12, 13, 16, ""}, {17, 0, 0, "no reason is given"}}
	if d := cmp.Diff(want, got, cmp.AllowUnexported(directive{})); d != "" {
		t.Error(d)
	}
}

func TestParseHookURI(t *testing.T) {
	for uri, want := range map[string]string{
		"pg-functions://postgres/public/hook":          "public.hook",
		"PG-Functions://postgres/public/Hook":          "public.Hook",
		"pg-functions://postgres/public/my-hook":       `has the function "my-hook", which Auth does not take: only letters, digits and _`,
		"pg-functions://postgres/hook":                 "has no schema and function: pg-functions://postgres/SCHEMA/FUNCTION",
		"pg-functions://<db>/<schema>/<hook>":          `has the schema "<schema>", which Auth does not take: only letters, digits and _`,
		"https://hooks.example.com/token":              "",
		"http://host.docker.internal:54321/functions/": "",
		"http://hooks.example.com/token":               "is http to another machine, where Auth takes only https",
		"public.hook":                                  "has no scheme: pg-functions, https, or http to this machine",
		"postgres://postgres/public/hook":              "has scheme postgres, which is none of pg-functions, https and http",
		"":                                             "is empty",
	} {
		u := project.ParseHookURI(uri)
		got := u.Fault
		if u.Function != (catalog.Name{}) {
			got = u.Function.String()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", uri, got, want)
		}
	}
}

func FuzzConfig(f *testing.F) {
	f.Add([]byte(production))
	f.Add([]byte("[[a]]\n[a.b]\nc = {d.e = [1, # x\n {f = 1}]}\n[[a]]\n"))
	f.Add([]byte("a.b = 1\n[a.c]\n[remotes]\nx = 1\n[auth.hook]\ny = []\n"))
	f.Add([]byte("# policylint:ignore a: b\r\nx = '''\r\n'''\r\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		p := load(t, string(text))
		if (p.Config == nil) == (p.Fault == nil) {
			t.Fatal(p.Config, p.Fault)
		}
		if p.Config == nil {
			return
		}
		for _, target := range p.Config.Targets() {
			target.Hooks()
			for _, path := range []string{"auth.site_url", "auth.jwt_expiry", "realtime.enabled", "api.schemas"} {
				s := target.Setting(path)
				s.List()
				if o := s.Origin(); s.Given() && (o.Line < 1 || o.Column < 1 || o.EndLine < o.Line) {
					t.Errorf("%s stands at %+v", path, o)
				}
			}
		}
	})
}
