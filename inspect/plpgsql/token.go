package plpgsql

import (
	"strings"
	"unicode/utf8"

	pg "github.com/pganalyze/pg_query_go/v5"
	pgparser "github.com/pganalyze/pg_query_go/v5/parser"

	"policylint/inspect/expr/parse"
)

// A token is one lexeme of the body. SQL keywords are words like any other:
// which words PL/pgSQL reserves is a list of its own.
type token struct {
	kind       tokenKind
	start, end int
	text       string // as written
	word       string // of a name: folded and unquoted; of a string: its value
	quoted     bool
}

type tokenKind int

const (
	eof tokenKind = iota
	name
	str
	number
	symbol
)

// reserved are the words that PL/pgSQL never takes as a name, unreserved
// those that start or continue its statements unless a variable has the name.
// (src/pl/plpgsql/src/pl_reserved_kwlist.h and pl_unreserved_kwlist.h of
// PostgreSQL 16.)
var (
	reserved = words(`all begin by case declare else end execute for foreach from
		if in into loop not null or strict then to using when while`)
	unreserved = words(`absolute alias and array assert backward call chain close
		collate column column_name commit constant constraint constraint_name
		continue current cursor datatype debug default detail diagnostics do dump
		elseif elsif errcode error exception exit fetch first forward get hint
		import info insert is last log merge message message_text move next no
		notice open option perform pg_context pg_datatype_name pg_exception_context
		pg_exception_detail pg_exception_hint pg_routine_oid print_strict_params
		prior query raise relative return returned_sqlstate reverse rollback
		row_count rowtype schema schema_name scroll slice sqlstate stacked table
		table_name type use_column use_variable variable_conflict warning`)
)

// scan cuts the body into tokens, without comments, and a last one of kind
// eof.
func scan(body string) ([]token, *Error) {
	lexemes, err := parse.Scan(body)
	if err != nil {
		return nil, sqlError(body, 0, body, err)
	}
	tokens := make([]token, 0, len(lexemes)+1)
	for _, t := range lexemes {
		tok := token{kind: symbol, start: t.Start, end: t.End}
		switch t.Kind {
		case pg.Token_SQL_COMMENT, pg.Token_C_COMMENT:
			continue
		case pg.Token_UIDENT, pg.Token_USCONST:
			// The scanner gives these no length.
			tok.end = tok.start + 2 + quotedLen(body[tok.start+2:])
		}
		tok.text = body[tok.start:tok.end]
		switch t.Kind {
		case pg.Token_IDENT, pg.Token_UIDENT:
			tok.kind = name
			tok.word, tok.quoted = unquoteName(tok.text)
		case pg.Token_PARAM:
			tok.kind, tok.word = name, tok.text
		case pg.Token_SCONST, pg.Token_USCONST:
			tok.kind, tok.word = str, unquoteString(tok.text)
		case pg.Token_ICONST, pg.Token_FCONST:
			tok.kind = number
		default:
			if t.Keyword {
				tok.kind, tok.word = name, fold(tok.text)
			}
		}
		tokens = append(tokens, tok)
	}
	return append(tokens, token{kind: eof, start: len(body), end: len(body)}), nil
}

// keyword reports whether the token is this word, unquoted.
func (t token) keyword(w string) bool {
	return t.kind == name && !t.quoted && t.word == w
}

func (t token) symbol(s string) bool { return t.kind == symbol && t.text == s }

// plain reports whether the token can be a name: PL/pgSQL reserves it not.
func (t token) plain() bool {
	return t.kind == name && (t.quoted || !reserved[t.word])
}

// assigns reports whether the token is := or =.
func (t token) assigns() bool { return t.symbol(":=") || t.symbol("=") }

// fold lowers what the server lowers in UTF-8: ASCII letters.
func fold(s string) string {
	return clip(strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s))
}

// clip cuts a name to the 63 bytes that PostgreSQL keeps.
func clip(s string) string {
	if len(s) <= 63 {
		return s
	}
	n := 63
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// sqlError is an error of the SQL scanner or parser over text, which stands
// at offset in the body; its position counts characters.
func sqlError(body string, offset int, text string, err error) *Error {
	e, ok := err.(*pgparser.Error)
	if !ok {
		return errorAt(body, offset, err.Error())
	}
	for i := range text {
		if e.Cursorpos--; e.Cursorpos == 0 {
			offset += i
			break
		}
	}
	if e.Cursorpos > 0 {
		offset += len(text)
	}
	return errorAt(body, offset, e.Message)
}
