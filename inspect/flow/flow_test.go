package flow_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/flow"
	"policylint/inspect/project"
	"policylint/inspect/static"
	"policylint/internal/report"
	"policylint/rules"
	_ "policylint/rules/all" // a configuration may name any rule
)

var update = flag.Bool("update", false, "rewrite the golden files")

// load is the flow of one file of migrations under a configuration.
func load(t *testing.T, fsys fstest.MapFS, config string) *flow.Graph {
	t.Helper()
	return build(t, static.Options{Files: []string{"1.sql"}}, fsys, config, "")
}

func build(t *testing.T, o static.Options, fsys fstest.MapFS, config, configTOML string) *flow.Graph {
	t.Helper()
	c, err := static.Load(fsys, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range c.Failures {
		t.Fatalf("%v: %s", f.Origin, f.Message)
	}
	conf, err := rules.ReadConfig("rules.yaml", []byte(config))
	if err != nil {
		t.Fatal(err)
	}
	pass := &rules.Pass{Catalog: c, Config: conf}
	if configTOML != "" {
		beside := fstest.MapFS{project.ConfigFile: {Data: []byte(configTOML)}}
		if pass.Project, err = project.Load(beside, project.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	return report.Flow(pass)
}

// dump is a graph as text.
func dump(g *flow.Graph) string {
	var b strings.Builder
	tail := func(label, why string) {
		if label != "" {
			fmt.Fprintf(&b, " [%s]", label)
		}
		if why != "" {
			fmt.Fprintf(&b, ": %s", why)
		}
		b.WriteString("\n")
	}
	for _, n := range g.Nodes {
		fmt.Fprintf(&b, "%-8s%s", n.State, n.ID)
		tail(strings.Join(n.Facts, "; "), n.Why)
	}
	for _, e := range g.Edges {
		fmt.Fprintf(&b, "%-8s%s -> %s", e.State, e.From, e.To)
		tail(e.Label, e.Why)
	}
	for _, t := range g.Tables {
		fmt.Fprintf(&b, "%-8s%s\n", t.State, t.Name)
		for _, n := range t.Notes {
			fmt.Fprintf(&b, "        %s\n", n)
		}
		for _, r := range t.Receipts {
			fmt.Fprintf(&b, "  %-8s%s: %s, %s, %s", r.State, r.Subject.Name, r.Events.Insert.Delivery, r.Events.Update.Delivery, r.Events.Delete.Delivery)
			if r.Expected != "" {
				fmt.Fprintf(&b, " (expected %s)", r.Expected)
			}
			b.WriteString("\n")
			for _, w := range r.Why {
				fmt.Fprintf(&b, "            %s\n", w)
			}
		}
	}
	for _, o := range g.Omitted {
		fmt.Fprintf(&b, "omitted: %s\n", o)
	}
	return b.String()
}

// TestGoldenHelpDesk holds the flow of the application of the story.
func TestGoldenHelpDesk(t *testing.T) {
	config, err := os.ReadFile("../../rules.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"broken", "fixed", "switched_off"} {
		t.Run(name, func(t *testing.T) {
			sql, configTOML := name, ""
			if name == "switched_off" {
				sql, configTOML = "fixed", switchedOff
			}
			folder := filepath.Join("../../migrations-fixtures/helpdesk", sql)
			paths, err := filepath.Glob(filepath.Join(folder, "*.sql"))
			if err != nil || len(paths) == 0 {
				t.Fatalf("no files in %s: %v", folder, err)
			}
			fsys, files := fstest.MapFS{}, []string{}
			for _, p := range paths {
				text, err := os.ReadFile(p)
				if err != nil {
					t.Fatal(err)
				}
				fsys[filepath.Base(p)] = &fstest.MapFile{Data: text}
				files = append(files, filepath.Base(p))
			}
			got := dump(build(t, static.Options{Files: files}, fsys, string(config), configTOML))
			golden := filepath.Join("testdata", name+".txt")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(bytes.TrimSpace(want)), strings.TrimSpace(got)); d != "" {
				t.Errorf("the flow differs; run go test ./inspect/flow -update if it should\n%s", d)
			}
		})
	}
}
