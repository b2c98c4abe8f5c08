-- live: skip comments stand in files, not in a database
-- policylint:ignore rls-disabled: a list of countries, for everyone to read
create table public.countries (code text primary key);
revoke all on public.countries from anon, authenticated;
grant select on public.countries to anon, authenticated;

-- A rule that did not run leaves its ignores alone.
-- policylint:ignore full-on-unpublished-table: read by another consumer of the log
alter table public.countries replica identity full;
