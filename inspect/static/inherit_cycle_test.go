package static_test

import (
	"testing"
	"testing/fstest"

	"policylint/inspect/static"
)

// TestNothingBelowItself reads histories in which a table that was only
// assumed comes to be created below its own children.
func TestNothingBelowItself(t *testing.T) {
	for name, sql := range map[string]string{
		"itself":       "create table a (id int primary key) inherits (a); alter table a add column b int; drop table a cascade;",
		"two":          "create table b (id int) inherits (a); create table a (id int primary key) inherits (b); alter table a add column c int not null;",
		"renamed":      "create table c (id int) inherits (b); alter table c rename to b; alter table b alter id set not null; alter table b drop column id;",
		"partition":    "create table a partition of a default; alter table a add column b int; alter table a enable trigger user;",
		"a view":       "create table b (id int) inherits (a); create view a as select * from b; drop view a cascade;",
		"created from": "create table b (id int) inherits (a); create table a as select * from b; alter table a add primary key (id);",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := static.Load(fstest.MapFS{"1.sql": {Data: []byte(sql)}}, static.Options{}); err != nil {
				t.Fatal(err)
			}
		})
	}
}
