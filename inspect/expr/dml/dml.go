// Package dml reads one SQL statement of a function's body: the query of a
// SELECT, and for statements that write what they write and what they read
// for it, as queries too.
package dml

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/expr"
)

// A Kind is what a statement does.
type Kind string

// The kinds of statement. Utility is everything that is none of the others.
const (
	Select   Kind = "select"
	Insert   Kind = "insert"
	Update   Kind = "update"
	Delete   Kind = "delete"
	Merge    Kind = "merge"
	Truncate Kind = "truncate"
	Utility  Kind = "utility"
)

// A Statement is one statement. Query is what it reads: the query itself, the
// rows that an INSERT takes in, or the rows that UPDATE and DELETE touch, with
// the values of SET as targets; nil for utility statements. Returning is a
// query whose targets are the RETURNING list; nil without one.
type Statement struct {
	Kind      Kind
	Query     *expr.Query
	Returning *expr.Query
	Writes    []Write // in order of appearance, those inside WITH too
	Skips     bool    // an INSERT that leaves out rows in conflict
	Command   string  // of a utility statement, its first words, upper case
}

// A Write is a relation that a statement writes. Columns are those of an
// INSERT's list or of SET; nil for all.
type Write struct {
	Kind    Kind
	Table   string // as expr names relations
	Columns []string
}

// Parse reads the text of one statement, with names resolved in a scope.
func Parse(text string, s expr.Scope) (*Statement, error) {
	tree, err := pg.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("parse statement: %w", err)
	}
	if len(tree.Stmts) != 1 {
		return nil, errors.New("parse statement: text is not one statement")
	}
	r := reader{scope: s}
	return r.statement(tree.Stmts[0].Stmt), nil
}

// Body reads the body of a SQL function: its statements with the byte at which
// each begins, also of one in the standard's form (RETURN x, BEGIN ATOMIC …).
func Body(text string, s expr.Scope) ([]*Statement, []int, error) {
	skip := 0
	trimmed := strings.TrimSpace(text)
	lower := strings.ToLower(trimmed)
	switch {
	case strings.HasPrefix(lower, "return"):
		text = strings.Replace(text, text[strings.Index(strings.ToLower(text), "return"):][:6], "SELECT", 1)
	case strings.HasPrefix(lower, "begin") && strings.HasSuffix(strings.TrimRight(lower, "; \n\t"), "end"):
		from := strings.Index(strings.ToLower(text), "atomic")
		to := strings.LastIndex(strings.ToLower(text), "end")
		if from >= 0 && from+6 <= to {
			skip = from + 6
			text = text[skip:to]
		}
	}
	tree, err := pg.Parse(text)
	if err != nil {
		return nil, nil, fmt.Errorf("parse statements: %w", err)
	}
	var out []*Statement
	var at []int
	for _, n := range tree.Stmts {
		r := reader{scope: s}
		out = append(out, r.statement(n.Stmt))
		start := int(n.StmtLocation)
		for start < len(text) && strings.ContainsRune(" \t\r\n", rune(text[start])) {
			start++
		}
		at = append(at, skip+start)
	}
	return out, at, nil
}

type reader struct {
	scope expr.Scope
	out   Statement
}

func (r *reader) statement(n *pg.Node) *Statement {
	switch v := n.GetNode().(type) {
	case *pg.Node_SelectStmt:
		r.out.Kind = Select
		r.with(v.SelectStmt)
		r.out.Query = r.query(v.SelectStmt)
	case *pg.Node_InsertStmt:
		r.insert(v.InsertStmt)
	case *pg.Node_UpdateStmt:
		r.update(v.UpdateStmt)
	case *pg.Node_DeleteStmt:
		r.remove(v.DeleteStmt)
	case *pg.Node_MergeStmt:
		r.out.Kind = Merge
		r.write(Merge, v.MergeStmt.Relation, nil)
		r.out.Query = r.query(&pg.SelectStmt{
			TargetList: one(), FromClause: []*pg.Node{relation(v.MergeStmt.Relation), v.MergeStmt.SourceRelation}, WhereClause: v.MergeStmt.JoinCondition,
			WithClause: v.MergeStmt.WithClause,
		})
	case *pg.Node_TruncateStmt:
		r.out.Kind = Truncate
		for _, t := range v.TruncateStmt.Relations {
			r.write(Truncate, t.GetRangeVar(), nil)
		}
	default:
		r.out.Kind, r.out.Command = Utility, command(n)
	}
	return &r.out
}

// command names a utility statement: "NotifyStmt" is NOTIFY.
func command(n *pg.Node) string {
	name := fmt.Sprintf("%T", n.GetNode())
	name = strings.TrimSuffix(strings.TrimPrefix(name, "*pg_query.Node_"), "Stmt")
	var out strings.Builder
	for i, c := range name {
		if i > 0 && c >= 'A' && c <= 'Z' {
			out.WriteByte(' ')
		}
		out.WriteRune(c)
	}
	return strings.ToUpper(out.String())
}

func (r *reader) query(s *pg.SelectStmt) *expr.Query {
	q, _ := expr.NewQueryIn(s, r.scope).(*expr.Query)
	return q
}

// name is a relation as expr names it.
func (r *reader) name(v *pg.RangeVar) string {
	q := r.query(&pg.SelectStmt{TargetList: one(), FromClause: []*pg.Node{relation(&pg.RangeVar{Schemaname: v.GetSchemaname(), Relname: v.GetRelname()})}})
	if q == nil || len(q.From) == 0 {
		return v.GetRelname()
	}
	return q.From[0].Name
}

func (r *reader) write(k Kind, v *pg.RangeVar, columns []string) {
	if v != nil {
		r.out.Writes = append(r.out.Writes, Write{k, r.name(v), columns})
	}
}

// with notes what the statements inside WITH write.
func (r *reader) with(s *pg.SelectStmt) {
	r.clause(s.GetWithClause())
	for _, arm := range []*pg.SelectStmt{s.GetLarg(), s.GetRarg()} {
		if arm != nil {
			r.with(arm)
		}
	}
}

func (r *reader) clause(w *pg.WithClause) {
	for _, n := range w.GetCtes() {
		inner := reader{scope: r.scope}
		q := n.GetCommonTableExpr().GetCtequery()
		if q.GetSelectStmt() != nil {
			inner.with(q.GetSelectStmt())
		} else if q != nil {
			inner.statement(q)
		}
		r.out.Writes = append(r.out.Writes, inner.out.Writes...)
	}
}

func (r *reader) insert(i *pg.InsertStmt) {
	r.out.Kind = Insert
	var columns []string
	for _, c := range i.Cols {
		columns = append(columns, c.GetResTarget().GetName())
	}
	r.clause(i.WithClause)
	r.write(Insert, i.Relation, columns)
	if c := i.OnConflictClause; c.GetAction() == pg.OnConflictAction_ONCONFLICT_UPDATE {
		var set []string
		for _, t := range c.TargetList {
			set = append(set, t.GetResTarget().GetName())
		}
		r.write(Update, i.Relation, set)
	}
	r.out.Skips = i.OnConflictClause.GetAction() == pg.OnConflictAction_ONCONFLICT_NOTHING
	if s := i.SelectStmt.GetSelectStmt(); s != nil {
		if s.WithClause == nil {
			s.WithClause = i.WithClause
		}
		r.out.Query = r.query(s)
	}
	r.returning(i.ReturningList, []*pg.Node{relation(i.Relation)}, nil)
}

func (r *reader) update(u *pg.UpdateStmt) {
	r.out.Kind = Update
	var columns []string
	for _, t := range u.TargetList {
		columns = append(columns, t.GetResTarget().GetName())
	}
	r.clause(u.WithClause)
	r.write(Update, u.Relation, columns)
	from := slices.Concat([]*pg.Node{relation(u.Relation)}, u.FromClause)
	targets := make([]*pg.Node, 0, len(u.TargetList))
	for _, t := range u.TargetList {
		targets = append(targets, target(t.GetResTarget().GetVal()))
	}
	r.out.Query = r.query(&pg.SelectStmt{TargetList: targets, FromClause: from, WhereClause: u.WhereClause, WithClause: u.WithClause})
	r.returning(u.ReturningList, from, u.WhereClause)
}

func (r *reader) remove(d *pg.DeleteStmt) {
	r.out.Kind = Delete
	r.clause(d.WithClause)
	r.write(Delete, d.Relation, nil)
	from := slices.Concat([]*pg.Node{relation(d.Relation)}, d.UsingClause)
	r.out.Query = r.query(&pg.SelectStmt{TargetList: one(), FromClause: from, WhereClause: d.WhereClause, WithClause: d.WithClause})
	r.returning(d.ReturningList, from, d.WhereClause)
}

func (r *reader) returning(list, from []*pg.Node, where *pg.Node) {
	if len(list) > 0 {
		r.out.Returning = r.query(&pg.SelectStmt{TargetList: list, FromClause: from, WhereClause: where})
	}
}

func relation(v *pg.RangeVar) *pg.Node { return &pg.Node{Node: &pg.Node_RangeVar{RangeVar: v}} }

func target(n *pg.Node) *pg.Node {
	return &pg.Node{Node: &pg.Node_ResTarget{ResTarget: &pg.ResTarget{Val: n}}}
}

func one() []*pg.Node { return []*pg.Node{target(pg.MakeAConstIntNode(1, -1))} }
