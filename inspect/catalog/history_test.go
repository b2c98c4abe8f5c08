package catalog_test

import (
	"testing"

	"policylint/inspect/catalog"
)

// TestDigest tells what an edit is from what is none.
func TestDigest(t *testing.T) {
	const text = "-- the notes; of people\ncreate table a (b text default 'x;y');\n/* and /* nested */ more */\ndo $f$ begin perform 1; end $f$;\nselect e'it\\'s', 'it''s', \"od\"\"d\";\n"
	whole := catalog.Digest(text)
	for name, statements := range map[string][]string{
		"cut as the Supabase CLI cuts": {"-- the notes; of people\ncreate table a (b text default 'x;y')", "/* and /* nested */ more */\ndo $f$ begin perform 1; end $f$", "select e'it\\'s', 'it''s', \"od\"\"d\""},
		"without comments":             {"create table a (b text default 'x;y')", "do $f$ begin perform 1; end $f$", "select e'it\\'s','it''s',\"od\"\"d\""},
		"other line breaks":            {"\ufeffcreate table a\r\n(b text default 'x;y');;", "do $f$ begin perform 1; end $f$", "select e'it\\'s', 'it''s', \"od\"\"d\" -- end"},
	} {
		if catalog.Digest(statements...) != whole {
			t.Errorf("%s is another text", name)
		}
	}
	for name, edited := range map[string]string{
		"another word":       "create tables a",
		"within a quote":     "select 'a  b'",
		"comment in a quote": "select '--'",
		"case":               "create TABLE a",
		"within a body":      "do $$ begin  end $$",
		"one word for two":   "createtable a",
		"nothing":            "",
		"a dollar":           "select $1 a$b$",
	} {
		base := map[string]string{
			"another word": "create table a", "within a quote": "select 'a b'", "comment in a quote": "select ''", "case": "create table a",
			"within a body": "do $$ begin end $$", "one word for two": "create table a", "nothing": "select", "a dollar": "select $1 a$b",
		}[name]
		if catalog.Digest(edited) == catalog.Digest(base) {
			t.Errorf("%s is no other text", name)
		}
	}
	for _, odd := range []string{"'", "e'\\", "$a", "/*", "--", "\"", "$", "$1$", "\xef\xbb"} {
		catalog.Digest(odd) // ends
	}
}
