package source

import (
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// bom is the byte order mark that some editors put in front of UTF-8.
const bom = "\uFEFF"

// decode turns a file of UTF-16, as PowerShell writes it, into UTF-8. It
// reports whether it was one.
func decode(text string) (string, bool) {
	var order binary.ByteOrder
	switch {
	case strings.HasPrefix(text, "\xFF\xFE"):
		order = binary.LittleEndian
	case strings.HasPrefix(text, "\xFE\xFF"):
		order = binary.BigEndian
	default:
		return text, false
	}
	units := make([]uint16, 0, len(text)/2)
	for b := []byte(text[2:]); len(b) >= 2; b = b[2:] {
		units = append(units, order.Uint16(b))
	}
	return string(utf16.Decode(units)), true
}

// invalid finds the first bytes that the server would not take as UTF-8, and
// what it says of them.
func invalid(text string) (int, *Error) {
	if utf8.ValidString(text) && strings.IndexByte(text, 0) < 0 {
		return 0, nil
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && n == 1 || r == 0 {
			return i, &Error{"22021", `invalid byte sequence for encoding "UTF8": ` + bytesOf(text[i:])}
		}
		i += n
	}
	return 0, nil
}

// bytesOf shows the bytes that belong to one character, as the server does:
// as many as the first of them announces.
func bytesOf(s string) string {
	n := 1
	switch c := s[0]; {
	case c >= 0xF0 && c < 0xF8:
		n = 4
	case c >= 0xE0:
		n = 3
	case c >= 0xC0:
		n = 2
	}
	if s[0] >= 0xF8 {
		n = 1
	}
	var b strings.Builder
	for i := range min(n, len(s)) {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "0x%02x", s[i])
	}
	return b.String()
}
