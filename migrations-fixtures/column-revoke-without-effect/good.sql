-- Taken first, given back by column; what was given is taken again.
create table public.profiles (id uuid primary key, display_name text, phone text, secret text);
alter table public.profiles enable row level security;
revoke all on public.profiles from anon, authenticated;
grant select (id, display_name, phone) on public.profiles to authenticated;
revoke select (phone) on public.profiles from authenticated;
create policy "profiles see themselves" on public.profiles for select to authenticated using (id = (select auth.uid()));

-- Noticed, and mended.
create table public.accounts (id uuid primary key, name text, token text);
alter table public.accounts enable row level security;
revoke select (token) on public.accounts from anon, authenticated;
revoke all on public.accounts from anon, authenticated;
grant select (id, name) on public.accounts to authenticated;
create policy "accounts see themselves" on public.accounts for select to authenticated using (id = (select auth.uid()));

-- The column is gone.
create table public.notes (id uuid primary key, draft text);
alter table public.notes enable row level security;
revoke all on public.notes from anon;
revoke select (draft) on public.notes from authenticated;
alter table public.notes drop column draft;
create policy "notes are seen" on public.notes for select to authenticated using (id = (select auth.uid()));

-- Only the right to hand it on, and a role that never had it.
revoke grant option for select (display_name) on public.profiles from authenticated;
revoke select (token) on public.accounts from anon;
