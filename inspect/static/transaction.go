package static

import (
	"maps"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
)

// A mark is a state to go back to: of the catalog and of the session.
type mark struct {
	name    string // of the savepoint; "" for the BEGIN
	catalog catalog.Mark
	session session
}

func (r *replay) mark(name string) mark {
	s := r.session
	s.assumed, s.dropped = maps.Clone(s.assumed), maps.Clone(s.dropped)
	return mark{name, r.cat.Savepoint(), s}
}

// back goes back to the mark and ends it.
func (r *replay) back(m mark) {
	r.cat.Rollback(m.catalog)
	r.session = m.session
}

// transaction replays what frames transactions. After an error, a server takes
// nothing more until the transaction is rolled back, and COMMIT does just
// that. Replay goes on and commits: each fault is worth reporting, and the
// rest of the history is read as it will be once they are mended.
func (r *replay) transaction(n *pg.TransactionStmt) *sqlError {
	switch n.Kind {
	case pg.TransactionStmtKind_TRANS_STMT_BEGIN, pg.TransactionStmtKind_TRANS_STMT_START:
		if len(r.block) == 0 {
			r.block = []mark{r.mark("")}
		}
	case pg.TransactionStmtKind_TRANS_STMT_COMMIT, pg.TransactionStmtKind_TRANS_STMT_ROLLBACK:
		return r.endBlock(n)
	case pg.TransactionStmtKind_TRANS_STMT_SAVEPOINT:
		if len(r.block) == 0 {
			return errf("25P01", "SAVEPOINT can only be used in transaction blocks")
		}
		r.block = append(r.block, r.mark(n.SavepointName))
	case pg.TransactionStmtKind_TRANS_STMT_RELEASE:
		return r.releaseSavepoint(n.SavepointName)
	case pg.TransactionStmtKind_TRANS_STMT_ROLLBACK_TO:
		return r.rollbackTo(n.SavepointName)
	case pg.TransactionStmtKind_TRANS_STMT_PREPARE:
		return errf("55000", "prepared transactions are disabled")
	case pg.TransactionStmtKind_TRANS_STMT_COMMIT_PREPARED, pg.TransactionStmtKind_TRANS_STMT_ROLLBACK_PREPARED:
		return errf("42704", "prepared transaction with identifier %q does not exist", n.Gid)
	}
	return nil
}

// endBlock replays COMMIT and ROLLBACK. Outside a transaction they only warn.
func (r *replay) endBlock(n *pg.TransactionStmt) *sqlError {
	commit := n.Kind == pg.TransactionStmtKind_TRANS_STMT_COMMIT
	if len(r.block) == 0 {
		if n.Chain {
			word := "ROLLBACK"
			if commit {
				word = "COMMIT"
			}
			return errf("25P01", "%s AND CHAIN can only be used in transaction blocks", word)
		}
		return nil
	}
	if commit {
		r.commit()
	} else {
		r.rollback()
	}
	if n.Chain {
		r.block = []mark{r.mark("")}
	}
	return nil
}

func (r *replay) commit() {
	for len(r.block) > 0 {
		r.cat.Release(r.pop().catalog)
	}
	r.endLocal()
	r.deps.endTransaction()
}

func (r *replay) rollback() {
	for len(r.block) > 0 {
		r.back(r.pop())
	}
	r.beforeLocal = nil
	r.deps.endTransaction()
}

func (r *replay) pop() mark {
	m := r.block[len(r.block)-1]
	r.block = r.block[:len(r.block)-1]
	return m
}

// savepoint finds the savepoint that a statement names, the newest first.
func (r *replay) savepoint(statement, name string) (int, *sqlError) {
	if len(r.block) == 0 {
		return 0, errf("25P01", "%s can only be used in transaction blocks", statement)
	}
	for i := len(r.block) - 1; i > 0; i-- {
		if r.block[i].name == name {
			return i, nil
		}
	}
	return 0, errf("3B001", "savepoint %q does not exist", name)
}

func (r *replay) releaseSavepoint(name string) *sqlError {
	i, err := r.savepoint("RELEASE SAVEPOINT", name)
	if err != nil {
		return err
	}
	for len(r.block) > i {
		r.cat.Release(r.pop().catalog)
	}
	return nil
}

func (r *replay) rollbackTo(name string) *sqlError {
	i, err := r.savepoint("ROLLBACK TO SAVEPOINT", name)
	if err != nil {
		return err
	}
	for len(r.block) > i {
		r.back(r.pop())
	}
	r.block = append(r.block, r.mark(name))
	return nil
}

// inBlock reports whether the statement stands between BEGIN and COMMIT.
func (r *replay) inBlock() bool { return len(r.block) > 0 }

// endFile ends what does not outlive a file: a transaction that the file left
// open is rolled back, as at the end of a session.
func (r *replay) endFile() {
	if r.inBlock() {
		r.gap(catalog.Ref{}, "the file ends inside a transaction: nothing since its BEGIN is committed")
		r.rollback()
	}
	r.prepared = nil
	r.endTemporary()
}
