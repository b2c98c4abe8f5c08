package static

import (
	"strings"

	pg "github.com/pganalyze/pg_query_go/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/static/guard"
	"policylint/inspect/static/platform"
)

// queueText is what pgmq runs for a queue and its archive, %q and %a (pgmq:
// sql/pgmq.sql). Which columns there are depends on the version.
const queueText = `
create table if not exists pgmq.%q (msg_id bigint primary key generated always as identity, read_ct int default 0 not null,
  enqueued_at timestamptz default now() not null, vt timestamptz not null, message jsonb, headers jsonb);
create table if not exists pgmq.%a (msg_id bigint primary key, read_ct int default 0 not null,
  enqueued_at timestamptz default now() not null, archived_at timestamptz default now() not null, vt timestamptz not null, message jsonb, headers jsonb);
create index if not exists %v on pgmq.%q (vt asc);
create index if not exists %w on pgmq.%a (archived_at);
alter table pgmq.%q owner to %u;
alter table pgmq.%a owner to %u`

// isQueueCall reports whether a function of pgmq makes or drops the tables of a
// queue.
func isQueueCall(n catalog.Name) bool {
	return n.Schema == "pgmq" && (n.Name == "drop_queue" || n.Name == "create" || n.Name == "create_non_partitioned" || n.Name == "create_unlogged")
}

// queueCall makes or drops the tables of a queue.
func (i *interp) queueCall(fn *catalog.Function, args []guard.Value, sure bool) (guard.Value, error) {
	run := func() (flow, *sqlError) { return flow{}, i.queue(fn.Name.Name, args) }
	if sure {
		if _, err := run(); err != nil {
			return guard.Value{}, err
		}
		return guard.Value{}, nil
	}
	if _, err := i.fork("it is not known whether "+fn.Name.String()+" is called", i.nothing, run); err != nil {
		return guard.Value{}, err
	}
	return guard.Value{}, nil
}

func (r *replay) queue(does string, args []guard.Value) *sqlError {
	name, ok := "", false
	if len(args) > 0 {
		name, ok = args[0].String()
	}
	if !ok {
		r.gap(catalog.Ref{Kind: "schema", Name: "pgmq"}, "the name of a queue is not known")
		return nil
	}
	quoted := func(prefix, suffix string) string { return catalog.Quote(prefix + strings.ToLower(name) + suffix) }
	text := strings.NewReplacer("%q", quoted("q_", ""), "%a", quoted("a_", ""), "%v", quoted("q_", "_vt_idx"),
		"%w", quoted("archived_at_idx_", ""), "%u", catalog.Quote(r.user)).Replace(queueText)
	if does == "drop_queue" {
		text = "drop table if exists pgmq." + quoted("q_", "") + "; drop table if exists pgmq." + quoted("a_", "")
	}
	if does == "create_unlogged" {
		text = strings.Replace(text, "create table", "create unlogged table", 1)
	}
	tree, err := pg.Parse(text)
	if err != nil {
		return nil // the name does not fit into one
	}
	user := r.user
	r.user = platform.Admin
	defer func() { r.user = user }()
	for _, s := range tree.Stmts {
		if err := r.node(s.Stmt, ""); err != nil {
			return err
		}
	}
	for _, prefix := range []string{"q_", "a_"} {
		if t, ok := r.cat.Tables.Edit(catalog.Name{Schema: "pgmq", Name: prefix + strings.ToLower(name)}); ok {
			t.Unsure |= catalog.Columns
		}
	}
	return nil
}
