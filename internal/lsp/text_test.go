package lsp

import (
	"testing"

	"policylint/inspect/catalog"
)

// TestPlaces goes from places of the catalog to those of the protocol and back.
func TestPlaces(t *testing.T) {
	const s = "ü🦉a\r\nb\rc🦉\n\nd"
	for _, x := range []struct {
		line, column int
		utf8, utf16  position
	}{
		{1, 1, position{0, 0}, position{0, 0}},
		{1, 3, position{0, 6}, position{0, 3}},
		{1, 4, position{0, 7}, position{0, 4}},
		{2, 1, position{1, 0}, position{1, 0}},
		{2, 3, position{2, 0}, position{2, 0}}, // \r alone ends a line of the protocol
		{2, 5, position{2, 5}, position{2, 3}},
		{3, 1, position{3, 0}, position{3, 0}},
		{4, 2, position{4, 1}, position{4, 1}},
		{4, 9, position{4, 1}, position{4, 1}},
		{9, 1, position{4, 1}, position{4, 1}},
	} {
		for units, want := range map[encoding]position{utf8Units: x.utf8, utf16Units: x.utf16} {
			text := newText(s, units, false)
			at := text.offset(x.line, x.column)
			if got := text.position(at); got != want {
				t.Errorf("%s %d:%d is %+v, want %+v", units, x.line, x.column, got, want)
			}
			if got := text.at(want); got != at {
				t.Errorf("%s %+v is at %d, want %d", units, want, got, at)
			}
		}
	}
	text := newText(s, utf16Units, false)
	for p, want := range map[position]int{{0, 2}: 2, {0, 99}: 7, {-1, 0}: 0, {77, 0}: len(s)} {
		if got := text.at(p); got != want {
			t.Errorf("%+v is at %d, want %d", p, got, want)
		}
	}
	marked := newText(bom+"ab", utf16Units, true)
	if start, end := marked.reach(catalog.Origin{Line: 1, Column: 2, EndLine: 1, EndColumn: 4}); marked.span(start, end) != (span{position{0, 0}, position{0, 2}}) {
		t.Errorf("behind a byte order mark: %+v", marked.span(start, end))
	}
}

func TestURI(t *testing.T) {
	for uri, want := range map[string]string{
		"file:///a/b%20c/%C3%BC.sql": "/a/b c/ü.sql", "file:///a/../b#c": "/b", "untitled:x": "", "": "", "https://a/b": "", "%zz": "",
	} {
		if got, ok := fromURI(uri); got != want || ok != (want != "") {
			t.Errorf("%s is %q, want %q", uri, got, want)
		}
	}
	for path, want := range map[string]string{"/a/b c/ü#1.sql": "file:///a/b%20c/%C3%BC%231.sql", "C:/x": "file:///C:/x"} {
		if got := toURI(path); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	if !drive("/c:/x") || drive("/cc/x") {
		t.Error("drives are not told from folders")
	}
	for file, want := range map[string]bool{"/a/b.sql": true, "/a/c/b.sql": true, "/ab/b.sql": false, "/a": false, "/b": false, "/a/..x": true} {
		if inside(file, "/a") != want {
			t.Errorf("inside(%s, /a) is %v", file, !want)
		}
	}
}
