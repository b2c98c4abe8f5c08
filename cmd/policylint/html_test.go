package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// hostileSQL has names that would break out of a page, or break it.
const hostileSQL = `
create table public."<script>document.title='owned'</script>" (id int primary key, owner uuid);
create table public."</title></style><img src=x onerror=alert(1)>" (id int primary key);
create table public."שלום ""quoted"" 'single' &amp; <b>" (id int primary key, owner uuid);
create table public.averyveryveryveryveryveryveryverylongtablenamewithoutanybreak (id int primary key);
create table public."日本語テーブルの名前はとても長いですからどうなりま" (id int primary key);
create table public."{{.}} ${x} javascript:alert(1)" (id int primary key);
alter publication supabase_realtime add table public."<script>document.title='owned'</script>", public."</title></style><img src=x onerror=alert(1)>",
  public."שלום ""quoted"" 'single' &amp; <b>", public.averyveryveryveryveryveryveryverylongtablenamewithoutanybreak,
  public."日本語テーブルの名前はとても長いですからどうなりま", public."{{.}} ${x} javascript:alert(1)";
alter table public."<script>document.title='owned'</script>" enable row level security;
alter table public."שלום ""quoted"" 'single' &amp; <b>" enable row level security;
create policy "</text></svg><script>alert(2)</script>" on public."<script>document.title='owned'</script>"
  for select to authenticated using (owner = auth.uid() or (auth.jwt() ->> '"><img src=x onerror=alert(3)>') = '<i>agent</i>');
create policy "سياسة قراءة" on public."שלום ""quoted"" 'single' &amp; <b>"
  for select to authenticated using ((auth.jwt() ->> 'role') = 'agent''"<>');
`

const hostileConfig = "version: 1\nsubjects:\n  \"<img src=x onerror=alert(4)>\": {user_role: \"<i>agent</i>\"}\n  plain: {x: 1}\n"

// writePage is lint --format html of a folder.
func writePage(t *testing.T, folder, config string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.html")
	var out, errs bytes.Buffer
	if code := run([]string{"lint", folder, "--config", config, "--format", "html", "-o", file}, strings.NewReader(""), &out, &errs); code > exitFindings || out.Len()+errs.Len() > 0 {
		t.Fatalf("exit %d: %s%s", code, &out, &errs)
	}
	return file
}

// testPages are the pages that are looked at.
func testPages(t *testing.T) map[string]string {
	hostile := t.TempDir()
	for name, text := range map[string]string{"1.sql": hostileSQL, "rules.yaml": hostileConfig} {
		if err := os.WriteFile(filepath.Join(hostile, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const helpdesk = "../../migrations-fixtures/helpdesk/"
	return map[string]string{
		"broken":  writePage(t, helpdesk+"broken", "../../rules.yaml"),
		"fixed":   writePage(t, helpdesk+"fixed", "../../rules.yaml"),
		"hostile": writePage(t, hostile, filepath.Join(hostile, "rules.yaml")),
	}
}

// TestPageInBrowser looks at the pages as people do: on a phone and on a
// screen, light and dark.
func TestPageInBrowser(t *testing.T) {
	b := openBrowser(t)
	pages := testPages(t)
	checks, err := os.ReadFile("testdata/html/checks.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, look := range []struct {
		page   string
		width  int
		scheme string
	}{
		{"broken", 390, "light"}, {"broken", 390, "dark"}, {"broken", 1440, "light"}, {"broken", 1440, "dark"},
		{"fixed", 390, "dark"}, {"fixed", 1440, "light"}, {"hostile", 390, "light"}, {"hostile", 1440, "dark"},
	} {
		name := fmt.Sprintf("%s-%d-%s", look.page, look.width, look.scheme)
		t.Run(name, func(t *testing.T) {
			b := &tab{Context: b.Context, t: t}
			b.open(pages[look.page], look.width, 900, look.scheme)
			eval[bool](b, string(checks))
			for _, check := range []string{"contrast", "fits", "outline"} {
				for _, fault := range eval[[]string](b, "checks."+check+"()") {
					t.Errorf("%s: %s", check, fault)
				}
			}
			b.shot(name)
			// Open what is folded, and look again.
			eval[bool](b, "document.querySelectorAll('details').forEach(d => d.open = true), true")
			for _, check := range []string{"contrast", "fits"} {
				for _, fault := range eval[[]string](b, "checks."+check+"()") {
					t.Errorf("unfolded, %s: %s", check, fault)
				}
			}
		})
	}
	b.quiet()
	for _, test := range []struct {
		name, page string
		run        func(*tab)
	}{
		{"answer", "broken", answerInSight}, {"keyboard", "broken", byKeyboard}, {"names", "hostile", namesAreText},
		{"reader", "broken", readAloud}, {"filter", "broken", filtered}, {"print", "broken", printed},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := &tab{Context: b.Context, t: t}
			b.open(pages[test.page], 1440, 900, "light")
			eval[bool](b, string(checks))
			test.run(b)
		})
	}
	b.quiet()
}

// TestHostileDatabase reads such names from a server.
func TestHostileDatabase(t *testing.T) {
	conn := pgtest.Platform(t, platform.OldDefaults)
	if _, err := conn.Exec(context.Background(), hostileSQL); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	config, file := filepath.Join(folder, "rules.yaml"), filepath.Join(folder, "report.html")
	if err := os.WriteFile(config, []byte(hostileConfig), 0o644); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if code := run([]string{"inspect", "--db", pgtest.DSN(conn, platform.Admin), "--config", config, "--format", "html", "-o", file}, strings.NewReader(""), &out, &errs); code > exitFindings {
		t.Fatalf("exit %d: %s%s", code, &out, &errs)
	}
	b := openBrowser(t)
	b.open(file, 390, 900, "dark")
	namesAreText(b)
	if text := eval[string](b, "document.querySelector('.facts').textContent"); !strings.Contains(text, "Database") || !strings.Contains(text, "PostgreSQL") {
		t.Errorf("it is not said what was read: %s", text)
	}
	b.quiet()
}

// answerInSight holds that the page answers, without scrolling, whether the
// agent gets ticket updates, and why not.
func answerInSight(b *tab) {
	const script = `[...document.querySelectorAll(".updates tbody")].filter(t => t.querySelector("th").textContent.includes("public.tickets"))
		.flatMap(t => [...t.rows]).filter(r => r.querySelector(".who").textContent.includes("agent"))
		.filter(r => r.getBoundingClientRect().bottom <= innerHeight && r.checkVisibility()).map(r => r.innerText).join("\n")`
	text := eval[string](b, script)
	for _, want := range []string{"updates: some rows", "rules.yaml expects every row", `asks for claim role = "agent"`, "the hook writes that into user_role"} {
		if !strings.Contains(text, want) {
			b.t.Errorf("%q is not in sight:\n%s", want, text)
		}
	}
}

// byKeyboard walks through the page with the tabulator, and opens things.
func byKeyboard(b *tab) {
	type focus struct {
		End    bool
		What   string
		Faults []string
	}
	var seen []string
	for range 200 {
		b.must(chromedp.Do(b, chromedp.KeyEvent(kb.Tab)))
		f := eval[focus](b, "checks.focus()")
		if f.End {
			break
		}
		for _, fault := range f.Faults {
			b.t.Error(fault)
		}
		seen = append(seen, f.What)
	}
	if len(seen) < 30 || !strings.Contains(seen[0], "Skip to the report") {
		b.t.Errorf("the keyboard reaches %d places: %q", len(seen), seen)
	}
	if want := eval[int](b, `[...document.querySelectorAll("a, summary, input:checked, [tabindex='0']")].filter(e => e.checkVisibility()).length`); len(seen) != want {
		b.t.Errorf("the keyboard reaches %d places of %d", len(seen), want)
	}
	eval[bool](b, `document.querySelector(".matrix summary").focus(), true`)
	b.must(chromedp.Do(b, chromedp.KeyEvent(kb.Enter)))
	if !eval[bool](b, `document.querySelector(".matrix dl").checkVisibility()`) {
		b.t.Error("the key Enter does not open a field of the matrix")
	}
}

// namesAreText holds that names from a database are shown and nothing else.
func namesAreText(b *tab) {
	if title := eval[string](b, "document.title"); !strings.HasPrefix(title, "1") || !strings.Contains(title, "error") {
		b.t.Errorf("the title is %q", title)
	}
	if n := eval[int](b, `document.querySelectorAll("script, img, iframe, i, b, [onerror], [onload]").length`); n > 0 {
		b.t.Errorf("%d elements come from names", n)
	}
	text := eval[string](b, "document.body.textContent")
	for _, want := range []string{
		"<script>document.title='owned'</script>", "</title></style><img src=x onerror=alert(1)>", `שלום "quoted" 'single' &amp; <b>`, "سياسة قراءة",
		"</text></svg><script>alert(2)</script>", `"><img src=x onerror=alert(3)>`, "<img src=x onerror=alert(4)>", "{{.}} ${x} javascript:alert(1)",
	} {
		if !strings.Contains(text, want) {
			b.t.Errorf("%s is not shown as it is", want)
		}
	}
}

// readAloud holds that what a screen reader meets has a name.
func readAloud(b *tab) {
	tree, err := chromedp.Call(b, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	b.must(err)
	named := map[string]int{}
	for _, n := range tree.Nodes {
		if n.Ignored || n.Role == nil {
			continue
		}
		role := strings.Trim(string(n.Role.Value), `"`)
		name := ""
		if n.Name != nil {
			name = strings.Trim(string(n.Name.Value), `"`)
		}
		switch role {
		case "link", "table", "region", "img", "image", "navigation", "DisclosureTriangle", "radio", "columnheader", "rowheader", "heading", "article":
			named[role]++
			if strings.TrimSpace(name) == "" {
				b.t.Errorf("a %s has no name", role)
			}
		}
	}
	for _, role := range []string{"link", "table", "region", "navigation", "DisclosureTriangle", "radio", "columnheader", "rowheader", "heading", "article"} {
		if named[role] == 0 {
			b.t.Errorf("there is no %s among %v", role, named)
		}
	}
	if eval[string](b, `document.querySelector(".flow a").getAttribute("aria-label")`) == "" {
		b.t.Error("a box of the picture says nothing")
	}
}

// filtered holds that findings can be chosen by severity without a script.
func filtered(b *tab) {
	const visible = `[...document.querySelectorAll("article")].filter(a => a.checkVisibility()).map(a => a.className).join()`
	all := eval[string](b, visible)
	eval[bool](b, `document.querySelector(".show-all").focus(), true`)
	b.must(chromedp.Do(b, chromedp.KeyEvent(kb.ArrowDown+kb.ArrowDown))) // past the errors
	if got := eval[string](b, visible); got != "finding warning" || strings.Count(all, "finding") != 10 {
		b.t.Errorf("of %q the filter leaves %q", all, got)
	}
}

// printed holds that paper shows what folds away on the screen.
func printed(b *tab) {
	b.media("print", "light")
	if !eval[bool](b, `document.querySelector(".matrix dd").getBoundingClientRect().height > 0`) {
		b.t.Error("the reasons of the matrix are not printed")
	}
	if eval[bool](b, `document.querySelector("nav").checkVisibility()`) {
		b.t.Error("the links are printed")
	}
	pdf, err := chromedp.Run(b, chromedp.PrintToPDF())
	b.must(err)
	if !bytes.HasPrefix(pdf, []byte("%PDF")) {
		b.t.Error("the page does not print")
	}
	if folder := os.Getenv("POLICYLINT_SCREENSHOTS"); folder != "" {
		b.must(os.WriteFile(filepath.Join(folder, "broken.pdf"), pdf, 0o644))
	}
	b.media("", "light")
}
