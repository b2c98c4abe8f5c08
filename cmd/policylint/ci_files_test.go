package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// readYAML reads a file of the repository's root.
func readYAML(t *testing.T, name string, into any) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return text
}

type actionFile struct {
	Inputs map[string]struct {
		Description string
		Default     *string
	}
	Outputs map[string]struct{ Description, Value string }
	Runs    struct {
		Using string
		Steps []struct {
			ID, Name, Uses, Shell, Run string
			Env                        map[string]string
		}
	}
}

// TestActionInputs holds that every input of the action is documented, has a
// default and is used, and that no script is put together from inputs.
func TestActionInputs(t *testing.T) {
	var a actionFile
	text := readYAML(t, "action.yml", &a)
	for name, in := range a.Inputs {
		if in.Description == "" || in.Default == nil {
			t.Errorf("input %s lacks a description or a default", name)
		}
		if !strings.Contains(string(text), "inputs."+name+" ") {
			t.Errorf("input %s is not used", name)
		}
	}
	for _, used := range regexp.MustCompile(`inputs\.([a-z-]+)`).FindAllStringSubmatch(string(text), -1) {
		if _, ok := a.Inputs[used[1]]; !ok {
			t.Errorf("inputs.%s is used, and there is no such input", used[1])
		}
	}
	for _, s := range a.Runs.Steps {
		if strings.Contains(s.Run, "${{") {
			t.Errorf("step %s puts an expression into its script: pass it by env", s.Name)
		}
		if s.Run != "" && s.Shell != "bash" {
			t.Errorf("step %s does not say shell: bash", s.Name)
		}
	}
}

// TestActionLints runs the script of the action as a runner does.
func TestActionLints(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash here, and the action needs one")
	}
	var a actionFile
	readYAML(t, "action.yml", &a)
	script := ""
	var env map[string]string
	for _, s := range a.Runs.Steps {
		if s.ID == "lint" {
			script, env = s.Run, s.Env
		}
	}
	for _, test := range []struct {
		name   string
		inputs map[string]string
		code   int
		output []string // in what is printed or put out
		absent string
	}{
		{"nothing set", nil, 1, []string{"::error file=supabase/migrations/1_a.sql,line=1", "exit-code=1"}, "sarif="},
		{"a folder with a space", map[string]string{"path": "other folder\n"}, 0, []string{"exit-code=0"}, "::error"},
		{"severity", map[string]string{"fail-on": "never"}, 0, []string{"::error ", "exit-code=0"}, ""},
		{"report", map[string]string{"sarif": "out.sarif", "fail-on": "error"}, 1, []string{"sarif=out.sarif", "exit-code=1"}, ""},
		{"upload", map[string]string{"upload": "true"}, 1, []string{"policylint.sarif", "exit-code=1"}, ""},
		{"no such preset", map[string]string{"preset": "$(touch hacked)"}, 2, []string{"exit-code=2", "unknown preset"}, "sarif="},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir, temp := t.TempDir(), t.TempDir()
			write(t, dir, "supabase/migrations/1_a.sql", "create table public.a (id bigint primary key);\n")
			write(t, dir, "other folder/1_b.sql", "create table public.b (id bigint primary key);\nalter table public.b enable row level security;\ncreate policy p on public.b for select to authenticated using (true);\n")
			write(t, dir, ".git/HEAD", "ref: refs/heads/main\n")
			self, err := os.Executable()
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(self, filepath.Join(temp, "policylint")); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", script)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "RUNNER_TEMP="+temp, "GITHUB_OUTPUT="+filepath.Join(temp, "output"))
			for name, value := range env {
				input := strings.TrimSuffix(strings.TrimPrefix(value, "${{ inputs."), " }}")
				if v, ok := test.inputs[input]; ok {
					value = v
				} else {
					value = *a.Inputs[input].Default
				}
				cmd.Env = append(cmd.Env, name+"="+value)
			}
			out, _ := cmd.CombinedOutput()
			if code := cmd.ProcessState.ExitCode(); code != test.code {
				t.Errorf("exit code %d, want %d\n%s", code, test.code, out)
			}
			outputs, _ := os.ReadFile(filepath.Join(temp, "output"))
			all := string(out) + string(outputs)
			for _, want := range test.output {
				if !strings.Contains(all, want) {
					t.Errorf("no %q in\n%s", want, all)
				}
			}
			if test.absent != "" && strings.Contains(all, test.absent) {
				t.Errorf("%q in\n%s", test.absent, all)
			}
			if _, file, ok := strings.Cut(string(outputs), "sarif="); ok {
				file, _, _ = strings.Cut(file, "\n")
				if !filepath.IsAbs(file) {
					file = filepath.Join(dir, file)
				}
				text, err := os.ReadFile(file)
				if err != nil || !strings.Contains(string(text), `"rls-disabled"`) {
					t.Errorf("no report in %s: %v", file, err)
				}
			}
			if _, err := os.Stat(filepath.Join(dir, "hacked")); err == nil {
				t.Error("an input was run")
			}
		})
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestPreCommitHook holds that the hook runs a command there is, when a file
// changes that it judges.
func TestPreCommitHook(t *testing.T) {
	var hooks []struct {
		ID, Entry, Language, Files string
		PassFilenames              bool `yaml:"pass_filenames"`
	}
	readYAML(t, ".pre-commit-hooks.yaml", &hooks)
	if len(hooks) != 1 || hooks[0].Entry != "policylint lint" || hooks[0].PassFilenames {
		t.Fatalf("%+v", hooks)
	}
	files := regexp.MustCompile(hooks[0].Files)
	for name, want := range map[string]bool{
		"supabase/migrations/20250101000000_a.sql": true, "migrations/1.sql": true, "rules.yaml": true, "supabase/config.toml": true,
		"README.md": false, "src/config.toml": false, "supabase/seed.sql": false,
	} {
		if files.MatchString(name) != want {
			t.Errorf("runs for %s: %v", name, !want)
		}
	}
}

// TestReleaseFiles holds that what the release packs and the image builds is
// there, and that its hooks are commands there are.
func TestReleaseFiles(t *testing.T) {
	var release struct {
		Builds   []struct{ Main string }
		Archives []struct{ Files []string }
	}
	text := readYAML(t, ".goreleaser.yaml", &release)
	if len(release.Builds) == 0 || len(release.Archives) == 0 {
		t.Fatal("no builds or archives")
	}
	for _, b := range release.Builds {
		if _, err := os.Stat(filepath.Join("..", "..", b.Main, "main.go")); err != nil {
			t.Error(err)
		}
	}
	for _, f := range release.Archives[0].Files {
		if strings.HasPrefix(f, "dist-extra/") {
			continue // the hooks make it
		}
		if _, err := os.Stat(filepath.Join("..", "..", f)); err != nil {
			t.Error(err)
		}
	}
	image, err := os.ReadFile("../../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(mod)
	if !strings.Contains(string(image), "FROM golang:"+string(version[1])+"-") {
		t.Errorf("the image is not built with Go %s, which go.mod asks for", version[1])
	}
	if !strings.Contains(string(text), "./cmd/policylint man ") || !strings.Contains(string(text), "./cmd/policylint completion ") {
		t.Error("the release has no manual or completions")
	}
}
