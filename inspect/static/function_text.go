package static

import (
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/expr/parse"
	"policylint/inspect/plpgsql"
)

// functionText takes the body of a function and where it stands.
func (r *replay) functionText(f *catalog.Function, n *pg.CreateFunctionStmt, as *pg.DefElem) *sqlError {
	if n.SqlBody != nil {
		if as != nil {
			return errf("42P13", "duplicate function body specified")
		}
		if f.Language != "sql" {
			return errf("42P13", "inline SQL function body only valid for language SQL")
		}
		f.StandardBody = true
		start := standardBody(r.text)
		f.Body = catalog.Of(strings.TrimSpace(r.text[start:]), r.at)
		f.BodyAt = r.place(start)
		return nil
	}
	if as == nil {
		return errf("42P13", "no function body specified")
	}
	parts := names(as.GetArg().GetList().GetItems())
	if len(parts) == 0 {
		return nil
	}
	if len(parts) > 1 && f.Language != "c" {
		return errf("42P13", "only one AS item needed for language %q", f.Language)
	}
	f.Body = catalog.Of(parts[0], r.at)
	f.BodyAt = r.place(stringStart(r.text, int(as.Location)-r.base))
	return nil
}

// place is the origin of one offset in the text of the present statement; the
// whole statement when it was made up.
func (r *replay) place(offset int) catalog.Origin {
	if r.text == "" || offset < 0 || offset > len(r.text) {
		return r.at
	}
	line, column := plpgsql.Position(r.text, offset)
	o := r.at
	if line == 1 {
		column += r.at.Column - 1
	}
	o.Line, o.Column = r.at.Line+line-1, column
	return o
}

// standardBody is the offset of BEGIN ATOMIC or RETURN in CREATE FUNCTION.
func standardBody(text string) int {
	tokens, err := parse.Scan(text)
	if err != nil {
		return 0
	}
	for i, t := range tokens {
		switch t.Kind {
		case pg.Token_RETURN:
			return t.Start
		case pg.Token_BEGIN_P:
			if i+1 < len(tokens) && tokens[i+1].Kind == pg.Token_ATOMIC {
				return t.Start
			}
		}
	}
	return 0
}

// stringStart is the offset of the first character inside the string constant
// that follows the word at offset, -1 when there is none.
func stringStart(text string, offset int) int {
	if offset < 0 || offset > len(text) {
		return -1
	}
	rest := text[offset:]
	i := strings.IndexFunc(rest, func(c rune) bool { return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') })
	if i < 0 {
		return -1
	}
	for i < len(rest) {
		switch s := rest[i:]; {
		case strings.HasPrefix(s, "--"):
			end := strings.IndexByte(s, '\n')
			if end < 0 {
				return -1
			}
			i += end
		case strings.HasPrefix(s, "/*"):
			i += comment(s)
		case s[0] == '\'':
			return offset + i + 1
		case s[0] == '$':
			end := strings.IndexByte(s[1:], '$')
			if end < 0 {
				return -1
			}
			return offset + i + end + 2
		case (s[0] == 'e' || s[0] == 'E') && len(s) > 1 && s[1] == '\'':
			return offset + i + 2
		case (s[0] == 'u' || s[0] == 'U') && strings.HasPrefix(s[1:], "&'"):
			return offset + i + 3
		case s[0] == ' ' || s[0] == '\t' || s[0] == '\n' || s[0] == '\r' || s[0] == '\f':
			i++
		default:
			return -1
		}
	}
	return -1
}

// comment is the length of the block comment that s begins with; they nest.
func comment(s string) int {
	depth := 0
	for i := 0; i < len(s)-1; i++ {
		switch s[i : i+2] {
		case "/*":
			depth++
			i++
		case "*/":
			depth--
			i++
		}
		if depth == 0 {
			return i + 1
		}
	}
	return len(s)
}
