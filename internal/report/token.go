package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/clipperhouse/displaywidth"

	"policylint/inspect/token"
)

// Tokens are one token that was looked at, or two beside each other.
type Tokens struct {
	Now         time.Time
	List        []Token
	Differences []token.Difference // of the second to the first
	// Access is what their subjects may do; nil when there was nothing to read
	// that from, and NoAccess says why.
	Access   *Access
	NoAccess string
}

// A Token is one with what there is to say about it.
type Token struct {
	Name string
	*token.Token
	Signature token.Signature
	Hint      string // what would verify the signature; "" when it was
	*token.Result
}

// Faulty reports whether one of them has a fault.
func (t *Tokens) Faulty() bool {
	for _, x := range t.List {
		if x.Result.Faulty() {
			return true
		}
	}
	return false
}

// maxClaims is how many claims are listed for people.
const maxClaims = 60

// tokenWidth is how wide the text is at most.
const tokenWidth = 80

// A tokenText writes it for people.
type tokenText struct {
	out *bufio.Writer
	palette
}

// TokensText writes for people what there is to say. No part of it shows a
// token, a signature or a key.
func TokensText(w io.Writer, t *Tokens, color bool, width int, why bool) error {
	x := &tokenText{bufio.NewWriter(w), palette{color}}
	for i := range t.List {
		if i > 0 {
			fmt.Fprintln(x.out)
		}
		x.one(&t.List[i])
	}
	if len(t.List) > 1 {
		x.differences(t)
	}
	fmt.Fprintf(x.out, "\n%s\n", x.bold("Who may do what"))
	if t.Access == nil {
		x.block("  ", "", "not checked: "+t.NoAccess)
	}
	if err := x.out.Flush(); err != nil || t.Access == nil {
		return err
	}
	return AccessText(w, t.Access, color, width, why)
}

// block writes text beside a heading, broken at the width.
func (x *tokenText) block(indent, head, text string) {
	rest := strings.Repeat(" ", displaywidth.String(indent+head))
	for i, line := range wrap(clean(text), tokenWidth-len(rest)) {
		if i == 0 {
			fmt.Fprintf(x.out, "%s%s%s\n", indent, head, line)
			continue
		}
		fmt.Fprintf(x.out, "%s%s\n", rest, line)
	}
}

// one writes about one token.
func (x *tokenText) one(t *Token) {
	what := string(t.Kind)
	if t.In != token.Bare {
		what += ", from " + string(t.In)
	}
	fmt.Fprintln(x.out, x.bold(clean(t.Name)+": "+what))
	if iss := t.Issuer(); iss != "" {
		x.block("  ", "issuer     ", shorten(token.MaskText(iss)))
	}
	if !t.Kind.IsOpaque() {
		x.block("  ", "algorithm  ", t.algorithm())
		x.block("  ", "signature  ", string(t.Signature.State)+": "+t.Signature.Because)
		if t.Hint != "" {
			x.block("             ", "", t.Hint)
		}
		if t.Expiry != "" {
			x.block("  ", "expiry     ", t.Expiry)
		}
	}
	x.problems(t)
	if claims := t.Shown(); len(claims) > 0 {
		fmt.Fprintf(x.out, "\n%s\n", x.bold("Claims"))
		wide := 0
		for i, c := range claims {
			if i < maxClaims {
				wide = max(wide, displaywidth.String(clean(c.Path.String())))
			}
		}
		wide = min(wide, 32)
		for i, c := range claims {
			if i == maxClaims {
				fmt.Fprintf(x.out, "  %s\n", x.faint("and "+count(len(claims)-i, "other")))
				break
			}
			x.block("  ", pad(clean(c.Path.String()), wide)+"  ", c.First)
		}
	}
	fmt.Fprintf(x.out, "\n%s\n", x.bold("What becomes of it"))
	x.block("  ", "PostgREST  ", t.PostgREST.Text)
	x.block("  ", "Realtime   ", t.Realtime.Text)
}

// algorithm is what the header says of the signature.
func (t *Token) algorithm() string {
	text := t.Header.Alg
	if text == "" {
		text = "none named"
	}
	if t.Header.KeyID != "" {
		text += ", kid " + t.Header.KeyID
	}
	return shorten(token.MaskText(text))
}

// shorten keeps a text on a line.
func shorten(s string) string {
	if r := []rune(s); len(r) > 64 {
		return string(r[:63]) + "…"
	}
	return s
}

// problems lists what is wrong, and how to mend it.
func (x *tokenText) problems(t *Token) {
	fmt.Fprintln(x.out)
	worst := false
	for _, p := range t.Problems {
		code := map[token.Level]string{token.Fault: red, token.Warning: yellow, token.Note: cyan}[p.Level]
		worst = worst || p.Level != token.Note
		lines := wrap(clean(p.Message), tokenWidth-len(p.Level)-2)
		fmt.Fprintf(x.out, "%s %s\n", x.paint(string(p.Level)+":", code), lines[0])
		for _, line := range lines[1:] {
			fmt.Fprintf(x.out, "%s%s\n", strings.Repeat(" ", len(p.Level)+2), line)
		}
		if p.Fix != "" {
			x.block(strings.Repeat(" ", len(p.Level)+2), "fix: ", p.Fix)
		}
	}
	if !worst {
		verified := ""
		if t.Signature.State == token.NotVerified && !t.Kind.IsOpaque() {
			verified = "; the signature was not verified"
		}
		fmt.Fprintln(x.out, "no faults"+verified)
	}
}

// differences writes claims side by side.
func (x *tokenText) differences(t *Tokens) {
	fmt.Fprintf(x.out, "\n%s\n", x.bold("Claims that differ"))
	if a, b := t.List[0].Project(), t.List[1].Project(); a != "" && b != "" && a != b {
		x.block("  ", "", "they are of two projects, "+a+" and "+b+": a project takes no tokens and keys of another one")
	}
	var usual []string
	shown := 0
	for _, d := range t.Differences {
		switch {
		case d.Ordinary:
			if name := clean(d.Path[0]); len(usual) == 0 || usual[len(usual)-1] != name {
				usual = append(usual, name)
			}
			continue
		case shown == maxClaims:
			shown++
			fmt.Fprintf(x.out, "  %s\n", x.faint("and others"))
			continue
		case shown > maxClaims:
			continue
		}
		shown++
		fmt.Fprintf(x.out, "  %s\n", clean(d.Path.String()))
		wide := max(displaywidth.String(clean(t.List[0].Name)), displaywidth.String(clean(t.List[1].Name)))
		for i, v := range []string{d.First, d.Second} {
			if v == "" {
				v = "missing"
			}
			x.block("    ", pad(clean(t.List[i].Name), wide)+"  ", v)
		}
	}
	if shown == 0 {
		fmt.Fprintln(x.out, "  none that matters")
	}
	if len(usual) > 0 {
		x.block("  ", "", "and, as between any two tokens: "+strings.Join(usual, ", "))
	}
}
