package parse

import (
	pg "github.com/pganalyze/pg_query_go/v5"
	"github.com/pganalyze/pg_query_go/v5/parser"
	"google.golang.org/protobuf/encoding/protowire"
)

// A Token is one lexeme of SQL, comments among them.
type Token struct {
	Kind       pg.Token
	Keyword    bool // a key word, reserved or not
	Start, End int
}

// Scan cuts a text into tokens. They and the error are those of pg_query.Scan,
// whose answer is read here field by field: protobuf's own decoder first
// builds its tables for every message of the parse tree, which takes longer
// than the whole of a small run.
func Scan(text string) ([]Token, error) {
	b, err := parser.ScanToProtobuf(text)
	if err != nil {
		return nil, err
	}
	out := make([]Token, 0, len(b)/8) // a token takes 8 bytes or more
	ok := fields(b, func(n protowire.Number, _ uint64, inner []byte) bool {
		if n != 2 { // ScanResult.tokens
			return true
		}
		var t Token
		ok := fields(inner, t.set)
		out = append(out, t)
		return ok
	})
	if !ok {
		return nil, errForm
	}
	return out, nil
}

// set takes in one field of ScanToken.
func (t *Token) set(n protowire.Number, v uint64, _ []byte) bool {
	switch n {
	case 1:
		t.Start = int(int32(v))
	case 2:
		t.End = int(int32(v))
	case 4:
		t.Kind = pg.Token(int32(v))
	case 5:
		t.Keyword = pg.KeywordKind(int32(v)) != pg.KeywordKind_NO_KEYWORD
	}
	return true
}

// fields calls each for every field of an encoded message.
func fields(b []byte, each func(n protowire.Number, v uint64, inner []byte) bool) bool {
	for len(b) > 0 {
		n, kind, size := protowire.ConsumeTag(b)
		if size < 0 {
			return false
		}
		b = b[size:]
		var v uint64
		var inner []byte
		switch kind {
		case protowire.VarintType:
			v, size = protowire.ConsumeVarint(b)
		case protowire.BytesType:
			inner, size = protowire.ConsumeBytes(b)
		default:
			return false
		}
		if size < 0 || !each(n, v, inner) {
			return false
		}
		b = b[size:]
	}
	return true
}
