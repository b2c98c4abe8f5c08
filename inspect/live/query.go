package live

import (
	"context"
	"embed"
	"fmt"
	"regexp"
	"strconv"

	"github.com/jackc/pgx/v5"

	"policylint/inspect/catalog"
)

//go:embed queries/*.sql
var queries embed.FS

// loader fills a catalog.
type loader struct {
	ctx     context.Context
	q       Querier
	opts    Options
	cat     *catalog.Catalog
	version int    // server_version_num
	saved   string // search_path as it was

	seesSlots bool // the role may read pg_replication_slots

	tablesByID map[uint32]*catalog.Table
	viewsByID  map[uint32]*catalog.View
	typesByID  map[uint32]*catalog.Type // composite types, by their pg_class row
	acls       map[string]catalog.ACL   // by their text
	words      *words
	parser     parser
}

// each runs queries/name.sql and calls f for every row, scanned into dst. The
// lists of texts in dst are shared: f must not change them.
func (l *loader) each(name string, dst []any, f func() error) error {
	text, err := queries.ReadFile("queries/" + name + ".sql")
	if err != nil {
		return err
	}
	rows, err := l.q.Query(l.ctx, forVersion(string(text), l.version))
	if err != nil {
		return err
	}
	dst, done := l.words.targets(dst)
	_, err = pgx.ForEachRow(rows, dst, func() error {
		done()
		return f()
	})
	return err
}

// since marks a column or table that older servers do not have:
//
//	i.indnullsnotdistinct /* before 15: false */
//
// A query is written for the newest server; on one before 15 this reads false.
var since = regexp.MustCompile(`[\w.]+ /\* before (\d+): (.*?) \*/`)

// forVersion is the query for a server of that server_version_num.
func forVersion(sql string, version int) string {
	return since.ReplaceAllStringFunc(sql, func(s string) string {
		m := since.FindStringSubmatch(s)
		major, err := strconv.Atoi(m[1])
		if err == nil && version < major*10000 {
			return m[2]
		}
		return s
	})
}

// set changes settings until the end of the transaction.
func (l *loader) set(sql string, args ...any) error {
	rows, err := l.q.Query(l.ctx, sql, args...)
	if err != nil {
		return err
	}
	rows.Close()
	return rows.Err()
}

// restore gives the transaction back the search_path it came with.
func (l *loader) restore() error {
	return l.set("select pg_catalog.set_config('search_path', $1, true)", l.saved)
}

// gap records something that could not be taken in.
func (l *loader) gap(o catalog.Ref, format string, args ...any) {
	l.cat.Gaps = append(l.cat.Gaps, catalog.Gap{Reason: fmt.Sprintf(format, args...), Object: o})
}

// known is a fact of a running database, which has no statement behind it.
func known[T comparable](v T) catalog.Fact[T] { return catalog.Of(v, catalog.Origin{}) }

// deref is "" for null.
func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
