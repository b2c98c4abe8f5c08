package report_test

import (
	"bytes"
	"encoding/base64"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"policylint/inspect/token"
	"policylint/internal/report"
)

// TestTokensText holds how two tokens look beside each other, at 80 columns.
func TestTokensText(t *testing.T) {
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
	for name, x := range []*token.Token{
		read(`{"role":"authenticated","sub":"00000000-0000-0000-0000-0000000000a1","exp":1772370000,"org":"a"}`),
		read(`{"role":"authenticated","sub":"00000000-0000-0000-0000-0000000000a1","exp":1772280000,"\u001b[2J":1}`),
	} {
		s := (token.Keys{}).Verify(x)
		out.List = append(out.List, report.Token{Name: []string{"local", "production"}[name], Token: x, Signature: s, Hint: "give --jwks FILE", Result: token.Check(x, s, token.Options{Now: now})})
	}
	out.Differences = token.Compare(out.List[0].Token, out.List[1].Token)
	var b bytes.Buffer
	if err := report.TokensText(&b, out, false, 80, false); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(tokensText, b.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

const tokensText = ``
