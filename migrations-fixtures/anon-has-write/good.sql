-- A contact form: visitors add, and change nothing.
create table public.messages (id bigint generated always as identity primary key, text text not null);
alter table public.messages enable row level security;
create policy "visitors write" on public.messages for insert to anon with check (length(text) < 1000);

-- Without TO, and for owners all the same: a visitor has no id.
create table public.notes (id bigint primary key, owner_id uuid not null, draft boolean not null default true);
alter table public.notes enable row level security;
create index on public.notes (owner_id);
create policy "owners see" on public.notes for select to authenticated using (owner_id = (select auth.uid()));
create policy "owners change" on public.notes for update to anon, authenticated using (owner_id = (select auth.uid()));

-- A guest's cart, known by a key that the client sends.
create table public.carts (id bigint primary key, key text not null unique);
alter table public.carts enable row level security;
create policy "guests see their cart" on public.carts for select to anon
  using (key = (select current_setting('request.headers', true)::json ->> 'x-cart'));
create policy "guests change their cart" on public.carts for update to anon
  using (key = (select current_setting('request.headers', true)::json ->> 'x-cart'));

-- The privilege is not there.
create table public.drafts (id bigint primary key, open boolean not null);
alter table public.drafts enable row level security;
revoke insert, update, delete, truncate on public.drafts from anon;
create policy "drafts are for everyone" on public.drafts to anon, authenticated using (open);

-- A table that the API does not serve.
create schema private;
create table private.jobs (id bigint primary key, done boolean);
alter table private.jobs enable row level security;
grant usage on schema private to anon;
grant select, update on private.jobs to anon;
create policy "jobs" on private.jobs to anon using (not done);
