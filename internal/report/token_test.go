package report_test

import (
	"encoding/base64"
	"io"
	"testing"
	"time"

	"policylint/inspect/token"
	"policylint/internal/report"
)

// TestTokens holds how two tokens look beside each other, at 80 columns, and as
// JSON.
func TestTokens(t *testing.T) {
	part := base64.RawURLEncoding.EncodeToString
	read := func(claims string) *token.Token {
		x, err := token.Read(part([]byte(`{"alg":"ES256","typ":"JWT","kid":"k1"}`)) + "." + part([]byte(claims)) + ".c2ln")
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	out := &report.Tokens{Now: now, NoAccess: "there are no migrations here"}
	for i, x := range []*token.Token{
		read(`{"role":"authenticated","sub":"00000000-0000-0000-0000-0000000000a1","exp":1772370000,"org":"a"}`),
		read(`{"role":"authenticated","sub":"00000000-0000-0000-0000-0000000000a1","exp":1772280000,"\u001b[2J":1}`),
	} {
		s := (token.Keys{}).Verify(x)
		out.List = append(out.List, report.Token{Name: []string{"local", "production"}[i], Token: x, Signature: s, Hint: "give --jwks FILE", Result: token.Check(x, s, token.Options{Now: now})})
	}
	out.Differences = token.Compare(out.List[0].Token, out.List[1].Token)
	golden(t, "token.txt", func(w io.Writer) error { return report.TokensText(w, out, false, 80, false) })
	golden(t, "token.json", func(w io.Writer) error { return report.TokensJSON(w, out) })
}
