package project_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/project"
)

// beside reads a project of these files beside an empty config.toml.
func beside(t testing.TB, files map[string]string) *project.Project {
	t.Helper()
	fsys := fstest.MapFS{project.ConfigFile: {}}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	p, err := project.Load(fsys, project.Options{Name: func(f string) string { return "app/" + f }})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// gaps are the gaps of a project on a line each.
func gaps(p *project.Project) []string {
	var out []string
	for _, g := range p.Gaps {
		out = append(out, fmt.Sprintf("%s:%d:%d: %s", g.Origin.File, g.Origin.Line, g.Origin.Column, g.Reason))
	}
	return out
}

func TestVariables(t *testing.T) {
	p := beside(t, map[string]string{
		".env": "# A=1\nONE=secret\nexport TWO = \"a\nTHREE=no\nb\"\nFOUR='x' # y\n\nnot a line\nFIVE=\n",
	})
	var got []string
	for _, v := range p.Variables {
		got = append(got, fmt.Sprintf("%s:%d:%d %s", v.Origin.File, v.Origin.Line, v.Origin.Column, v.Name))
	}
	if d := cmp.Diff([]string{"app/.env:2:1 ONE", "app/.env:3:8 TWO", "app/.env:6:1 FOUR", "app/.env:9:1 FIVE"}, got); d != "" {
		t.Error(d)
	}
	if s := fmt.Sprintf("%+v", p); strings.Contains(s, "secret") {
		t.Error("a value was kept")
	}
	for _, f := range p.Files {
		if strings.Contains(f, ".env") {
			t.Error("a file with values would be shown")
		}
	}
}

func TestPolicies(t *testing.T) {
	p := beside(t, map[string]string{
		"next.config.ts":        "export default {headers: [{key: 'Content-Security-Policy', value: `connect-src ${x} a; img-src b`}]}",
		"vercel.json":           `{"headers": [{"headers": [{"key": "content-security-policy", "value": "default-src 'self'"}]}]}`,
		"web/netlify.toml":      "[[headers]]\nfor='/*'\n[headers.values]\nContent-Security-Policy = '''\n connect-src c;\n connect-src d'''\n",
		"public/_headers":       "/*\n  content-security-policy: img-src e\r\nContent-Security-Policy: not indented\n",
		"index.html":            "é<meta content=\"connect-src %X% f\" http-equiv=Content-Security-Policy><META HTTP-EQUIV='refresh' content='connect-src g'>",
		"node_modules/a.html":   "<meta content='connect-src h' http-equiv=Content-Security-Policy>",
		"supabase/mail/in.html": "<meta content='connect-src h' http-equiv=Content-Security-Policy>",
		"other/next.config.js":  "x = {'Content-Security-Policy': csp()}",
	})
	var got []string
	for _, c := range p.Policies {
		sources, directive, known := c.ConnectSources()
		got = append(got, fmt.Sprintf("%s:%d:%d %s %s %t", c.Origin.File, c.Origin.Line, c.Origin.Column, directive, strings.ReplaceAll(strings.Join(sources, " "), "\x00", "?"), known))
	}
	want := []string{
		"app/index.html:1:2 connect-src ? f false",
		"app/next.config.ts:1:67 connect-src ? a false",
		"app/public/_headers:2:3   true",
		"app/vercel.json:1:71 default-src 'self' true",
		"app/web/netlify.toml:4:27 connect-src c true",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"app/other/next.config.js:1:33: the content security policy is computed"}, gaps(p)); d != "" {
		t.Error(d)
	}
}

func TestMalformedFiles(t *testing.T) {
	p := beside(t, map[string]string{
		"vercel.json":                    "{\n \"headers\": [,]\n}",
		"netlify.toml":                   "[[headers]\n",
		"next.config.js":                 "const a = 'open\n",
		"supabase/functions/a/index.ts":  "const b = \\ \n",
		"supabase/functions/b/index.ts":  "",
		"public/_headers":                "\xff\xfe:",
		"supabase/functions/cors.ts":     "{{{{[[[((",
		"supabase/functions/x/cors2.mjs": "`${`${`${",
	})
	for _, want := range []string{"app/vercel.json:2:14: the file is no JSON", "app/netlify.toml:1:1", "app/next.config.js:1:11", "app/supabase/functions/a/index.ts:1:11"} {
		if !strings.Contains(strings.Join(gaps(p), "\n"), want) {
			t.Errorf("no %s in:\n%s", want, strings.Join(gaps(p), "\n"))
		}
	}
}

func TestBounds(t *testing.T) {
	deep := strings.Repeat("d/", 10) + "index.html"
	files := map[string]string{deep: "", "big/vercel.json": strings.Repeat(" ", 2<<20), "other/supabase/config.toml": "", "other/vercel.json": "{"}
	for i := range 21_000 {
		files[fmt.Sprintf("z/%05d", i)] = ""
	}
	p := beside(t, files)
	all := strings.Join(gaps(p), "\n")
	for _, want := range []string{"it is 9 folders deep", "app/big/vercel.json:1:1: the file is not read: it is larger than 1 MB", "are not looked at: the project has more than 20000"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in:\n%s", want, all)
		}
	}
	if len(p.Gaps) != 3 {
		t.Error(all)
	}
}

func TestLinksAreNotFollowed(t *testing.T) {
	fsys := fstest.MapFS{
		project.ConfigFile: {},
		"vercel.json":      {Data: []byte("elsewhere"), Mode: fs.ModeSymlink},
		"loop":             {Data: []byte("."), Mode: fs.ModeSymlink},
	}
	p, err := project.Load(fsys, project.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"vercel.json:1:1: symbolic links are not followed"}, gaps(p)); d != "" {
		t.Error(d)
	}
}

func TestPushes(t *testing.T) {
	p := beside(t, map[string]string{
		".github/workflows/a.yml": "      - run: supabase db push && supabase config push --yes\n",
		".github/workflows/b.yml": "      # supabase config push\n      - run: supabase config push-not\n",
		"package.json":            `{"scripts": {"push": "npx supabase --debug config push"}}`,
		".github/other.yml":       "supabase config push",
	})
	var got []string
	for _, o := range p.Pushes {
		got = append(got, o.File)
	}
	if d := cmp.Diff([]string{"app/.github/workflows/a.yml", "app/package.json"}, got); d != "" {
		t.Error(d)
	}
}
