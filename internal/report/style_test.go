package report_test

import (
	"slices"
	"testing"

	"policylint/internal/report"
)

func TestWrap(t *testing.T) {
	for _, test := range []struct {
		text  string
		width int
		want  []string
	}{
		{"", 0, []string{""}},
		{"", 10, []string{""}},
		{"one two three", 0, []string{"one two three"}},
		{"one two three", -1, []string{"one two three"}},
		{" one  two\tthree\n", 0, []string{"one two three"}},
		{"one\u00a0two\u2003three", 0, []string{"one two three"}},
		{"größer als zwei", 0, []string{"größer als zwei"}},
		{"one two three", 7, []string{"one two", "three"}},
		{"one two three", 8, []string{"one two", "three"}},
		{"one two three", 3, []string{"one", "two", "three"}},
		{"one extraordinary two", 5, []string{"one", "extraordinary", "two"}},
		{"漢字 漢字 漢字", 9, []string{"漢字 漢字", "漢字"}},
		{"a \u200b b", 3, []string{"a \u200b", "b"}},
	} {
		if got := report.Wrap(test.text, test.width); !slices.Equal(got, test.want) {
			t.Errorf("wrap(%q, %d) = %q, want %q", test.text, test.width, got, test.want)
		}
	}
}
