package plpgsql

import (
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"
)

// typeName is the form of a declared type among the fragments to check.
const typeName Form = -1

// check gives the fragments to the SQL parser, all at once, and singly only
// to find the one it refuses. It returns the first that is no valid SQL.
func check(body string, fs []Fragment) *Error {
	if len(fs) == 0 {
		return nil
	}
	var all strings.Builder
	for _, f := range fs {
		before, after := wrap(f)
		all.WriteString(before + f.Text + after + "\n;\n")
	}
	parts, err := pg.SplitWithParser(all.String(), false)
	whole := err == nil && len(parts) == len(fs)
	for _, f := range fs {
		if !whole {
			if e := single(body, f); e != nil {
				return e
			}
		}
		if e := shape(body, f); e != nil {
			return e
		}
	}
	return nil
}

// single checks one fragment.
func single(body string, f Fragment) *Error {
	before, after := wrap(f)
	text := before + f.Text + after
	parts, err := pg.SplitWithParser(text, false)
	switch {
	case err != nil:
		e := sqlError(body, f.Offset-len(before), text, err)
		if after != "" && e.Offset >= f.End() {
			e.Message = "syntax error at end of input"
		}
		return e
	case len(parts) != 1:
		return errorAt(body, f.Offset, "syntax error in SQL: not one statement")
	}
	return nil
}

// wrap is what makes a fragment a statement.
func wrap(f Fragment) (before, after string) {
	switch f.Form {
	case Statement:
		return "", ""
	case typeName:
		return "SELECT CAST(NULL AS ", ")"
	}
	return "SELECT ", ""
}

// shape refuses what SELECT takes but an expression of PL/pgSQL does not: its
// grammar stops before set operations and INTO (PLpgSQL_Expr in gram.y).
func shape(body string, f Fragment) *Error {
	if f.Form != Expr || !suspicious(f.Text) {
		return nil
	}
	tokens, e := scan(f.Text)
	if e != nil {
		return errorAt(body, f.Offset+e.Offset, e.Message)
	}
	parens, before := 0, token{}
	for _, t := range tokens {
		switch {
		case t.symbol("("), t.symbol("["):
			parens++
		case t.symbol(")"), t.symbol("]"):
			parens--
		case parens != 0 || before.symbol(".") || before.keyword("as"):
		case t.keyword("union"), t.keyword("intersect"), t.keyword("except"), t.keyword("into"):
			return errorAt(body, f.Offset+t.start, "syntax error at or near \""+t.text+"\"")
		}
		before = t
	}
	return nil
}

func suspicious(text string) bool {
	text = strings.ToLower(text)
	for _, w := range []string{"union", "intersect", "except", "into"} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}
