package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
	"github.com/jackc/pgx/v5"
	"gopkg.in/yaml.v3"

	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
	"policylint/rules"
)

// A snippet is a block of code in a page.
type snippet struct{ page, language, text string }

func (s snippet) name() string {
	first, _, _ := strings.Cut(s.text, "\n")
	return filepath.Base(s.page) + ": " + first
}

// snippets are the blocks of the pages that a new user reads first.
func snippets(t *testing.T) []snippet {
	t.Helper()
	var out []snippet
	for _, page := range []string{"README.md", "docs/README.md", "docs/ci.md"} {
		text, err := os.ReadFile(filepath.Join("../..", page))
		if err != nil {
			t.Fatal(err)
		}
		parts := strings.Split(string(text), "\n```")
		for i := 1; i < len(parts); i += 2 {
			language, body, _ := strings.Cut(parts[i], "\n")
			out = append(out, snippet{page, language, body + "\n"})
		}
	}
	return out
}

// TestSnippets holds that what the README and the pages beside it tell to run
// runs, and that what they tell to write is taken. Blocks of language console
// are TestReadmeInSync's.
func TestSnippets(t *testing.T) {
	seen := map[string]int{}
	for _, s := range snippets(t) {
		seen[s.language]++
		t.Run(s.name(), func(t *testing.T) {
			switch s.language {
			case "sh":
				s.shell(t)
			case "yaml":
				s.yaml(t)
			case "sql":
				if code, out := bare(t, "lint", "--rule", "syntax-error,migration-fails,unused-ignore", writeTemp(t, "1_snippet.sql", s.text)); code != exitClean {
					t.Errorf("it ends with %d\n%s", code, out)
				}
			case "console":
			default:
				t.Errorf("no test knows language %q", s.language)
			}
		})
	}
	for _, language := range []string{"sh", "yaml", "sql"} {
		if seen[language] == 0 {
			t.Errorf("there is no snippet of language %s", language)
		}
	}
}

// shell runs the lines of a snippet, one after the other, in a copy of the
// help desk.
func (s snippet) shell(t *testing.T) {
	dir := helpDesk(t)
	write(t, dir, "session.json", `{"access_token": "`+signed(t)+`", "token_type": "bearer"}`)
	env := []string{}
	if strings.Contains(s.text, "$DATABASE_URL") {
		env = append(env, "DATABASE_URL="+pgtest.DSN(helpDeskServer(t, "broken"), platform.Admin))
	}
	for line := range strings.Lines(s.text) {
		if line = strings.TrimSpace(line); line == "make test" {
			continue // it runs this test
		}
		if line != "" {
			line = strings.ReplaceAll(line, "go run ./cmd/policylint", "policylint")
			if out, code := shell(t, dir, line, env...); code != exitClean && code != exitFindings {
				t.Errorf("%s\nends with %d\n%s", line, code, out)
			}
		}
	}
}

// yaml judges a snippet by what it is for.
func (s snippet) yaml(t *testing.T) {
	var doc any
	if err := yaml.Unmarshal([]byte(s.text), &doc); err != nil {
		t.Fatal(err)
	}
	keys, _ := doc.(map[string]any)
	used := 0
	for _, do := range commands(doc) {
		used++
		if out, code := shell(t, helpDesk(t), do); code != exitClean && code != exitFindings {
			t.Errorf("%s\nends with %d\n%s", do, code, out)
		}
	}
	for _, step := range uses(doc) {
		used++
		var a actionFile
		readYAML(t, "action.yml", &a)
		for input := range step {
			if _, ok := a.Inputs[input]; !ok {
				t.Errorf("the action has no input %s", input)
			}
		}
	}
	if repos, ok := keys["repos"]; ok {
		used++
		if !strings.Contains(fmt.Sprint(repos), "id:policylint") {
			t.Errorf("pre-commit is not given the hook policylint: %v", repos)
		}
	}
	if used > 0 {
		return
	}
	text := s.text
	if _, ok := keys["version"]; !ok {
		text = "version: 1\n" + text
	}
	if _, err := rules.ReadConfig("rules.yaml", []byte(text)); err != nil {
		t.Errorf("it is no rules.yaml: %v", err)
	}
}

// commands are the commands that a document of CI runs: run of GitHub, script
// of GitLab.
func commands(doc any) []string {
	return collect(doc, func(key string, v any) []string {
		switch v := v.(type) {
		case string:
			if key == "run" {
				return []string{v}
			}
		case []any:
			if key == "script" {
				var lines []string
				for _, x := range v {
					lines = append(lines, fmt.Sprint(x))
				}
				return lines
			}
		}
		return nil
	})
}

// uses are the inputs of each use of the action.
func uses(doc any) []map[string]any {
	return collect(doc, func(_ string, v any) []map[string]any {
		m, _ := v.(map[string]any)
		if uses, _ := m["uses"].(string); strings.Contains(uses, "policylint") {
			with, _ := m["with"].(map[string]any)
			return []map[string]any{with}
		}
		return nil
	})
}

// collect asks about each value of a document; the key of an entry of a list is
// that of the list.
func collect[T any](doc any, ask func(key string, v any) []T) []T {
	var out []T
	var walk func(key string, v any)
	walk = func(key string, v any) {
		out = append(out, ask(key, v)...)
		switch v := v.(type) {
		case map[string]any:
			for k, x := range v {
				walk(k, x)
			}
		case []any:
			for _, x := range v {
				walk(key, x)
			}
		}
	}
	walk("", doc)
	return out
}

func writeTemp(t *testing.T, name, text string) string {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, name, text)
	return filepath.Join(dir, name)
}

const helpDeskFolder = "../../migrations-fixtures/helpdesk"

// helpDesk is a copy of the help desk as a project of its own, on the branch
// main of a repository.
func helpDesk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for from, to := range map[string]string{"broken": "supabase/migrations", "supabase": "supabase"} {
		if err := os.CopyFS(filepath.Join(dir, to), os.DirFS(filepath.Join(helpDeskFolder, from))); err != nil {
			t.Fatal(err)
		}
	}
	fixtures, err := filepath.Abs("../../migrations-fixtures")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(fixtures, filepath.Join(dir, "migrations-fixtures")); err != nil {
		t.Fatal(err)
	}
	const commit = "git init -q -b main && git add supabase && git -c user.name=a -c user.email=a@b.example commit -qm all"
	if out, code := shell(t, dir, commit); code != 0 {
		t.Fatalf("git ends with %d\n%s", code, out)
	}
	return dir
}

// helpDeskServer is a server's database with one of the help desks in it.
func helpDeskServer(t *testing.T, name string) *pgx.Conn {
	t.Helper()
	conn := pgtest.Platform(t, platform.OldDefaults)
	files, err := filepath.Glob(filepath.Join(helpDeskFolder, name, "*.sql"))
	if err != nil || len(files) == 0 {
		t.Fatal("no migrations", err)
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Exec(t.Context(), string(text)); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
	}
	return conn
}

// shell runs a line as a user's shell does, with this program as policylint.
func shell(t *testing.T, dir, line string, env ...string) (string, int) {
	t.Helper()
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash here to run the snippet")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if err := os.Symlink(self, filepath.Join(bin, "policylint")); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), bash, "--noprofile", "--norc", "-c", line)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), append(env, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "NO_COLOR=1", "GIT_CONFIG_GLOBAL=/dev/null")...)
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// signed is an agent's token as Auth writes it, for a session that is over.
func signed(t *testing.T) string {
	t.Helper()
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
		"aud": "authenticated", "role": "authenticated", "sub": "00000000-0000-0000-0000-0000000000a1",
		"exp": 1767225600, "iat": 1767222000, "email": "agent@example.com", "phone": "", "aal": "aal1",
		"session_id": "00000000-0000-0000-0000-00000000005e", "is_anonymous": false, "user_role": "agent",
		"app_metadata": map[string]any{"user_role": "agent"},
	}).SignedString([]byte("a secret of this test, thirty-two bytes"))
	if err != nil {
		t.Fatal(err)
	}
	return token
}
