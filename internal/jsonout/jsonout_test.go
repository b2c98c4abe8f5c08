package jsonout_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode"

	"policylint/internal/jsonout"
)

// TestWrite holds that what hides or turns text is escaped, and read back as
// it was.
func TestWrite(t *testing.T) {
	const hostile = "a\u202e\u2066\u2069\u200e\u200f\u061c\u2028\u0085\u009b\x7f\x1b<ü 雪 🙂>"
	var b bytes.Buffer
	if err := jsonout.Write(&b, map[string]any{hostile: []string{hostile}}); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsFunc(b.String(), func(r rune) bool {
		return r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028')
	}) {
		t.Errorf("%q has what should be escaped", b.String())
	}
	if !strings.Contains(b.String(), `\u202e\u2066`) || !strings.Contains(b.String(), "<ü 雪 🙂>") {
		t.Errorf("%s escapes too little or too much", b.String())
	}
	var back map[string][]string
	if err := json.Unmarshal(b.Bytes(), &back); err != nil || len(back[hostile]) != 1 || back[hostile][0] != hostile {
		t.Errorf("read back as %q: %v", back, err)
	}
}
