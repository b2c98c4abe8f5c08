package static_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/catalog"
	"policylint/inspect/difftest"
	"policylint/inspect/static"
	"policylint/inspect/static/platform"
)

// TestKeptIsLoad edits random migrations at random and demands that a replay
// that is kept comes to what a new one does, to the last gap.
func TestKeptIsLoad(t *testing.T) {
	rounds := uint64(4)
	if testing.Short() {
		rounds = 3
	}
	for seed := range rounds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			e := newEditing(t, seed)
			k := static.Keep(e.platform, 0)
			for step := range 15 {
				same(t, k, e.texts, e.platform, fmt.Sprintf("step %d", step))
				e.edit()
			}
		})
	}
}

// same compares a kept replay with a new one.
func same(t *testing.T, k *static.Kept, texts []static.Text, v platform.Variant, when string) {
	t.Helper()
	got, err := k.Load(context.Background(), texts)
	if err != nil {
		t.Fatal(err)
	}
	fsys, files := fstest.MapFS{}, []string{}
	for _, x := range texts {
		fsys[x.Name] = &fstest.MapFile{Data: []byte(x.Text)}
		files = append(files, x.Name)
	}
	want, err := static.Load(fsys, static.Options{Platform: v, Files: files})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(said(want), said(got)); d != "" {
		t.Fatalf("%s: (-new +kept):\n%s", when, d)
	}
}

// said is all that a catalog says.
func said(c *catalog.Catalog) []string {
	out := append(catalog.Describe(c), fmt.Sprintf("%+v", c.Source))
	for _, x := range c.Gaps {
		out = append(out, fmt.Sprintf("gap %+v", x))
	}
	for _, x := range c.Failures {
		out = append(out, fmt.Sprintf("failure %+v", x))
	}
	for _, x := range c.Changes {
		out = append(out, fmt.Sprintf("change %+v", x))
	}
	for _, x := range c.Directives {
		out = append(out, fmt.Sprintf("directive %+v", x))
	}
	return out
}

// editing is a project and someone who edits it.
type editing struct {
	*rand.Rand
	platform platform.Variant
	texts    []static.Text
	pool     []string // statements to put in
	files    int
}

func newEditing(t *testing.T, seed uint64) *editing {
	e := &editing{Rand: rand.New(rand.NewPCG(seed, 6)), platform: []platform.Variant{platform.OldDefaults, platform.NewDefaults, platform.Postgres}[seed%3]}
	g := difftest.New(seed, true)
	for range 12 {
		var list []string
		for range 8 {
			list = append(list, g.Next())
		}
		e.texts = append(e.texts, static.Text{Name: e.name(), Text: difftest.Join(list)})
	}
	for range 60 {
		e.pool = append(e.pool, g.Next())
	}
	judged, _ := filepath.Glob("testdata/judge/*.sql")
	if len(judged) == 0 {
		t.Fatal("there are no files in testdata/judge")
	}
	for range 4 {
		text, err := os.ReadFile(judged[e.IntN(len(judged))])
		if err != nil {
			t.Fatal(err)
		}
		e.texts = append(e.texts, static.Text{Name: e.name(), Text: string(text)})
		e.pool = append(e.pool, strings.SplitAfter(string(text), ";\n")...)
	}
	e.pool = append(e.pool,
		"create temporary table tmp_x (id int)", "-- policylint:ignore rls-disabled: known\ncreate table ign (id int)",
		"create table not_there.x (id int)", "alter table nowhere add column a int", "begin", "rollback", "commit", "set search_path = auth",
		"create or replace function dflt(a int default "+fmt.Sprint(seed)+") returns int language sql as 'select a'",
		"do $$ begin if random() > 0.5 then drop table if exists ign; end if; end $$")
	return e
}

// name is one that sorts behind those before.
func (e *editing) name() string {
	e.files++
	return fmt.Sprintf("%03d_step.sql", e.files)
}

// edit changes one thing, more often in the newest files.
func (e *editing) edit() {
	e.texts = slices.Clone(e.texts)
	if len(e.texts) == 0 {
		e.texts = append(e.texts, static.Text{Name: e.name(), Text: e.statement()})
		return
	}
	i := len(e.texts) - 1
	if e.IntN(2) == 0 {
		i = e.IntN(len(e.texts))
	}
	switch at := &e.texts[i]; e.IntN(10) {
	case 0:
		e.texts = slices.Delete(e.texts, i, i+1)
	case 1:
		e.texts = append(e.texts, static.Text{Name: e.name(), Text: e.statement()})
	case 2:
		at.Name = fmt.Sprintf("%s_renamed_%d.sql", strings.TrimSuffix(at.Name, ".sql"), e.IntN(9))
	case 3:
		j := e.IntN(len(e.texts))
		e.texts[i].Text, e.texts[j].Text = e.texts[j].Text, e.texts[i].Text
	case 4, 5: // half a word, as one types
		cut := e.IntN(len(at.Text) + 1)
		at.Text = at.Text[:cut] + at.Text[min(len(at.Text), cut+e.IntN(6)):]
	case 6:
		lines := strings.SplitAfter(at.Text, "\n")
		cut := e.IntN(len(lines))
		at.Text = strings.Join(slices.Delete(lines, cut, cut+1), "")
	default:
		at.Text += e.statement()
	}
}

func (e *editing) statement() string { return e.pool[e.IntN(len(e.pool))] + ";\n" }

// TestKeptOfADump goes from two files to one that pg_dump wrote, and back.
func TestKeptOfADump(t *testing.T) {
	k := static.Keep(platform.OldDefaults, 0)
	dump := static.Text{Name: "dump.sql", Text: "--\n-- PostgreSQL database dump\n--\ncreate schema auth;\nalter schema auth owner to postgres;\n"}
	other := static.Text{Name: "other.sql", Text: "create table public.t (id int);\n"}
	for i, texts := range [][]static.Text{{dump, other}, {dump}, {other}, {dump, other}, {}} {
		same(t, k, texts, platform.OldDefaults, fmt.Sprint(i))
	}
}

// TestKeptForgets changes what is remembered beside the catalog.
func TestKeptForgets(t *testing.T) {
	const call = "create or replace function make(a text default '%s') returns void language plpgsql as $$ begin execute format('create table %%I (id int)', a); end $$;\ndo $$ begin perform make(); end $$;\n"
	for name, versions := range map[string][]string{
		"default of an argument": {fmt.Sprintf(call, "one"), fmt.Sprintf(call, "two")},
		"comment":                {"-- policylint:ignore rls-disabled: known\ncreate table a (id int);\n", "create table a (id int);\n"},
		"assumed table":          {"alter table a add column b int;\n", "create table a (id int);\n"},
		"dropped table":          {"create table a (id int);\ndrop table a;\n", "select 1;\n"},
		"session":                {"set search_path = auth;\n", "reset search_path;\n"},
		"partition":              {"create table a (id int) partition by range (id);\ncreate table b partition of a default;\n", "create table a (id int);\ncreate table b (id int);\n"},
		"rule":                   {"create table a (id int);\ncreate rule r as on delete to a do nothing;\n", "create table a (id int);\n"},
		"temporary table":        {"create temporary table a (id int);\n", "create table a (id int);\n"},
		"open transaction":       {"begin;\ncreate table a (id int);\n", "create table a (id int);\n"},
	} {
		t.Run(name, func(t *testing.T) {
			k := static.Keep(platform.OldDefaults, 0)
			for i := range 4 {
				texts := []static.Text{{Name: "1.sql", Text: "create table first (id int);\n"}, {Name: "2.sql", Text: versions[i%2]}, {Name: "3.sql", Text: "alter table a add column c int;\nalter table b alter column id set not null;\ndrop table a;\n"}}
				same(t, k, texts, platform.OldDefaults, fmt.Sprint("version ", i))
			}
		})
	}
}

// TestKeptStopped stops a load between two files and goes on with another.
func TestKeptStopped(t *testing.T) {
	e := newEditing(t, 3)
	k := static.Keep(e.platform, 0)
	for i := range 8 {
		ctx := &countdown{Context: context.Background(), left: i}
		if _, err := k.Load(ctx, e.texts); !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped at file %d: %v, want %v", i, err, context.Canceled)
		}
		e.edit()
		same(t, k, e.texts, e.platform, fmt.Sprintf("stopped at file %d", i))
		e.texts[0].Text += "select 1;\n" // all anew
	}
}

// countdown is a context that is done when it was asked so many times.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}
