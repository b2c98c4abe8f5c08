package js

import (
	"strconv"
	"strings"
)

// unescape resolves the escapes of a literal (ECMA-262, 12.9.4).
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch c := s[i]; c {
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte('\t')
		case 'r':
			b.WriteByte('\r')
		case 'b', 'f', 'v', '0':
			b.WriteByte(' ')
		case '\n': // a line that goes on
		case 'x':
			i += code(&b, s[i+1:], 2)
		case 'u':
			if end := strings.IndexByte(s[i:], '}'); strings.HasPrefix(s[i+1:], "{") && end > 2 {
				code(&b, s[i+2:i+end], end-2)
				i += end
			} else {
				i += code(&b, s[i+1:], 4)
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// code writes the character of some hexadecimal digits, and says how many it
// took.
func code(b *strings.Builder, s string, digits int) int {
	if len(s) < digits {
		return 0
	}
	n, err := strconv.ParseUint(s[:digits], 16, 32)
	if err != nil {
		return 0
	}
	b.WriteRune(rune(n))
	return digits
}
