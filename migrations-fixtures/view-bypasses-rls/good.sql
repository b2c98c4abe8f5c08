create table public.tickets (id bigint primary key, owner_id uuid not null, open boolean);
alter table public.tickets enable row level security;
create index on public.tickets (owner_id);
create policy "owners see" on public.tickets for select to authenticated using (owner_id = (select auth.uid()));
-- As whoever asks.
create view public.a with (security_invoker = on) as select * from public.tickets;
create view public.b as select * from public.tickets;
alter view public.b set (security_invoker = true);
-- For the server alone.
create view public.c as select * from public.tickets;
revoke all on public.c from anon, authenticated;
-- Not served.
create schema private;
create view private.d as select * from public.tickets;
-- What everyone may read anyway.
create table public.countries (code text primary key);
alter table public.countries enable row level security;
create policy "everyone sees" on public.countries for select using (true);
create view public.e as select * from public.countries;
-- An owner to whom row level security applies.
create role clerk;
grant clerk to postgres;
grant create on schema public to clerk;
grant select on public.tickets to clerk;
create view public.f as select id from public.tickets;
alter view public.f owner to clerk;
