package static_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"policylint/inspect/static/platform"
	"policylint/internal/pgtest"
)

// rightsStart is what the random statements work on. The table gone, once
// dropped, is known to be missing.
const rightsStart = `create role ra;
create role rb noinherit;
create role rc createrole;
grant ra, rb, rc to postgres;
create schema sa;
create schema sb authorization ra;
create table t1 (id int primary key, a text, b int);
create table sa.t2 (id int primary key, a text);
create table sb.t3 (id int, a text);
create table pt (id int, a text) partition by range (id);
create table pt1 partition of pt for values from (0) to (10);
create unlogged table ul (id int);
create table gone (id int);
drop table gone;
create view v1 as select id, a from t1;
create sequence s1;
create type e1 as enum ('x');
create domain d1 as int;
create function f(int) returns int language sql as 'select 1';
create function f(text) returns int language sql as 'select 1';
create function g() returns boolean language sql stable as 'select true';
create function trg() returns trigger language plpgsql as 'begin return new; end';
create procedure p() language sql as '';
create publication pa;
create publication pb for table t1;
`

// templates of random statements; %word is replaced by one of words[word].
var rightsTemplates = strings.Split(strings.TrimSpace(`
grant %tpriv on %table to %grantees%opt
grant %tpriv on %table to %grantees%opt
revoke %goption%tpriv on %table from %grantees%behave
revoke %goption%tpriv on %table from %grantees%behave
grant %cpriv (%cols) on %table to %grantees%opt
revoke %goption%cpriv (%cols) on %table from %grantees%behave
grant %spriv on sequence s1 to %grantees%opt
grant %npriv on schema %schema to %grantees%opt
revoke %npriv on schema %schema from %grantees%behave
grant execute on function %func to %grantees%opt
revoke execute on %fkind %func from %grantees%behave
grant usage on type %type to %grantees
revoke all on type %type from %grantees
grant %tpriv on all tables in schema %schema to %grantees
revoke all on all functions in schema %schema from %grantees
grant all on all sequences in schema %schema to %grantees
alter default privileges %forrole %inschema grant %tpriv on tables to %grantees
alter default privileges %forrole %inschema revoke %tpriv on tables from %grantees
alter default privileges %forrole %inschema grant execute on functions to %grantees
alter default privileges %forrole %inschema revoke execute on functions from %grantees
alter default privileges %inschema grant all on types to %grantees
create table %schema.n%n (id int primary key, a text)
create or replace function %schema.h%n() returns int language sql as 'select 1'
create sequence %schema.q%n
create type %schema.y%n as enum ('a')
create view %schema.w%n as select 1 as one
create schema z%n
create schema z%n authorization %role
grant %role to %role%admin
revoke %role from %role
create role rn%n %attr
alter role %role %attr
drop role %role
drop role if exists rn%n
set role %role
reset role
reset role
reset role
reassign owned by %arole to %role
create policy %policy on %table %cmd to %grantees %clauses
create policy %policy on %table %cmd %clauses
alter policy %policy on %table to %grantees
alter policy %policy on %table %clauses
drop policy %policy on %table
alter table %table owner to %role
alter function g() owner to %role
alter schema %schema owner to %role
alter publication %pub add table %table
alter publication %pub add table %table, %table
alter publication %pub add table %table (%cols)
alter publication %pub add table %table where (id > 1)
alter publication %pub drop table %table
alter publication %pub set table %table, %table
alter publication %pub set (publish = '%actions')
alter publication %pub set (publish_via_partition_root = %bool)
alter publication %pub owner to %role
create publication %pub for table %table
create publication %pub
drop publication %pub
create trigger %trigger %timing on %table for each %each execute function %trgfunc
create or replace trigger %trigger %timing on %table for each %each execute function %trgfunc
drop trigger %trigger on %table
alter function %func security definer set search_path = ''
alter function %func volatile reset all
drop function %func
create or replace function f(a int) returns int language sql as 'select a'
create or replace function g() returns boolean language sql security definer as 'select %bool'
alter role %role set statement_timeout = '1s'
alter role %role reset all
grant all on table %table to %grantees granted by current_user
drop owned by %role
alter table %table enable row level security
drop table %table
drop schema %dschema
drop schema %dschema cascade
`), "\n")

// rightsWords have no BYPASSRLS and REPLICATION: the platform lets its migrator
// give them, and the plain server of the tests does not.
var rightsWords = map[string][]string{
	"tpriv":    {"select", "insert", "update", "all", "all", "delete", "select, insert", "references", "trigger", "usage"},
	"cpriv":    {"select", "update", "all", "select", "delete"},
	"spriv":    {"usage", "select", "all", "insert"},
	"npriv":    {"usage", "create", "all"},
	"cols":     {"id", "a", "id, a", "b", "nocol", "a, id"},
	"table":    {"t1", "t1", "sa.t2", "sb.t3", "v1", "s1", "gone", "pt", "pt1", "ul", "nos.t"},
	"schema":   {"public", "sa", "sb", "sa", "sb", "nos", "z1"},
	"func":     {"f(int)", "f(text)", "f", "g()", "g", "f(boolean)", "trg()"},
	"fkind":    {"function", "routine", "function", "procedure"},
	"type":     {"e1", "d1", "not1"},
	"grantees": {"ra", "rb", "rc", "ra, rb", "public", "anon", "authenticated", "postgres", "norole", "public, ra", "current_user"},
	"role":     {"ra", "rb", "rc", "postgres", "anon", "norole", "rn1", "rn2"},
	"arole":    {"ra", "rb", "rc", "anon", "norole"},
	"opt":      {"", "", "", " with grant option"},
	"admin":    {"", "", " with admin option"},
	"goption":  {"", "", "", "grant option for "},
	"behave":   {"", "", " cascade"},
	"forrole":  {"", "", "for role ra", "for role rb", "for role anon"},
	"inschema": {"", "", "in schema public", "in schema sa", "in schema nos"},
	"attr":     {"login", "noinherit", "inherit", "createdb", "superuser", "createrole", "nologin"},
	"policy":   {"p1", "p2", "p1"},
	"cmd":      {"", "for select", "for insert", "for update", "for delete", "for all", "as restrictive for select"},
	"clauses":  {"using (true)", "with check (true)", "using (id > 1) with check (a = 'x')", "using (g())", "using (nocol)", "using (f(id) = 1)", "using (id)"},
	"pub":      {"pa", "pb", "pc", "nopub"},
	"actions":  {"insert", "insert, update", "", "truncate"},
	"bool":     {"true", "false"},
	"trigger":  {"tg1", "tg2"},
	"timing":   {"before insert", "after insert or update", "instead of insert", "before update of a", "after truncate", "before update of nocol"},
	"each":     {"row", "statement"},
	"trgfunc":  {"trg()", "trg()", "g()", "nofunc()"},
	"dschema":  {"sa", "sb", "z1", "nos"},
	"n":        {"1", "2", "3"},
}

func randomStatement(r *rand.Rand, templates []string, words map[string][]string) string {
	s := templates[r.IntN(len(templates))]
	for {
		i := strings.IndexByte(s, '%')
		if i < 0 {
			return strings.Join(strings.Fields(s), " ") + ";\n"
		}
		j := i + 1
		for j < len(s) && s[j] >= 'a' && s[j] <= 'z' {
			j++
		}
		list := words[s[i+1:j]]
		for len(list) == 0 && j > i+1 { // the word goes on behind the placeholder
			j--
			list = words[s[i+1:j]]
		}
		s = s[:i] + list[r.IntN(len(list))] + s[j:]
	}
}

// TestRandomRights judges random statements about roles, privileges, policies,
// publications and triggers. POLICYLINT_RANDOM asks for more of them.
func TestRandomRights(t *testing.T) {
	runs := 5
	if n, err := strconv.Atoi(os.Getenv("POLICYLINT_RANDOM")); err == nil {
		runs = n
	}
	c := pgtest.Platform(t, platform.OldDefaults)
	pgtest.Modelled(t, c)
	for seed := range runs {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(uint64(seed), 2))
			var b strings.Builder
			b.WriteString(rightsStart)
			for range 60 {
				b.WriteString(randomStatement(r, rightsTemplates, rightsWords))
			}
			judgeText(t, c, b.String())
			if t.Failed() && testing.Verbose() {
				t.Log(b.String())
			}
		})
	}
}
