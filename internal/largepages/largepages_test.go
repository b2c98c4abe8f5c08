package largepages_test

import (
	"testing"

	"policylint/internal/largepages"
)

// TestReserve reserves more than one page, and nothing at all, and then makes
// and reads more than was reserved.
func TestReserve(t *testing.T) {
	for _, n := range []int{-1, 0, 1, 4096, 5 << 20} {
		largepages.Reserve(n)
	}
	var kept [][]byte
	for i := range 100 {
		b := make([]byte, 100_000)
		for j := range b {
			if b[j] != 0 {
				t.Fatalf("object %d is not empty", i)
			}
			b[j] = byte(i)
		}
		kept = append(kept, b)
	}
	for i, b := range kept {
		if b[0] != byte(i) || b[len(b)-1] != byte(i) {
			t.Fatalf("object %d was written over", i)
		}
	}
}
