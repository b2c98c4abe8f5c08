package static

import (
	"testing"
	"testing/fstest"
)

func TestDev(t *testing.T) {
	c, _ := Load(fstest.MapFS{"1_a.sql": {Data: []byte(`
create table tickets(id int, status text default 'x');
create view open_tickets as select * from tickets where status = 'open';
drop view open_tickets;
alter table tickets alter column status type int using 1;
`)}}, Options{})
	for _, f := range c.Failures {
		t.Log(f)
	}
}
