package inspect_test

import (
	"context"
	"errors"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"policylint/inspect/static/source"
	"policylint/internal/pgtest"
)

// An applier runs migrations on a server as the Supabase CLI does: each file
// in one transaction.
type applier struct {
	t         *testing.T
	c         *pgx.Conn
	refused   []refusal
	onlyWhole []refusal // the file was refused as a whole, but no statement by itself
}

// file applies one file. When the server stops in it, it is applied once more
// statement by statement, so that there is something to go on with.
func (a *applier) file(fsys fs.FS, name string) {
	a.t.Helper()
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		a.t.Fatal(err)
	}
	if superusers.Match(text) {
		// supautils lends the migrator what only a superuser may do here.
		a.asAdmin("alter role postgres superuser")
		defer a.asAdmin("alter role postgres nosuperuser")
	}
	a.mustRun("reset all")
	before := len(a.refused)
	r, ok := a.whole(name, string(text))
	a.endBlock()
	if ok {
		return
	}
	a.mustRun("reset all")
	for _, s := range source.Text(name, string(text)).Statements {
		a.statement(name, s)
	}
	a.endBlock()
	if len(a.refused) == before {
		a.onlyWhole = append(a.onlyWhole, r)
	}
}

// asAdmin runs a statement with all rights.
func (a *applier) asAdmin(sql string) {
	a.t.Helper()
	if _, err := pgtest.Admin(a.t, a.c).Exec(context.Background(), sql); err != nil {
		a.t.Fatalf("%s: %v", sql, err)
	}
}

var (
	superusers = regexp.MustCompile(`(?i)\b(event\s+trigger|foreign\s+data\s+wrapper)\b`)

	copyIn = regexp.MustCompile(`(?im)^copy [^;]* from stdin[^;]*;[ \t]*\r?\n`)
	meta   = regexp.MustCompile(`(?m)^\\(restrict|unrestrict|connect|encoding|set|echo|timing|pset|unset).*$`)
)

// whole runs a file as one transaction, with the rows of its COPY statements.
func (a *applier) whole(name, text string) (refusal, bool) {
	text = meta.ReplaceAllString(text, "")
	if copyIn.MatchString(text) {
		a.mustRun("begin")
	}
	for {
		at := copyIn.FindStringIndex(text)
		if at == nil {
			break
		}
		if err := a.run(text[:at[0]]); err != nil {
			return refusalOf(name, text, err), false
		}
		rows, rest, _ := strings.Cut(text[at[1]:], "\\.\n")
		if _, err := a.c.PgConn().CopyFrom(context.Background(), strings.NewReader(rows), text[at[0]:at[1]]); err != nil {
			return refusalOf(name, text, err), false
		}
		text = rest
	}
	if err := a.run(text); err != nil {
		return refusalOf(name, text, err), false
	}
	if a.c.PgConn().TxStatus() == 'T' && copyIn.MatchString(text) {
		a.mustRun("commit")
	}
	return refusal{}, true
}

// statement runs one statement so that being refused leaves no trace.
func (a *applier) statement(name string, s source.Statement) {
	inBlock := a.c.PgConn().TxStatus() == 'T' && s.Node.GetTransactionStmt() == nil
	if inBlock {
		a.mustRun("savepoint policylint_corpus")
	}
	var err error
	if n := s.Node.GetCopyStmt(); n != nil && n.IsFrom && n.Filename == "" {
		_, err = a.c.PgConn().CopyFrom(context.Background(), strings.NewReader(""), s.SQL)
	} else {
		err = a.run(s.SQL)
	}
	if err != nil {
		r := refusalOf(name, s.SQL, err)
		if s.Err != nil {
			r.line += s.Origin.Line - 1
		} else {
			r.line = s.Origin.Line
		}
		a.refused = append(a.refused, r)
	}
	switch {
	case inBlock && err != nil:
		a.mustRun("rollback to savepoint policylint_corpus")
	case inBlock && a.c.PgConn().TxStatus() == 'T':
		a.mustRun("release savepoint policylint_corpus")
	}
}

func (a *applier) run(sql string) error {
	_, err := a.c.PgConn().Exec(context.Background(), sql).ReadAll()
	return err
}

func (a *applier) mustRun(sql string) {
	a.t.Helper()
	if err := a.run(sql); err != nil {
		a.t.Fatalf("%s: %v", sql, err)
	}
}

// endBlock leaves the transaction that a file left open, keeping its work when
// it can be kept.
func (a *applier) endBlock() {
	a.t.Helper()
	switch a.c.PgConn().TxStatus() {
	case 'T':
		a.mustRun("commit")
	case 'E':
		a.mustRun("rollback")
	}
}

// refusalOf places an error of the server in the text that was sent.
func refusalOf(file, text string, err error) refusal {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return refusal{file, 1, "", err.Error()}
	}
	line, rest := 1, text
	for range max(int(e.Position)-1, 0) {
		r, n := utf8.DecodeRuneInString(rest)
		if n == 0 {
			break
		}
		if rest = rest[n:]; r == '\n' {
			line++
		}
	}
	return refusal{file, line, e.Code, e.Message}
}
