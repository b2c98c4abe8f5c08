package difftest

// Shrink makes a failing list of statements as short as it can, by leaving out
// ever smaller runs of them while fails still holds.
func Shrink(statements []string, fails func([]string) bool) []string {
	for size := len(statements) / 2; size > 0; {
		shorter := false
		for from := 0; from+size <= len(statements); {
			rest := make([]string, 0, len(statements)-size)
			rest = append(append(rest, statements[:from]...), statements[from+size:]...)
			if fails(rest) {
				statements, shorter = rest, true
			} else {
				from += size
			}
		}
		if !shorter || size > len(statements) {
			size /= 2
		}
	}
	return statements
}
