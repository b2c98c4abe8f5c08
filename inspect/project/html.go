package project

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"

	"policylint/inspect/project/place"
)

// html finds <meta http-equiv="Content-Security-Policy" content="…">.
func (w *walker) html(name string, text []byte) {
	if !bytes.Contains(bytes.ToLower(text), []byte("content-security-policy")) {
		return
	}
	lines := place.New(w.options.name(name), text)
	z := html.NewTokenizer(bytes.NewReader(lines.Text))
	for offset := 0; ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			return
		}
		from := offset
		offset += len(z.Raw())
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		t := z.Token()
		if t.Data != "meta" {
			continue
		}
		var header, content string
		for _, a := range t.Attr {
			switch a.Key {
			case "http-equiv":
				header = a.Val
			case "content":
				content = a.Val
			}
		}
		if strings.EqualFold(strings.TrimSpace(header), headerCSP) {
			w.policy(name, placeholders(content), true, lines.At(from, offset))
		}
	}
}
