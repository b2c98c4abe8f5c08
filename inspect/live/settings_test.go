package live_test

import (
	"context"
	"net"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"policylint/inspect/catalog"
	"policylint/inspect/live"
	"policylint/internal/pgtest"
)

// TestEncodings reads databases whose text is not UTF-8.
func TestEncodings(t *testing.T) {
	ctx := context.Background()
	for encoding, name := range map[string]string{"LATIN1": "café", "SQL_ASCII": "caf", "EUC_JP": "日本"} {
		t.Run(encoding, func(t *testing.T) {
			c := pgtest.Conn(t)
			db := c.Config().Database + "_" + strings.ToLower(encoding)
			script(t, c, "create database "+db+" template template0 encoding '"+encoding+"' lc_collate 'C' lc_ctype 'C'")
			dsn := strings.ReplaceAll(pgtest.DSN(c, c.Config().User), c.Config().Database, db)
			there, err := pgx.Connect(ctx, dsn)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { script(t, c, "drop database "+db+" with (force)") })
			script(t, there, "set client_encoding = utf8")
			if encoding == "SQL_ASCII" {
				script(t, there, `do $$ begin execute 'create table "caf'||convert_from('\xe9', 'sql_ascii')||'" (id int)'; end $$; create table caf (id int)`)
			} else {
				script(t, there, `create table "`+name+`" (id int)`)
			}
			if err := there.Close(ctx); err != nil {
				t.Fatal(err)
			}
			got := loadAs(t, dsn)
			if !got.Tables.Has(catalog.Name{Schema: "public", Name: name}) {
				t.Errorf("no table %s", name)
			}
			for tab := range got.Tables.All() {
				if !utf8.ValidString(tab.Name.Name) {
					t.Errorf("table %q", tab.Name.Name)
				}
			}
		})
	}
}

// TestRoleSettings reads as a role with settings that change how a server
// answers.
func TestRoleSettings(t *testing.T) {
	c := pgtest.Conn(t)
	script(t, c, `create role odd login; alter role odd set standard_conforming_strings = off; alter role odd set client_encoding = latin1;
		alter role odd set search_path = nowhere; alter role odd set quote_all_identifiers = on; alter role odd set row_security = off;
		alter role odd set statement_timeout = 1; alter role odd set default_transaction_isolation = serializable;
		create table "it's \é" (id int check (id > 1)); alter table "it's \é" enable row level security;
		create policy p on "it's \é" using (current_user <> 'a\b')`)
	want := load(t, c)
	got := loadAs(t, pgtest.DSN(c, "odd"))
	if d := cmp.Diff(catalog.Describe(want), catalog.Describe(got)); d != "" {
		t.Errorf("(-without +with the settings):\n%s", d)
	}
}

// TestConnectHosts names of several hosts the one that answered, and what
// became of the others when none did.
func TestConnectHosts(t *testing.T) {
	ctx := context.Background()
	c := pgtest.Conn(t)
	g := c.Config()
	s, err := live.Connect(ctx, live.ConnOptions{DSN: "host=/no/such/folder," + g.Host + " port=5432,5432 user=" + g.User + " dbname=" + g.Database})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if s.Address() != g.Host {
		t.Errorf("connected to %s", s.Address())
	}
	_, err = live.Connect(ctx, live.ConnOptions{DSN: "host=/no/such/folder,/nor/this port=5433,5432 user=u dbname=d"})
	if err == nil || !strings.HasPrefix(err.Error(), `connect to database "d" at /no/such/folder:5433,/nor/this as "u": connect: no such file`) {
		t.Errorf("got %v", err)
	}
	host, port, err := net.SplitHostPort(relay(t, g.Host+"/.s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	dsn := "host=" + host + " port=" + port + " user=" + g.User + " dbname=" + g.Database
	// Refused TLS first, by default: what counts is why it did not do without.
	if _, err = live.Connect(ctx, live.ConnOptions{DSN: dsn + " target_session_attrs=standby", ConnectTimeout: time.Minute}); err == nil || !strings.HasSuffix(err.Error(), "standby mode") {
		t.Errorf("got %v", err)
	}
}

// TestConnectWaits says who gave up when the server is told to stop waiting.
func TestConnectWaits(t *testing.T) {
	c := pgtest.Conn(t)
	script(t, c, "begin; lock table pg_catalog.pg_proc in access exclusive mode")
	_, err := live.Connect(context.Background(), live.ConnOptions{DSN: pgtest.DSN(c, c.Config().User), ConnectTimeout: time.Second})
	if err == nil || !strings.HasSuffix(err.Error(), "no answer within the time allowed for connecting") {
		t.Errorf("got %v", err)
	}
	script(t, c, "rollback")
}
