package lsp_test

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	gocmp "github.com/google/go-cmp/cmp"

	"policylint/inspect/static"
	"policylint/internal/lsp"
	"policylint/internal/lsp/lsptest"
	"policylint/rules"
	_ "policylint/rules/all"
)

// workspace starts a server on a folder of migrations.
func workspace(t testing.TB, folder string, o lsp.Options) *lsptest.Client {
	if o.Find == nil {
		o.Find = func(string) (*lsp.Setup, error) {
			return &lsp.Setup{Folder: folder, Config: &rules.Config{Preset: rules.Strict}}, nil
		}
	}
	c := lsptest.Start(t, func(in io.Reader, out io.Writer) { lsp.Serve(context.Background(), in, out, o) })
	c.Call("initialize", lsptest.Object{"rootUri": "file://" + filepath.ToSlash(folder)}, nil)
	c.Notify("initialized", nil)
	return c
}

// typing is someone who types at random places of random migrations.
type typing struct {
	*rand.Rand
	*lsptest.Client
	folder  string
	disk    map[string]string
	open    map[string]string
	version int
	pool    []string
}

// TestSameAsLint types at random, in several files, and demands that what is
// shown is always what lint says of the same texts.
func TestSameAsLint(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			p := newTyping(t, seed)
			for range 25 {
				for range 1 + p.IntN(3) { // some of it while the server judges
					p.act(t)
				}
				p.Settle()
				p.compare(t)
			}
		})
	}
}

func newTyping(t *testing.T, seed uint64) *typing {
	p := &typing{Rand: rand.New(rand.NewPCG(seed, 7)), folder: t.TempDir(), disk: map[string]string{}, open: map[string]string{}}
	files, err := filepath.Glob("../../migrations-fixtures/helpdesk/broken/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal("no migrations of the help desk", err)
	}
	bad, _ := filepath.Glob("../../migrations-fixtures/*/bad.sql")
	for i := range 6 {
		files = append(files, bad[(int(seed)*31+i*17)%len(bad)])
	}
	for i, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		p.save(t, fmt.Sprintf("%03d_%s", i, filepath.Base(f)), string(text))
		p.pool = append(p.pool, strings.SplitAfter(string(text), ";\n")...)
	}
	p.pool = append(p.pool, "select 'ü🦉';\n", "\n", "\r\n", "\r", ";", "'", "$$", "(", "-- policylint:ignore-file syntax-error: typing\n", "begin;\n")
	p.Client = workspace(t, p.folder, lsp.Options{})
	return p
}

func (p *typing) path(name string) string { return filepath.Join(p.folder, name) }
func (p *typing) uri(name string) string  { return "file://" + filepath.ToSlash(p.path(name)) }

func (p *typing) save(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(p.path(name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	p.disk[name] = text
}

func pick[V any](p *typing, from map[string]V) string {
	names := make([]string, 0, len(from))
	for n := range from {
		names = append(names, n)
	}
	slices.Sort(names)
	return names[p.IntN(len(names))]
}

// act does one thing that an editor does.
func (p *typing) act(t *testing.T) {
	if len(p.open) == 0 || p.IntN(8) == 0 {
		name := pick(p, p.disk)
		if p.IntN(3) == 0 {
			name = fmt.Sprintf("%03d_new.sql", 100+p.IntN(5))
		}
		if _, ok := p.open[name]; !ok {
			p.open[name] = p.disk[name]
			p.Notify("textDocument/didOpen", lsptest.Object{"textDocument": lsptest.Object{"uri": p.uri(name), "version": 1, "text": p.open[name]}})
		}
		return
	}
	name := pick(p, p.open)
	document := lsptest.Object{"uri": p.uri(name)}
	switch p.IntN(9) {
	case 0:
		delete(p.open, name)
		p.Notify("textDocument/didClose", lsptest.Object{"textDocument": document})
	case 1:
		p.save(t, name, p.open[name])
		p.Notify("textDocument/didSave", lsptest.Object{"textDocument": document})
	case 2:
		other := pick(p, p.disk)
		delete(p.disk, other)
		if err := os.Remove(p.path(other)); err != nil {
			t.Fatal(err)
		}
		p.Notify("workspace/didChangeWatchedFiles", lsptest.Object{"changes": []lsptest.Object{{"uri": p.uri(other), "type": 3}}})
	default:
		p.edit(name)
	}
}

// edit replaces a stretch of a document.
func (p *typing) edit(name string) {
	text := []rune(p.open[name])
	from := p.IntN(len(text) + 1)
	to := min(len(text), from+p.IntN(8)*p.IntN(2))
	put := ""
	if p.IntN(3) > 0 {
		put = p.pool[p.IntN(len(p.pool))]
	}
	split := func(i int) bool { return i > 0 && i < len(text) && text[i-1] == '\r' && text[i] == '\n' }
	if split(from) || split(to) {
		return // there is no position between the two
	}
	p.open[name] = string(text[:from]) + put + string(text[to:])
	p.version++
	p.Notify("textDocument/didChange", lsptest.Object{
		"textDocument":   lsptest.Object{"uri": p.uri(name), "version": p.version},
		"contentChanges": []lsptest.Object{{"range": lsptest.Range{Start: place(text[:from]), End: place(text[:to])}, "text": put}},
	})
}

// place is where a text ends.
func place(before []rune) lsptest.Position {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(before)), "\n")
	return lsptest.Position{Line: len(lines) - 1, Character: len(utf16.Encode([]rune(lines[len(lines)-1])))}
}

// compare compares what is shown with a lint.
func (p *typing) compare(t *testing.T) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range p.disk {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	for name, text := range p.open {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	cat, err := static.Load(fsys, static.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for _, f := range rules.Run(cat, &rules.Config{Preset: rules.Strict}, rules.Selection{}).Findings {
		if f.Origin.File == "" {
			t.Fatalf("%s has no place", f.Message)
		}
		rows := strings.SplitAfter(string(fsys[f.Origin.File].Data), "\n")
		row := rows[min(len(rows), f.Origin.Line)-1]
		before := []rune(strings.Join(rows[:min(len(rows), f.Origin.Line)-1], "") + string([]rune(row)[:f.Origin.Column-1]))
		want = append(want, fmt.Sprint(f.Origin.File, " ", place(before), " ", f.Rule.ID, " ", 4-int(f.Severity), " ", f.Message))
	}
	for _, file := range p.Published() {
		for _, d := range file.Diagnostics {
			got = append(got, fmt.Sprint(filepath.Base(file.URI), " ", d.Range.Start, " ", d.Code, " ", d.Severity, " ", d.Message))
		}
	}
	whole := func(s string) string { return strings.ReplaceAll(s, filepath.ToSlash(p.folder)+"/", "") }
	for i := range got {
		got[i] = whole(got[i])
	}
	slices.SortFunc(want, cmp.Compare[string])
	slices.SortFunc(got, cmp.Compare[string])
	if d := gocmp.Diff(want, got); d != "" {
		t.Fatalf("(-lint +shown):\n%s", d)
	}
}
