// Package live reads the catalog of a running database, and connects to one
// without being able to change it.
package live

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"policylint/inspect/catalog"
)

// A Querier is a connection or a transaction.
type Querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// Options say how a database is read. The zero Options find out by themselves.
type Options struct {
	// Platform is "supabase" or "postgres"; "" tells by the roles and schemas.
	Platform string
	// Migrator is the role that runs the migrations; "" is postgres.
	Migrator string
	// Server is the host and port that reports name; without credentials.
	Server string
	// Progress, if set, is called before each of the steps.
	Progress func(done, steps int, what string)
}

// A step reads the objects of one kind.
type step struct {
	what string
	read func(*loader) error
}

// steps in the order in which they need each other. Each is one query, or two,
// however large the database is.
var steps = []step{
	{"server", (*loader).server},
	{"settings", (*loader).settings},
	{"roles", (*loader).roles},
	{"schemas", (*loader).schemas},
	{"extensions", (*loader).extensions},
	{"default privileges", (*loader).defaults},
	{"types", (*loader).types},
	{"tables", (*loader).tables},
	{"views", (*loader).views},
	{"columns", (*loader).columns},
	{"policies", (*loader).policies},
	{"constraints", (*loader).constraints},
	{"indexes", (*loader).indexes},
	{"triggers", (*loader).triggers},
	{"functions", (*loader).functions},
	{"sequences", (*loader).sequences},
	{"publications", (*loader).publications},
	{"runtime", (*loader).runtime},
	{"expressions", (*loader).finish},
}

// Load reads the catalog through q, which must be in a transaction: for its
// duration the search_path is empty, so that the server prints every name of
// the application with its schema, and afterwards it is what it was. It reads
// the system catalogs of PostgreSQL 14 to 18 and, where the platform has them
// and the role may, realtime.subscription and the history of migrations. An
// error names the step; after one, the transaction is of no more use.
func Load(ctx context.Context, q Querier, o Options) (*catalog.Catalog, error) {
	l := &loader{ctx: ctx, q: q, opts: o, cat: catalog.New(), words: newWords()}
	defer l.parser.stop()
	for i, s := range steps {
		if o.Progress != nil {
			o.Progress(i, len(steps), s.what)
		}
		if err := s.read(l); err != nil {
			return nil, fmt.Errorf("read %s: %w", s.what, err)
		}
	}
	for _, t := range l.tablesByID {
		l.cat.PutTable(t)
	}
	for _, v := range l.viewsByID {
		l.cat.PutView(v)
	}
	if err := l.restore(); err != nil {
		return nil, fmt.Errorf("restore search_path: %w", err)
	}
	return l.cat, nil
}
