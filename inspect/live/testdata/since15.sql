-- What PostgreSQL 15 brought.
drop schema public;
create schema app;
create schema "Other.1";
create table app.t (id int primary key, a text, b text, unique nulls not distinct (a));
create view app.v with (security_invoker = on) as select * from app.t;
create view app.off with (security_invoker = 'FALSE') as select 1 as x;
create publication lists for table app.t (id, b) where (id > 5);
create publication schemas for tables in schema "Other.1", app;
