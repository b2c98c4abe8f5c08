// Package parse parses SQL into pg_query's tree, several times as fast as
// pg_query.Parse does: libpg_query writes its tree as JSON much faster than as
// protobuf, and a decoder that knows the types of the tree reads it in less
// time than the general one of protobuf.
package parse

import (
	"errors"

	pg "github.com/pganalyze/pg_query_go/v5"
	"github.com/pganalyze/pg_query_go/v5/parser"
)

// SQL parses a text of any number of statements. The tree and the error are
// those that pg_query.Parse returns.
func SQL(text string) (*pg.ParseResult, error) {
	json, err := parser.ParseToJSON(text)
	if err != nil {
		return nil, err
	}
	tree := &pg.ParseResult{}
	if err := decode(json, text, tree); err != nil {
		return pg.Parse(text) // the tree has what this decoder was not written for
	}
	return tree, nil
}

var errForm = errors.New("the tree is not of the expected form")
