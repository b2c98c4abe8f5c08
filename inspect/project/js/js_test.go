package js_test

import (
	"strings"
	"testing"

	"policylint/inspect/project/js"
)

// show is a value on one line.
func show(v js.Value) string {
	switch v.Kind {
	case js.Text:
		return `"` + strings.ReplaceAll(v.Text, js.Hole, "?") + `"`
	case js.List:
		var parts []string
		for _, item := range v.Items {
			parts = append(parts, show(item))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case js.Object:
		var parts []string
		for _, f := range v.Fields {
			parts = append(parts, f.Name+":"+show(f.Value))
		}
		return "{" + strings.Join(parts, " ") + "}"
	}
	return "?"
}

func TestValues(t *testing.T) {
	for _, test := range []struct{ source, want string }{
		{`const x = 'a\'b\x41é\n'`, "\"a'bAé\n\""},
		{"const x = `a${1 + 1}b`;", `"a??b"`},
		{"const y = 'h'; const x = `https://${y}/${f(`${y}`)}`", `"https://h/?"`},
		{`const x: string[] = ["a", b, "c",]`, `["a" ? "c"]`},
		{`const x: Array<{a: string}> = [{a: "b", 'c-d': e, f, g() { return 1 }, "h": [1]}] as const`, `[{a:"b" c-d:? f:? g:? h:[?]}]`},
		{`const y = ["a"]; const x = [...y, ...z, "b"]`, `["a" ? "b"]`},
		{`const x = new Set<string>(["a", "b"])`, `["a" "b"]`},
		{`const x = ["a", 'b'].join("; ")`, `"a; b"`},
		{`const x = "a" + y + 'b'`, `"a?b"`},
		{`const x = c ? ["a"] : ["b"]`, "?"},
		{`const x = y ?? "a"`, "?"},
		{`const x = process.env.X`, "?"},
		{`const x = Deno.env.get("X")!`, "?"},
		{`const x = (["a"])` + "\nfoo()", `["a"]`},
		{`const x = "a"` + "\nconst y = 1", `"a"`},
		{`const x = "a" satisfies string; const z = 1`, `"a"`},
		{"const x = `\n a\n b `.replace(/\\s{2,}/g, ' ').trim()", `"a b"`},
		{`const x = "a".replace("a", "b")`, "?"},
		{`let x = "a"`, ""},
		{`const x = y, y2 = x; const y = x`, "?"},
		{`const r = /["']/.test(a) / 2; const x = "a"`, `"a"`},
		{`const x = "a"; function f() { const x = "b" }`, `"a"`},
		{`const y = "a"; const z = () => { const y = "b" }; const x = [y]`, `[?]`},
		{`const x = () => ["a"]`, "?"},
		{`const x = a as unknown as string; const y = <T,>(a: T) => a`, "?"},
	} {
		s, fault := js.Read("x.ts", []byte(test.source))
		if fault != nil {
			t.Errorf("%s: %v", test.source, fault)
			continue
		}
		got := ""
		if found := s.Named(func(n string) bool { return n == "x" }); len(found) > 0 {
			got = show(found[0])
		}
		if got != test.want {
			t.Errorf("%s: %s, want %s", test.source, got, test.want)
		}
	}
}

func TestHeader(t *testing.T) {
	s, fault := js.Read("next.config.js", []byte(`
const csp = "default-src 'self'";
module.exports = { async headers() { return [
  { source: '/(.*)', headers: [{ key: 'X-Frame-Options', value: 'DENY' }, { key: 'Content-Security-Policy', value: csp.trim() }] },
  { headers: [{ value: "b", key: 'content-security-policy' }] },
]; } };
res.setHeader("Content-Security-Policy", 'c' + d);
const h = { 'Content-Security-Policy': 'e', other: ok ? 'Content-Security-Policy' : 'x' };
`))
	if fault != nil {
		t.Fatal(fault)
	}
	var got []string
	for _, v := range s.Header("Content-Security-Policy") {
		got = append(got, show(v))
	}
	if want := `"default-src 'self'" "b" "c?" "e"`; strings.Join(got, " ") != want {
		t.Errorf("%s, want %s", got, want)
	}
	if v := s.Header("content-security-policy")[1]; v.Origin.Line != 5 || v.Origin.Column != 24 || v.Origin.EndColumn != 27 {
		t.Error(v.Origin)
	}
}

func TestBounds(t *testing.T) {
	var b strings.Builder
	b.WriteString(`const a0 = "xxxxxxxxxxxxxxxx"; const l0 = ["a", "b"];`)
	for i := range 60 {
		n, m := string(rune('0'+i/10))+string(rune('0'+i%10)), string(rune('0'+(i-1)/10))+string(rune('0'+(i+9)%10))
		if i == 0 {
			m = "0"
		}
		b.WriteString("const a" + n + " = a" + m + " + a" + m + "; const l" + n + " = [...l" + m + ", ...l" + m + "];\n")
	}
	b.WriteString("const x = [a59, l59, " + strings.Repeat("[", 50000) + "]")
	s, fault := js.Read("x.js", []byte(b.String()))
	if fault != nil {
		t.Fatal(fault)
	}
	if got := show(s.Named(func(n string) bool { return n == "x" })[0]); len(got) > 1<<20 {
		t.Errorf("%d characters", len(got))
	}
}

func FuzzRead(f *testing.F) {
	f.Add("const x = [`a${b}`, 'c'].join('') as const\n({key: 'H', value: x})")
	f.Add("f('H', {a: [1, ...x], 'H': /[/]/g.test(y) / 2})")
	f.Add("`${`${a}`}`; const H = (")
	f.Fuzz(func(_ *testing.T, text string) {
		s, fault := js.Read("x.ts", []byte(text))
		if fault != nil {
			return
		}
		any := func(string) bool { return true }
		s.Header("H")
		s.Named(any)
		s.Literals(any)
	})
}
