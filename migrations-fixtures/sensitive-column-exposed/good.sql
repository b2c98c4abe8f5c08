-- Own rows only.
create table public.members (id uuid primary key, password_hash text);
alter table public.members enable row level security;
create policy "members read themselves" on public.members for select to authenticated using (id = (select auth.uid()));

-- The column is not granted.
create table public.profiles (id uuid primary key, name text, api_key text);
alter table public.profiles enable row level security;
revoke all on public.profiles from anon, authenticated;
grant select (id, name) on public.profiles to authenticated;
create policy "profiles are read by everyone" on public.profiles for select to authenticated using (true);

-- A restrictive policy stands in front.
create table public.cards (id bigint primary key, owner uuid not null, card_number text);
create index on public.cards (owner);
alter table public.cards enable row level security;
revoke all on public.cards from anon, authenticated;
grant select on public.cards to authenticated;
create policy "cards are read" on public.cards for select to authenticated using (true);
create policy "cards are read by their owner" on public.cards as restrictive for select to authenticated using (owner = (select auth.uid()));

-- Names that only look alike.
create table public.articles (id bigint primary key, secret_santa text, password_hint text, tokens_used integer);
alter table public.articles enable row level security;
revoke all on public.articles from anon;
create policy "articles are read by everyone" on public.articles for select to authenticated using (true);

-- The invited read what is theirs, and the code of a table that invites nobody.
create table public.invitations (id bigint primary key, email text not null, token uuid not null default gen_random_uuid());
alter table public.invitations enable row level security;
create policy "invitations are read by the invited" on public.invitations for select to authenticated using (email = (select auth.email()));
create table public.countries (code text primary key, token text);
alter table public.countries enable row level security;
revoke all on public.countries from anon;
create policy "countries are read" on public.countries for select to authenticated using (true);
